"""The texts of an application's documents: those that come along, and the office's own in HOME/documents/NAME.txt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from config import reference

FOLDER = "documents"
LONGEST = 20_000  # characters


@dataclass(frozen=True)
class DocumentText:
    """A template's text. `name`: what people call it; `own`: the office wrote it; `fault`: its file cannot be read."""

    kind: str
    name: str
    text: str
    own: bool = False
    fault: str = ""


def kinds() -> dict[str, str]:
    """The kinds of documents and their names, in the order in which an application's life has them."""
    return {kind: row["name"] for kind, row in reference.table("application_documents").items()}


def path(home: Path, kind: str) -> Path:
    """Where the office's own text is, or would be."""
    return home / FOLDER / f"{kind}.txt"


def read(home: Path, kind: str) -> DocumentText:
    """The text that holds now. Raises KeyError for an unknown kind."""
    row = reference.table("application_documents")[kind]
    try:
        text = path(home, kind).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return DocumentText(kind, row["name"], row["text"].strip())
    except (OSError, UnicodeDecodeError):
        return DocumentText(kind, row["name"], "", own=True, fault="文件读不出来，请另存为 UTF-8 编码的文本。")
    long = len(text) > LONGEST
    return DocumentText(
        kind, row["name"], text[:LONGEST].strip(), own=True, fault=f"超过 {LONGEST} 个字。" if long else ""
    )
