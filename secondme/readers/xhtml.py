"""XHTML, which books and some saved pages are written in, turned into HTML that means the same.

An HTML parser ignores the slash of `<title/>` and takes the rest of the page for the title; an XML parser stops at the
first mistake. So a page is parsed as XML, and where that fails its self-closed elements are closed in the text.
"""

from __future__ import annotations

import re
from html.entities import html5
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from secondme.readers.reader import Unreadable
from secondme.readers.xml_tree import local, parse_xml

_EPUB = "{http://www.idpf.org/2007/ops}"
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SELF_CLOSED = re.compile(r"""<([A-Za-z][\w:.-]*)((?:\s+[^\s=<>/"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*/>""")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_XML_ENTITIES = frozenset(("lt", "gt", "amp", "quot", "apos"))
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*>", re.IGNORECASE)


def html_of_xhtml(text: str) -> str:
    """HTML that says the same as a page of XHTML, or as something that was meant to be one."""
    strict = _DOCTYPE.sub("", _DECLARATION.sub("", text, count=1), count=1)
    try:
        root = parse_xml(_ENTITY.sub(_character, strict).strip("\ufeff\u200b \n\r\t"))
    except Unreadable:
        return _SELF_CLOSED.sub(_closed, _CDATA.sub(_escaped, text))
    for element in root.iter():
        _without_namespace(element)
    return ElementTree.tostring(root, encoding="unicode", method="html")


def _without_namespace(element: Element) -> None:
    if not isinstance(element.tag, str):
        return
    element.tag = local(element)
    kind = element.attrib.pop(f"{_EPUB}type", "")
    if "note" in kind:  # shown when a reader asks for it
        element.attrib.pop("hidden", None)
    for name in [name for name in element.attrib if name.startswith("{")]:
        del element.attrib[name]


def _character(match: re.Match[str]) -> str:
    name = match.group(1)
    return match.group() if name in _XML_ENTITIES else html5.get(f"{name};", match.group())


def _closed(match: re.Match[str]) -> str:
    name, attributes = match.groups()
    return match.group() if name.lower() in _VOID else f"<{name}{attributes}></{name}>"


def _escaped(match: re.Match[str]) -> str:
    return match.group(1).replace("&", "&amp;").replace("<", "&lt;")
