"""Logs: one JSON object a line, on standard error. Never a body, a question or a secret.

structlog is imported with the first module that logs, or the first line: it takes a tenth of a
second, and most commands have nothing to log.
"""

import logging
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import structlog


def set_up_logs(level: int = logging.INFO) -> None:
    """Send our own logs and those of the libraries through one formatter."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for chatty in ("httpx", "urllib3", "github", "alembic", "dbos"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def get_logger() -> "structlog.stdlib.BoundLogger":
    """A logger whose lines go where those of the libraries go."""
    import structlog

    _set_up_structlog()
    logger: structlog.stdlib.BoundLogger = structlog.get_logger()
    return logger


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return _set_up_structlog().format(record)


@cache
def _set_up_structlog() -> "structlog.stdlib.ProcessorFormatter":
    import structlog

    shared: tuple[structlog.types.Processor, ...] = (
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
    )
