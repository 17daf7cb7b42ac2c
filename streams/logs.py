"""Structured logs on stderr: one event name and its keys a line; never an article's text."""

import logging
import sys
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from structlog.typing import Processor

NOISY = {
    "aiokafka": logging.ERROR,
    "kafka": logging.WARNING,
    "faust": logging.WARNING,
    "mode": logging.WARNING,
    "streams.transport": logging.WARNING,
}
"""Clients that report their own retries: what matters of it is in our metrics. These levels hold
at DEBUG too, for there the clients log what they send, passwords and articles among it."""


def configure(level: str, style: str) -> None:
    """Routes structlog and the standard library's loggers to one handler.

    `style`: `json`, `console`, or `auto` for colours on a terminal and JSON elsewhere.
    """
    console = style == "console" or (style == "auto" and sys.stderr.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Processor] = (
        # Plain traces: the other kind prints local variables, articles and secrets among them.
        [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
        if console
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in NOISY.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelName(level)))
