"""One JSON line an event. No request argument, no local variable and no message of an exception gets in:
each of them may hold a name, a number or a password."""

import json
import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, TextIO

import structlog

from registry.paths import PACKAGE


def configure_logs(level: int = logging.INFO) -> None:
    """Send structlog's events, and warnings of libraries, to stderr as JSON lines; called once when a server or worker
    starts."""
    logging.basicConfig(level=logging.WARNING, handlers=[library_lines(sys.stderr)])
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            traced,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # A line and its end in one write: several processes share one stderr.
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def library_lines(stream: TextIO) -> logging.Handler:
    """A handler for what libraries say by themselves: the sentence without what they would fill in."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Unfilled())
    return handler


class _Unfilled(logging.Formatter):
    """A server that fails while it answers names the address, and shows what the exception says: neither gets in."""

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, Any] = {
            "logger": record.name,
            "event": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
            "level": record.levelname.lower(),
        }
        if record.exc_info:
            error = record.exc_info[1]
            event |= {"kind": type(error).__name__, "exc_info": error}
        return json.dumps(traced(None, "", event), ensure_ascii=False)


def traced(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by where it happened: «file:line function» of each frame, outermost first."""
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["trace"] = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        if error.__cause__ is not None:
            event["cause"] = type(error.__cause__).__name__
    return event


def _short(filename: str) -> str:
    """The path below the package, or the last two parts of a library's."""
    path = Path(filename)
    if path.is_relative_to(PACKAGE):
        return str(path.relative_to(PACKAGE.parent))
    return "/".join(path.parts[-2:])
