"""Documents with a numbered marker in every place that their format has for words, written by other libraries.

A maker gets `Marks`, asks it for a marker wherever words can stand, and returns a file. To add a format: a function
here or in `text_markers.py` and its line in `test_markers.py`.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Marks:
    """Hands out markers. `places`: where each stands. `noted`: those which need only a note with these words."""

    places: dict[str, str] = field(default_factory=dict)
    noted: dict[str, str] = field(default_factory=dict)

    def __call__(self, place: str, *, noted: str = "") -> str:
        """A word that stands nowhere else. `noted`: words of the note that is enough in place of the marker."""
        marker = f"Marke{len(self.places) + 101}"
        self.places[marker] = place
        if noted:
            self.noted[marker] = noted
        return marker


def docx(mark: Marks) -> bytes:
    """A Word file by python-docx, with what that cannot write put into its XML."""
    import docx as word
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = word.Document()
    document.core_properties.title = mark("title")
    document.core_properties.author = mark("author")
    document.add_heading(f"{mark('heading')}\n{mark('heading after a line break')}", 1)
    paragraph = document.add_paragraph(f"{mark('paragraph')}\t{mark('after a tab')}\n{mark('after a line break')}")
    document.add_comment(paragraph.runs, text=mark("comment"), author="Ola")
    document.add_paragraph(mark("bullet"), style="List Bullet")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = mark("cell")
    table.cell(0, 0).add_paragraph(mark("second paragraph of a cell"))
    table.cell(0, 1).text = f"{mark('before a line break in a cell')}\n{mark('after a line break in a cell')}"
    table.cell(1, 0).add_table(1, 1).cell(0, 0).text = mark("nested table")
    table.cell(1, 1).text = mark("last cell")
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = mark("header")
    section.footer.paragraphs[0].text = mark("footer")
    section.first_page_header.paragraphs[0].text = mark("header of the first page")
    names = nsdecls("w", "wp", "a", "pic", "r")
    shapes = (
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    for xml in (
        f'<w:ins w:id="1" w:author="x"><w:r><w:t>{mark("tracked insertion")}</w:t></w:r></w:ins>',
        f"<w:hyperlink><w:r><w:t>{mark('link')}</w:t></w:r></w:hyperlink>",
        f'<w:fldSimple w:instr="AUTHOR"><w:r><w:t>{mark("field")}</w:t></w:r></w:fldSimple>',
        f"<w:sdt><w:sdtContent><w:r><w:t>{mark('content control')}</w:t></w:r></w:sdtContent></w:sdt>",
        f"<w:smartTag><w:r><w:t>{mark('smart tag')}</w:t></w:r></w:smartTag>",
        f"<m:oMath><m:r><m:t>{mark('equation')}</m:t></m:r></m:oMath>",
        f"<w:r><w:ruby><w:rt><w:r><w:t>{mark('ruby')}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>"
        f"{mark('base of ruby')}</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>"
        f"{mark('text box')}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        f'<w:r><w:pict><v:shape><v:textpath string="{mark("WordArt")}"/></v:shape></w:pict></w:r>',
        '<w:r><w:drawing><wp:inline><wp:docPr id="9" name="p" '
        f'descr="{mark("alternative text")}"/></wp:inline></w:drawing></w:r>',
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{mark('hidden text', noted='hidden')}</w:t></w:r>",
        '<w:r><w:footnoteReference w:id="7"/></w:r>',
        '<w:r><w:endnoteReference w:id="8"/></w:r>',
    ):
        for child in parse_xml(f"<w:p {names} {shapes}><w:r><w:tab/></w:r>{xml}</w:p>"):
            paragraph._p.append(child)
    out = io.BytesIO()
    document.save(out)
    notes = {
        kind: f'<w:{kind}s {nsdecls("w")}><w:{kind} w:id="{number}"><w:p><w:r><w:t>{mark(kind)}</w:t></w:r></w:p>'
        f"</w:{kind}></w:{kind}s>"
        for kind, number in (("footnote", 7), ("endnote", 8))
    }
    parts = {f"word/{kind}s.xml": xml for kind, xml in notes.items()}
    return with_parts(out.getvalue(), "word/_rels/document.xml.rels", parts)


def with_parts(data: bytes, rels: str, parts: dict[str, str]) -> bytes:
    """An office file with more parts, each related under its own name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == rels:
                more = "".join(
                    f'<Relationship Id="x{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                    f'{Path(part).stem}" Target="{Path(part).name}"/>'
                    for i, part in enumerate(parts)
                )
                content = content.replace(b"</Relationships>", more.encode() + b"</Relationships>")
            target.writestr(name, content)
        for name, text in parts.items():
            target.writestr(name, text)
    return out.getvalue()


def pptx(mark: Marks) -> bytes:
    """A presentation by python-pptx."""
    import pptx as powerpoint
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    deck = powerpoint.Presentation()
    deck.core_properties.title = mark("title of the file")
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = f"{mark('title')}\v{mark('title after a line break')}"
    slide.placeholders[1].text = f"{mark('body')}\n{mark('second paragraph')}"
    where = (Inches(1), Inches(1), Inches(2), Inches(1))
    slide.shapes.add_textbox(*where).text_frame.text = mark("text box")
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(*where).text_frame.text = mark("shape of a group")
    group.shapes.add_group_shape().shapes.add_textbox(*where).text_frame.text = mark("group in a group")
    table = slide.shapes.add_table(1, 2, *where).table
    table.cell(0, 0).text = f"{mark('cell')}\n{mark('second paragraph of a cell')}"
    table.cell(0, 1).text = mark("next cell")
    data = CategoryChartData()
    data.categories = [mark("category"), mark("second category")]
    data.add_series(mark("series"), (1.5, 2.25))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *where, data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = mark("title of a chart")
    chart.value_axis.has_title = True
    chart.value_axis.axis_title.text_frame.text = mark("title of an axis")
    slide.notes_slide.notes_text_frame.text = mark("notes")
    shape = slide.shapes.add_textbox(*where)
    shape._element.nvSpPr.cNvPr.set("descr", mark("alternative text"))
    deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_picture(io.BytesIO(picture()), *where)
    mark("slide with a picture", noted="slide 2 only show")
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def picture() -> bytes:
    """A small PNG file."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (20, 15), 128).save(out, "PNG")
    return out.getvalue()


def xlsx(mark: Marks) -> bytes:
    """A workbook by XlsxWriter."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(mark("name of a sheet"))
    sheet.write_row(0, 0, [mark("column"), mark("second column")])
    sheet.write_row(1, 0, [f"{mark('cell')}\n{mark('second line of a cell')}", 12])
    sheet.merge_range(3, 0, 4, 1, mark("merged cells"))
    sheet.write_url(5, 0, "https://example.org", string=mark("link"))
    sheet.write_rich_string(6, 0, mark("rich text"), " ", book.add_format({"bold": True}), mark("second run"))
    sheet.write_comment(1, 0, mark("comment"))
    sheet.insert_textbox(8, 0, mark("text box"))
    sheet.set_header(f"&L{mark('header')}&R{mark('header on the right')}")
    sheet.set_footer(f'&C&"Arial,Bold"&10{mark("footer")}')
    sheet.data_validation(2, 0, 2, 0, {"validate": "any", "input_title": "x", "input_message": mark("hint of a cell")})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=B!$A$1:$A$1", "name": mark("series")})
    chart.set_title({"name": mark("title of a chart")})
    chart.set_x_axis({"name": mark("axis of a chart")})
    sheet.insert_chart(10, 0, chart)
    sheet.insert_image(30, 0, "a.png", {"image_data": io.BytesIO(picture()), "description": mark("alternative text")})
    hidden = book.add_worksheet("B")
    hidden.write(0, 0, mark("hidden sheet"))
    hidden.hide()
    book.close()
    return out.getvalue()


def odt(mark: Marks) -> bytes:
    """A text by odfpy."""
    from odf import dc, draw, form, office, table, text
    from odf.opendocument import OpenDocumentText
    from odf.style import Footer, Header, MasterPage, PageLayout

    document = OpenDocumentText()
    layout = PageLayout(name="L")
    document.automaticstyles.addElement(layout)
    master = MasterPage(name="Standard", pagelayoutname=layout)
    for kind, name in ((Header, "header"), (Footer, "footer")):
        holder = kind()
        holder.addElement(text.P(text=mark(name)))
        master.addElement(holder)
    document.masterstyles.addElement(master)
    listed = text.List()
    second = text.P(text=mark("second paragraph of an entry"))
    for children in ((text.H(outlinelevel=1, text=mark("heading in a list")),), (text.P(text=mark("entry")), second)):
        item = text.ListItem()
        for child in children:
            item.addElement(child)
        listed.addElement(item)
    document.text.addElement(listed)
    paragraph = text.P(text=mark("paragraph"))
    paragraph.addElement(text.LineBreak())
    paragraph.addElement(text.Span(text=mark("after a line break")))
    for kind in ("footnote", "endnote"):
        note = text.Note(noteclass=kind)
        note.addElement(text.NoteCitation(text="1"))
        body = text.NoteBody()
        body.addElement(text.P(text=mark(kind)))
        note.addElement(body)
        paragraph.addElement(note)
    comment = office.Annotation()
    comment.addElement(dc.Creator(text=mark("author of a comment")))
    comment.addElement(text.P(text=mark("comment")))
    paragraph.addElement(comment)
    frame, box = draw.Frame(width="5cm"), draw.TextBox()
    box.addElement(text.P(text=mark("text box")))
    frame.addElement(box)
    paragraph.addElement(frame)
    group, shape = draw.G(), draw.CustomShape(width="1cm", height="1cm")
    shape.addElement(text.P(text=mark("shape of a group")))
    group.addElement(shape)
    paragraph.addElement(group)
    ruby = text.Ruby()
    ruby.addElement(text.RubyBase(text=mark("base of ruby")))
    ruby.addElement(text.RubyText(text=mark("ruby")))
    paragraph.addElement(ruby)
    document.text.addElement(paragraph)
    grid, row = table.Table(), table.TableRow()
    for texts in ((mark("cell"), mark("second paragraph of a cell")), (mark("next cell"),)):
        cell = table.TableCell()
        for words in texts:
            cell.addElement(text.P(text=words))
        row.addElement(cell)
    grid.addElement(row)
    document.text.addElement(grid)
    forms, filled = office.Forms(), form.Form(name="F")
    filled.addElement(form.Text(id="c1", name=mark("name of a field"), currentvalue=mark("value of a field")))
    forms.addElement(filled)
    document.text.addElement(forms)
    return written(document)


def written(document: Any) -> bytes:
    """The bytes of a document of odfpy."""
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def odp(mark: Marks) -> bytes:
    """A presentation by odfpy."""
    from odf import draw, presentation, text
    from odf.opendocument import OpenDocumentPresentation
    from odf.style import MasterPage, PageLayout

    deck = OpenDocumentPresentation()
    layout = PageLayout(name="L")
    deck.automaticstyles.addElement(layout)
    master = MasterPage(name="M", pagelayoutname=layout)
    deck.masterstyles.addElement(master)
    page = draw.Page(masterpagename=master)
    for kind, name in (("title", "title"), ("outline", "outline")):
        frame, box = draw.Frame(width="5cm", **{"class": kind}), draw.TextBox()
        box.addElement(text.P(text=mark(name)))
        box.addElement(text.P(text=mark(f"second paragraph of the {name}")))
        frame.addElement(box)
        page.addElement(frame)
    group, shape = draw.G(), draw.Rect(width="1cm", height="1cm")
    shape.addElement(text.P(text=mark("shape of a group")))
    group.addElement(shape)
    page.addElement(group)
    notes, frame, box = presentation.Notes(), draw.Frame(width="5cm"), draw.TextBox()
    box.addElement(text.P(text=mark("notes")))
    frame.addElement(box)
    notes.addElement(frame)
    page.addElement(notes)
    deck.presentation.addElement(page)
    return written(deck)


def ods(mark: Marks) -> bytes:
    """A spreadsheet by odfpy."""
    from odf import draw, office, table, text
    from odf.opendocument import OpenDocumentSpreadsheet

    book = OpenDocumentSpreadsheet()
    sheet, row, cell = table.Table(name=mark("name of a sheet")), table.TableRow(), table.TableCell(valuetype="string")
    comment = office.Annotation()
    comment.addElement(text.P(text=mark("comment")))
    cell.addElement(comment)
    cell.addElement(text.P(text=mark("cell")))
    cell.addElement(text.P(text=mark("second paragraph of a cell")))
    shape = draw.Rect(width="1cm", height="1cm")
    shape.addElement(text.P(text=mark("shape")))
    cell.addElement(shape)
    row.addElement(cell)
    sheet.addElement(row)
    book.spreadsheet.addElement(sheet)
    return written(book)


def pdf(mark: Marks) -> bytes:
    """A PDF file by ReportLab."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, A4)
    canvas.setTitle(mark("title"))
    canvas.setAuthor(mark("author"))
    canvas.drawString(72, 770, mark("line"))
    canvas.drawString(72, 400, mark("second paragraph"))
    canvas.drawRightString(500, 20, mark("footer"))
    canvas.saveState()
    canvas.rotate(90)
    canvas.drawString(200, -40, mark("rotated text"))
    canvas.restoreState()
    form = canvas.acroForm
    form.textfield(name=mark("name of a field"), value=mark("value of a field"), x=72, y=700, width=200)
    form.choice(name="c", value=(choice := mark("choice")), options=[choice, "other"], x=72, y=600, width=100)
    form.checkbox(name=mark("name of a ticked box"), checked=True, x=72, y=660)
    canvas.textAnnotation(mark("note"), Rect=[72, 500, 90, 520])
    canvas.freeTextAnnotation(mark("free text"), DA="/Helv 9 Tf", Rect=[72, 530, 290, 560])
    canvas.bookmarkPage("a")
    canvas.addOutlineEntry(mark("bookmark"), "a")
    canvas.showPage()
    canvas.drawImage(ImageReader(io.BytesIO(picture())), 0, 0, *A4)
    mark("scanned page", noted="page 2 hold")
    canvas.save()
    return out.getvalue()


def epub(mark: Marks) -> bytes:
    """A book as EPUB 3 describes it."""
    page = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">{}<body>{}</body></html>'
    )
    cells = f"<td><p>{mark('cell')}</p><p>{mark('second paragraph of a cell')}</p></td><td>{mark('next cell')}</td>"
    one = (
        f"<h1>{mark('heading')}<br/>{mark('heading after a line break')}</h1><p>{mark('paragraph')}"
        f'<a epub:type="noteref" href="#n"><sup>1</sup></a></p><img src="a.png" alt="{mark("alternative text")}"/>'
        f"<ul><li><p>{mark('entry')}</p></li></ul>"
        f'<aside epub:type="footnote" id="n" hidden="">{mark("footnote")}</aside>'
        f"<figure><figcaption>{mark('caption')}</figcaption></figure><table><tr>{cells}</tr></table>"
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{mark("page that is a drawing")}</text></svg>'
    pages = {
        "one.xhtml": page.format("<head><title/></head>", one),
        "two.xhtml": page.format('<head><script src="a"/></head>', f"<p>{mark('second chapter')}</p>"),
        "loose.xhtml": page.format("", f"<p>{mark('page outside of the spine')}</p>"),
        "cover.xhtml": page.format("", '<img src="a.png"/>'),
    }
    mark("chapter of pictures", noted="hold no text")
    contents = page.format("", f'<nav epub:type="toc"><a href="two.xhtml">{mark("entry of the contents")}</a></nav>')
    items = "".join(f'<item id="{name[:-6]}" href="{name}" media-type="application/xhtml+xml"/>' for name in pages)
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{mark('title')}</dc:title><dc:creator>{mark('author')}</dc:creator></metadata><manifest>{items}"
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="svg" href="a.svg" media-type="image/svg+xml"/></manifest><spine><itemref idref="cover"/>'
        '<itemref idref="one"/><itemref idref="two" linear="no"/><itemref idref="svg"/></spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("META-INF/container.xml", container)
        for name, content in {"book.opf": opf, "nav.xhtml": contents, "a.svg": svg, **pages}.items():
            archive.writestr(f"OPS/{name}", content)
    return out.getvalue()


def rtf(mark: Marks) -> bytes:
    """Rich text as Word writes it."""
    body = (
        f"{{\\info{{\\title {mark('title')}}}{{\\author {mark('author')}}}}}{{\\header {mark('header')}\\par}}"
        f"{{\\footerf {mark('footer of the first page')}}}\\pard\\outlinelevel0 {mark('heading')}\\par\\pard "
        f"{{\\listtext\\tab 1.}}{mark('paragraph')}\\line {mark('after a line break')}{{\\footnote {mark('footnote')}}}"
        f"{{\\*\\atnauthor {mark('author of a comment')}}}{{\\*\\annotation {mark('comment')}}}"
        f" {{\\field{{\\*\\fldinst HYPERLINK}}{{\\fldrslt {mark('field')}}}}} {{\\revised {mark('tracked insertion')}}}"
        f"{{\\shp{{\\*\\shpinst{{\\shptxt {mark('text box')}\\par}}}}}}\\par"
        f"\\trowd\\intbl {mark('cell')}\\par {mark('second paragraph of a cell')}\\cell {mark('next cell')}\\cell\\row"
        f"\\pard {{\\v {mark('hidden text', noted='hidden')}}}last\\par"
        f"{{\\object\\objemb{{\\*\\objdata 00}}}}"
    )
    mark("embedded object", noted="embedded objects")
    return f"{{\\rtf1\\ansi\\deff0 {body}}}".encode()
