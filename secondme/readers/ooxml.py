"""Office Open XML: the zip package that Word, PowerPoint and Excel files are.

The "strict" variant of the standard (ISO/IEC 29500) has the same elements in other namespaces.
"""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from secondme.readers.archives import read_part
from secondme.readers.dates import loose_instant
from secondme.readers.metadata import Metadata, element_text
from secondme.readers.xml_tree import local, parse_xml

_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"


@dataclass(frozen=True)
class Relation:
    """What a part points at. `kind`: the last word of its type (image, chart, header). `target`: a part's name."""

    kind: str
    target: str


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
