"""What travels: the records on every Kafka topic, and the topics themselves.

Imports nothing of `streams`. `python -m schemas.export` writes `schemas/published/`.
"""
