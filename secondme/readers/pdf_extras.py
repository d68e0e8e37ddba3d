"""What a PDF page bears beside its text: form fields with what was filled in, notes, pictures of text."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

ANNOTATIONS = 5_000
"""Annotations of a page that are looked at."""
_COVERED = 0.4
"""Share of a page that a picture covers when the page is a scan."""
_FEW = 60
"""Letters that a scan bears beside its picture: a page number, the name of the program."""
_TYPED = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
_TICKED = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
_WITHOUT_WORDS = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)


def page_annotations(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[tuple[str, str]]:
    """("form" or "note", its words) of a page's form fields and annotations. Forms must have been initialised."""
    for number in range(min(raw.FPDFPage_GetAnnotCount(page), ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            if kind == raw.FPDF_ANNOT_WIDGET:
                if document.formenv is not None and (field := _field(document.formenv, annotation)):
                    yield "form", field
            elif kind not in _WITHOUT_WORDS:
                words = _string(annotation, "Contents")
                author = _string(annotation, "T")
                if words:
                    yield "note", f"Note{f' by {author}' if author else ''}: {words}"
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _field(form: Any, annotation: Any) -> str:
    """ "name: value" of a field that was filled in; empty for one that was not."""
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    name = _wide(raw.FPDFAnnot_GetFormFieldAlternateName, form, annotation) or _wide(
        raw.FPDFAnnot_GetFormFieldName, form, annotation
    )
    value = ""
    if kind in _TYPED:
        value = _wide(raw.FPDFAnnot_GetFormFieldValue, form, annotation)
    elif kind in _TICKED and raw.FPDFAnnot_IsChecked(form, annotation):
        value = _wide(raw.FPDFAnnot_GetFormFieldExportValue, form, annotation) or "yes"
        value = "yes" if value in ("On", "Yes", "1") else value
    return f"{name}: {value}" if value and name else value


def _string(annotation: Any, key: str) -> str:
    return _wide(raw.FPDFAnnot_GetStringValue, annotation, key.encode())


def _wide(call: Callable[..., int], *arguments: Any) -> str:
    """The UTF-16 text that a function of PDFium gives: asked first for its length in bytes."""
    length = call(*arguments, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    call(*arguments, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return buffer.raw[:length].decode("utf-16-le", "replace").rstrip("\0").strip()


def is_picture_of_text(page: pdfium.PdfPage, text: str) -> bool:
    """Whether a page shows more than its text says: a scan, or words that were drawn."""
    letters = sum(character.isalnum() for character in text[: 40 * _FEW])
    if letters > _FEW:
        return False
    objects = list(page.get_objects(max_depth=4))
    if not letters:
        return any(one.type != raw.FPDF_PAGEOBJ_PATH for one in objects) or len(objects) > _FEW
    width, height = page.get_size()
    covered = max((_area(one) for one in objects if one.type == raw.FPDF_PAGEOBJ_IMAGE), default=0.0)
    return bool(covered >= _COVERED * width * height)


def _area(one: pdfium.PdfObject) -> float:
    try:
        left, bottom, right, top = one.get_bounds()
    except pdfium.PdfiumError:
        return 0.0
    return float(abs((right - left) * (top - bottom)))


def outline_titles(document: pdfium.PdfDocument) -> Iterator[str]:
    """The titles of the bookmarks."""
    try:
        for bookmark in document.get_toc():
            yield bookmark.get_title().strip()
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return


def attachment_names(document: pdfium.PdfDocument) -> list[str]:
    """The names of the files that are attached."""
    try:
        return [document.get_attachment(i).get_name() for i in range(min(document.count_attachments(), 20))]
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return ["?"]
