"""The platform's XML, written and read without any help from the product."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Union

from lxml import etree

Value = Union[str, int, float, "Sequence[tuple[str, Value]]"]

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class XmlError(Exception):
    """Text that is not the platform's kind of XML."""


def write(fields: Sequence[tuple[str, Value]]) -> str:
    """`<xml>` with the fields in order: text as CDATA, numbers bare, a list of pairs nested."""
    return f"<xml>{_inner(fields)}</xml>"


def read(text: str | bytes) -> etree._Element:
    """The root of a document; no DTD, no entities, no network. Raises XmlError."""
    data = text.encode() if isinstance(text, str) else text
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise XmlError("XML 里不许有 DTD")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise XmlError(f"不是完整的 XML：{error}") from error


def field(root: etree._Element, name: str) -> str | None:
    """The text of a direct child, or None if there is none."""
    return None if (found := root.find(name)) is None else (found.text or "")


def _inner(fields: Sequence[tuple[str, Value]]) -> str:
    return "".join(f"<{name}>{_value(value)}</{name}>" for name, value in fields)


def _value(value: Value) -> str:
    if isinstance(value, str):
        clean = _ILLEGAL.sub("", value).replace("]]>", "]]]]><![CDATA[>")
        return f"<![CDATA[{clean}]]>"
    return str(value) if isinstance(value, int | float) else _inner(value)
