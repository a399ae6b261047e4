"""XML from outside: strictly bounded, no DTD, no entities; and XML to the outside: always well-formed.

wechatpy reads with xmltodict, which knows no depth limit, raises half a dozen kinds of errors and strips blanks;
its replies break on `]]>` and control characters. So both are done here, on the expat of the standard library.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn
from xml.parsers import expat

MAX_DEPTH = 24
MAX_ELEMENTS = 4000

Fields = dict[str, Any]  # name → text, or Fields, or a list of them where a name repeats

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


class BadXml(ValueError):
    """Not XML, or XML of a kind that no honest sender uses."""


def parse(body: bytes) -> Fields:
    """The children of the root element. Raises BadXml for ill-formed XML, a DTD, deep or endless nesting."""
    reader = _Reader()
    try:
        reader.parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadXml(str(error)) from error
    return reader.fields


def cdata(text: str) -> str:
    """The text as CDATA: `]]>` is split over two sections, what XML 1.0 forbids is left out, emoji stay."""
    return f"<![CDATA[{ILLEGAL.sub('', text).replace(']]>', ']]]]><![CDATA[>')}]]>"


class _Reader:
    """Builds Fields; stops at the first thing that is out of bounds."""

    def __init__(self) -> None:
        self.fields: Fields = {}
        self._open: list[tuple[Fields, list[str]]] = []
        self._elements = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse_dtd
        self.parser.EntityDeclHandler = self._refuse_dtd

    def _start(self, _name: str, _attributes: dict[str, str]) -> None:
        self._elements += 1
        if len(self._open) >= MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise BadXml("too deep or too many elements")
        self._open.append(({}, []))

    def _text(self, text: str) -> None:
        self._open[-1][1].append(text)

    def _end(self, name: str) -> None:
        children, texts = self._open.pop()
        if self._open:
            _add(self._open[-1][0], name, children or "".join(texts))
        else:
            self.fields = children

    def _refuse_dtd(self, *_declaration: object) -> NoReturn:
        raise BadXml("a DTD or entity")


def _add(fields: Fields, name: str, value: Fields | str) -> None:
    if name not in fields:
        fields[name] = value
    elif isinstance(fields[name], list):
        fields[name].append(value)
    else:
        fields[name] = [fields[name], value]
