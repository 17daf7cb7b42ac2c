"""What stops an agent that rejects most of what it takes, and says so.

Only the agent stops: its worker stays, keeps its partitions and answers. One that ended would
be started again by whatever watches over it, and its partitions would go to the next worker,
to be rejected there.
"""

import structlog

from schemas.outcomes import Rejected
from schemas.topics import ARTICLES
from streams import metrics
from streams.batches import BatchStream
from streams.budget import Budget, Fault

log = structlog.get_logger(__name__)

NEXT = (
    f"Nothing is lost: what is not taken waits in Kafka, for {ARTICLES.retention_days} days. "
    "`newswire tail dead-letters --offset -3 -e` shows what came; remove its cause, start the "
    "worker again, and `newswire replay --from dlq` takes up what was rejected."
)


class Brake:
    """One agent's budget. `why`: empty while the agent works."""

    def __init__(self, agent: str, most: float) -> None:
        self.why = ""
        self._agent = agent
        self._budget = Budget(most)
        metrics.STOPPED.labels(agent).set(0)

    def count(self, rejected: Rejected | None, wire: str | None = None) -> None:
        """One article that has its outcome; None is a good one."""
        fault = None if rejected is None else Fault(rejected.stage, rejected.reason, wire)
        self._budget.count(fault)

    def check(self, stream: BatchStream) -> None:
        """Makes the batch at hand the stream's last one, if too many were rejected."""
        excess = self._budget.excess()
        if excess is not None:
            self.why = f"agent {self._agent} has stopped: {excess}. {NEXT}"
            metrics.STOPPED.labels(self._agent).set(1)
            log.error(self.why)
            stream.halt()
