"""XML parts of documents, whose elements are known by their local names: variants of a format differ in namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from secondme.readers.reader import Unreadable


def parse_xml(data: bytes | str) -> Element:
    """The root of an XML part. Raises Unreadable when it is damaged or declares entities."""
    try:
        root: Element = ElementTree.fromstring(data, forbid_dtd=False)
    except DefusedXmlException as error:
        raise Unreadable("its XML declares entities, as only bombs do") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise Unreadable("its XML is damaged") from error
    return root


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


def attribute(element: Element | None, name: str) -> str:
    """The value of an attribute, whichever namespace it is in."""
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def first(element: Element, *path: str) -> Element | None:
    """The first descendant along a path of local names, each a child of the one before."""
    found: Element | None = element
    for name in path:
        found = next((child for child in found if local(child) == name), None) if found is not None else None
    return found


def descendants(element: Element, name: str) -> Iterator[Element]:
    """All elements of this local name below, in the order of the file."""
    return (one for one in element.iter() if local(one) == name)
