"""Office Open XML: the zip package that Word, PowerPoint and Excel files are.

Elements are known by their local names: the "strict" variant of the standard (ISO/IEC 29500) has the same ones in
other namespaces.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from secondme.readers.archives import read_part
from secondme.readers.dates import loose_instant
from secondme.readers.metadata import Metadata, element_text
from secondme.readers.reader import Unreadable

_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"


@dataclass(frozen=True)
class Relation:
    """What a part points at. `kind`: the last word of its type (image, chart, header). `target`: a part's name."""

    kind: str
    target: str


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


def alternative(element: Element) -> Element | None:
    """Of the variants of an AlternateContent the first that holds anything to read, else the last."""
    variants = list(element)
    for variant in variants:
        if any(local(one) in ("t", "chart", "relIds", "textpath") for one in variant.iter()):
            return variant
    return variants[-1] if variants else None


def relations(archive: zipfile.ZipFile, name: str) -> dict[str, Relation]:
    """The relations of a part by their ids; those that point outside of the file are left out."""
    folder, base = posixpath.split(name)
    rels = posixpath.join(folder, "_rels", f"{base}.rels")
    if rels not in archive.namelist():
        return {}
    return {
        relation.get("Id", ""): Relation(
            relation.get("Type", "").rsplit("/", 1)[-1],
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
        )
        for relation in parse_xml(read_part(archive, rels))
        if relation.get("TargetMode") != "External"
    }


def main_part(archive: zipfile.ZipFile, usual: str) -> str:
    """The name of the part that a package is about; `usual` where it does not say."""
    names = set(archive.namelist())
    found = (one.target for one in relations(archive, "").values() if one.kind == "officeDocument")
    return next((name for name in found if name in names), usual)


def core_metadata(archive: zipfile.ZipFile) -> Metadata:
    """The metadata in an office file's core properties."""
    root = parse_xml(read_part(archive, "docProps/core.xml")) if "docProps/core.xml" in archive.namelist() else None
    title, author, language = (element_text(root, f"{_DC}{tag}") for tag in ("title", "creator", "language"))
    date = element_text(root, f"{_TERMS}modified") or element_text(root, f"{_TERMS}created")
    return Metadata(title, author, language[:2].lower(), *loose_instant(date))
