"""Links between stories told in several languages: optional, a process of its own.

It reads what the pipeline has delivered and suppresses nothing. `compare` and `marks` are
pure; `encode` needs the extra `links`, `consume` a broker.
"""
