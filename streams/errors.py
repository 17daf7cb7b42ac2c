"""What can be wrong, and where.

NewswireError
├── BadArticle     one article cannot be read: stage, reason, detail → dead letters
├── BadSeed        a data file says something it may not: path, line, message
├── BrokerError    the broker is not there, or is not what was asked for
└── StoodStill     the worker did not run for so long that another one may be in its place
"""

from pathlib import Path


class NewswireError(Exception):
    """Anything that newswire raises on purpose. The message says what to do next."""


class BadArticle(NewswireError):
    """An article that cannot be processed; its bytes go to the dead letters."""

    def __init__(self, stage: str, reason: str, detail: str) -> None:
        super().__init__(f"{stage}: {reason}: {detail}")
        self.stage = stage
        self.reason = reason
        self.detail = detail


class BadSeed(NewswireError):
    """A file under `seeds/` that cannot be used, with the line to look at."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")
        self.path = path
        self.line = line


class BrokerError(NewswireError):
    """The broker cannot be started, reached, or used as configured."""


class StoodStill(NewswireError):
    """This process was stopped for a while, as by a suspended machine."""


def describe(error: Exception) -> str:
    """What went wrong in our own code, and where."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" ({trace.tb_frame.f_code.co_filename}:{trace.tb_lineno})" if trace else ""
    return f"{type(error).__name__}: {error}{where}"
