"""One logging setup for every process: one JSON line an event on standard error, secrets struck out."""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from typing import Any

# A token or secret in an address, in JSON (also inside a JSON string) or as Python prints it; a password in an address.
SECRETS = re.compile(
    r"""((?:access_token|secret)\\*["']?\s*[=:]\s*\\*["']?)[^&\s"'\\,}]+|(://[^:/@\s"']*:)[^/@\s"']+(?=@)""",
    re.IGNORECASE,
)

# ID numbers (GB 11643: region, day of birth, serial), mobile and fixed telephones, with blanks or full-width digits too.
_D, _GAP = "[0-9０-９]", r"[\s·-]?"
PERSONAL = re.compile(
    rf"(?<!{_D}){_D}{{6}}{_GAP}(?:19|20|１９|２０){_D}{{2}}{_GAP}(?:{_D}{_GAP}){{7}}[0-9０-９XxＸｘ](?!{_D})"
    rf"|(?<!{_D})[1１][3-9３-９]{_D}{_GAP}{_D}{{4}}{_GAP}{_D}{{4}}(?!{_D})"
    rf"|(?<!{_D})[0０]{_D}{{2,3}}[\s-]{_D}{{7,8}}(?!{_D})"
)


def setup(*, process: str, level: int = logging.INFO) -> None:
    """Sends all logs of this process to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(process))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("apscheduler", "alembic", "urllib3", "werkzeug"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def strike_out(text: str) -> str:
    """The text with everything that looks like a token, a secret, an ID number or a telephone replaced."""
    return PERSONAL.sub("***", SECRETS.sub(r"\1\2***", text))


def _struck(value: Any) -> Any:
    """The same for all texts inside a value that is to become JSON."""
    if isinstance(value, str):
        return strike_out(value)
    if isinstance(value, dict):
        return {_struck(name): _struck(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_struck(each) for each in value]
    return value if value is None or isinstance(value, int | float) else strike_out(str(value))


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
        return SECRETS.sub(r"\1\2***", json.dumps(_struck(line), ensure_ascii=False))
