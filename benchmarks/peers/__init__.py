"""The same pipeline in other shells: a program each, `python -m benchmarks.peers.NAME ADDRESS`.

Each reads `news.articles.v1` and `news.candidates.v1` in one process, as a worker does, and
delivers before it commits. None keeps a changelog, counts, serves pages or can be stopped
without repeating: what newswire does on top is part of what it costs.
"""
