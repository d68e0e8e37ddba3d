"""DrawingML, which Word, PowerPoint and Excel share: the words of shapes, charts and SmartArt."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from secondme.readers.archives import read_part
from secondme.readers.ooxml import relations
from secondme.readers.xml_tree import attribute, descendants, first, local, parse_xml

POINTS = 2_000
"""Points of a chart's series that are read at most."""
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp)\Z", re.IGNORECASE)
"""What programs write as the description of a picture that nobody described."""
_TITLED = {"valAx": "Axis", "catAx": "Axis", "dateAx": "Axis", "serAx": "Axis", "axis": "Axis", "chart": "Chart"}


def paragraph_lines(element: Element) -> list[str]:
    """The paragraphs (a:p) below an element, those without words left out."""
    lines = []
    for paragraph in descendants(element, "p"):
        words = []
        for run in paragraph.iter():
            name = local(run)
            if name == "t":
                words.append(run.text or "")
            elif name in ("br", "tab"):
                words.append("\n" if name == "br" else "\t")
        text = "".join(words).strip()
        if text:
            lines.append(text)
    return lines


def alternative_text(element: Element) -> Iterator[str]:
    """What the descriptions of pictures and shapes below an element say (alternative text)."""
    for one in element.iter():
        if local(one) in ("cNvPr", "docPr"):
            text = attribute(one, "descr").strip() or attribute(one, "title").strip()
            if text and not _FILE_NAME.match(text):
                yield text


def graphic_lines(archive: zipfile.ZipFile, element: Element, part: str) -> Iterator[tuple[str, list[str]]]:
    """("chart" or "diagram", its lines) of the charts and SmartArt that an element of `part` points at."""
    related = relations(archive, part)
    names = set(archive.namelist())
    for one in element.iter():
        kind = {"chart": "chart", "relIds": "diagram"}.get(local(one))
        relation = related.get(attribute(one, "id" if kind == "chart" else "dm")) if kind else None
        if kind is None or relation is None or relation.target not in names:
            continue
        root = parse_xml(read_part(archive, relation.target))
        if kind == "diagram":
            yield kind, diagram_lines(root)
            continue
        lines = chart_lines(root)
        for further in relations(archive, relation.target).values():
            if further.kind == "chartUserShapes" and further.target in names:
                lines += paragraph_lines(parse_xml(read_part(archive, further.target)))
        yield kind, lines


def diagram_lines(root: Element) -> list[str]:
    """The words of a SmartArt's nodes, in the order of its data."""
    return [line for point in descendants(root, "pt") for line in paragraph_lines(point)]


def chart_lines(root: Element) -> list[str]:
    """Titles of a chart and its axes, then a line for each series with its categories and values."""
    lines = []
    for holder in root.iter():
        title = first(holder, "title") if local(holder) in _TITLED else None
        text = _title_text(title) if title is not None else ""
        if text:
            lines.append(f"{_TITLED[local(holder)]}: {text}")
    lines += [text for series in root.iter() if local(series) == "ser" for text in _series_lines(series)]
    lines += [text for data in descendants(root, "chartData") for text in _extended_lines(root, data)]
    for label in descendants(root, "dLbl"):
        lines += paragraph_lines(label)
    return lines


def _title_text(title: Element) -> str:
    return " ".join(paragraph_lines(title)) or " ".join(value.text or "" for value in descendants(title, "v"))


def _series_lines(series: Element) -> Iterator[str]:
    name = first(series, "tx")
    parts = {key: _points(first(series, key)) for key in ("cat", "val", "xVal", "yVal", "bubbleSize")}
    keys, values = parts["cat"] or parts["xVal"], parts["val"] or parts["yVal"]
    indices = list(dict.fromkeys([*keys, *values]))[:POINTS]
    pairs = (f"{keys.get(i, '')} {_number(values.get(i, ''))}".strip() for i in indices)
    said = ", ".join(filter(None, pairs))
    title = _title_text(name) if name is not None else ""
    if title or said:
        yield f"{title}: {said}" if title and said else title or said


def _points(element: Element | None) -> dict[str, str]:
    """Values of a series by their index; several levels of categories are joined, the outermost first."""
    found: dict[str, str] = {}
    if element is None:
        return found
    levels = list(descendants(element, "lvl"))
    if len(levels) > 1:
        inner, *outer = ({attribute(pt, "idx"): _value(pt) for pt in descendants(level, "pt")} for level in levels)
        last = [""] * len(outer)
        for index, value in inner.items():
            last = [level.get(index, last[at]) for at, level in enumerate(outer)]
            found[index] = " ".join(filter(None, [*reversed(last), value]))
        return found
    for point in descendants(element, "pt"):
        found[attribute(point, "idx")] = _value(point)
    return found


def _value(point: Element) -> str:
    return next((value.text or "" for value in descendants(point, "v")), "").strip()


def _number(text: str) -> str:
    """A number as a person writes it: files hold 0.30000000000000004."""
    try:
        return f"{float(text):.10g}"
    except ValueError:
        return text


def _extended_lines(root: Element, data: Element) -> Iterator[str]:
    """Series of the newer kinds of charts (chartex: waterfall, funnel, treemap): dimensions with levels of points."""
    names = [text for one in descendants(root, "series") if (text := _title_text(one))]
    yield from names
    for one in data:
        columns = [[point.text or "" for point in descendants(level, "pt")] for level in descendants(one, "lvl")]
        for cells in list(zip(*columns, strict=False))[:POINTS]:
            yield " ".join(_number(cell) for cell in cells if cell)
