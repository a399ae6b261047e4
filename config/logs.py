"""One logging setup for every process: one JSON line an event on standard error, secrets struck out."""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback

# A token or secret in an address, in JSON (also inside a JSON string) or as Python prints it; a password in an address.
SECRETS = re.compile(
    r"""((?:access_token|secret)\\*["']?\s*[=:]\s*\\*["']?)[^&\s"'\\,}]+|(://[^:/@\s"']*:)[^/@\s"']+(?=@)""",
    re.IGNORECASE,
)


def setup(*, process: str, level: int = logging.INFO) -> None:
    """Sends all logs of this process to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(process))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("apscheduler", "alembic", "urllib3", "werkzeug"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def strike_out(text: str) -> str:
    """The text with everything that looks like a token or secret replaced."""
    return SECRETS.sub(r"\1\2***", text)


class JsonLines(logging.Formatter):
    """`{"at","level","process","logger","event", …}`; the extras of a call become fields."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self.process = process

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "process": self.process,
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["trace"] = "".join(traceback.format_exception(*record.exc_info))
        return strike_out(json.dumps(line, ensure_ascii=False, default=str))
