"""One application under the server of `gongkai web`, with its workers and threads: `python bench/serve.py PORT MODULE:NAME`."""

from __future__ import annotations

import importlib
import sys
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.cli.processes import granian_server, serve

DEFAULTS = {option.name: option.default for option in serve.web.params}


def load(target: str) -> Any:
    """The application; called in each worker."""
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)


if __name__ == "__main__":
    port, target = sys.argv[1:]
    made = granian_server.granian(f"127.0.0.1:{port}", workers=DEFAULTS["workers"], threads=DEFAULTS["threads"])
    made.serve(target_loader=partial(load, target), wrap_loader=False)
