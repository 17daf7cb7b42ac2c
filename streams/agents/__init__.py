"""The agents: take a batch, let the pipeline judge each article, deliver, acknowledge.

A batch is acknowledged only after everything that came of it is on the broker. Nothing
may escape from here: Faust acknowledges what an agent failed on.
"""

from streams.agents.brake import Brake
from streams.agents.deduplicator import Deduplicator
from streams.agents.enricher import Enricher
from streams.agents.resolver import Resolver

__all__ = ["Brake", "Deduplicator", "Enricher", "Resolver"]
