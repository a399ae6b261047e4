"""The search index over disclosures and postings: built beside the old one, switched, followed by all processes."""

from __future__ import annotations

from pathlib import Path


class Index:
    """The index under `root`; opens nothing until it is asked."""

    def __init__(self, root: Path) -> None:
        self.root = root
