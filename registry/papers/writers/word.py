"""A paper as a Word document with real styles, made in code; the same values give the same bytes."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
import docx.oxml
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from registry.papers.writers.paper import MOST_ROWS, Block, Entries, Facts, Paper, Table, within

_element: Any = vars(docx.oxml)["OxmlElement"]  # its types are not whole
_LETTERS = "Times New Roman"
_LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
_GREY = RGBColor(0x55, 0x55, 0x55)
_LINE_CM = 16.5
_LABEL_CM = 4.2
_AS_FOUND = (1980, 1, 1, 0, 0, 0)


def paper_docx(paper: Paper) -> bytes:
    """The document."""
    document: Any = docx.Document()
    _dress(document, paper)
    _head(document, paper)
    for section in paper.sections:
        document.add_heading(within(section.name), level=2)
        for block in section.blocks:
            _add(document, block)
    _sign(document, paper)
    _foot(document, paper)
    made = io.BytesIO()
    document.save(made)
    return _without_moments(made.getvalue())


def _dress(document: Any, paper: Paper) -> None:
    """Page, letters, language and properties: nothing of whoever made the library, nothing of the person."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(2.5), Cm(2), Cm(2), Cm(2)
    for name, size in (("Normal", 11), ("Heading 1", 18), ("Heading 2", 13)):
        style = document.styles[name]
        style.font.name, style.font.size = _LETTERS, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(kind), _LETTERS)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    language = _LANGUAGES[paper.language]
    for one in document.styles.element.iter(qn("w:lang")):
        one.set(qn("w:val"), language)
    told = document.core_properties
    told.title, told.author, told.language, told.comments = within(paper.title), "", language, ""
    told.last_modified_by, told.keywords = "", ""
    told.created = told.modified = paper.at.replace(tzinfo=None, microsecond=0)


def _head(document: Any, paper: Paper) -> None:
    if paper.office:
        _grey(document.add_paragraph(), within(paper.office).upper())
    if paper.name:
        _grey(document.add_paragraph(), within(paper.title))
    document.add_heading(within(paper.name or paper.title), level=1)
    if paper.headline:
        document.add_paragraph(within(paper.headline))
    if paper.note:
        document.add_paragraph().add_run(within(paper.note)).italic = True
    if paper.facts:
        _facts(document, paper.facts)


def _grey(paragraph: Any, text: str, size: float = 9.5) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(size), _GREY


def _add(document: Any, block: Block) -> None:
    if isinstance(block, Facts):
        _facts(document, block.rows)
    elif isinstance(block, Entries):
        for one in block.rows[:MOST_ROWS]:
            _entry(document, within(one.when), within(one.text), [within(text) for text in one.details])
    elif isinstance(block, Table):
        _table(document, block)
    else:
        for text in block.texts:
            document.add_paragraph(within(text))


def _entry(document: Any, when: str, text: str, details: Sequence[str]) -> None:
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.left_indent, shape.first_line_indent = Cm(_LABEL_CM), Cm(-_LABEL_CM)
    shape.tab_stops.add_tab_stop(Cm(_LABEL_CM))
    paragraph.add_run(f"{when}\t")
    paragraph.add_run(text).bold = True
    for one in details:
        paragraph.add_run().add_break()
        paragraph.add_run(one)


def _facts(document: Any, rows: Sequence[tuple[str, str]]) -> None:
    shown = rows[:MOST_ROWS]
    table = document.add_table(rows=len(shown), cols=2)
    _spread(table, (_LABEL_CM, _LINE_CM - _LABEL_CM))
    for line, row in zip(table.rows, shown, strict=True):
        _grey(line.cells[0].paragraphs[0], within(row[0]), 11)
        line.cells[1].paragraphs[0].add_run(within(row[1]))
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _table(document: Any, block: Table) -> None:
    shown = block.rows[:MOST_ROWS]
    table = document.add_table(rows=1 + len(shown), cols=len(block.columns))
    table.style = "Table Grid"
    _spread(table, [width * _LINE_CM / sum(block.widths) for width in block.widths])
    for cell, name in zip(table.rows[0].cells, block.columns, strict=True):
        cell.paragraphs[0].add_run(within(name)).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    for line, row in zip(table.rows[1:], shown, strict=True):
        line._tr.get_or_add_trPr().append(_element("w:cantSplit"))
        for column, (cell, text) in enumerate(zip(line.cells, row, strict=True)):
            cell.paragraphs[0].add_run(within(text))
            if column in block.numbers:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()


def _spread(table: Any, widths: Sequence[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _sign(document: Any, paper: Paper) -> None:
    if not paper.signatures:
        return
    where = document.add_paragraph()
    where.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    where.add_run(within(paper.signed_where)).italic = True
    table = document.add_table(rows=1, cols=len(paper.signatures))
    for cell, role in zip(table.rows[0].cells, paper.signatures, strict=True):
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        cell.paragraphs[0].paragraph_format.space_after = Cm(2.2)
        cell.paragraphs[0].add_run(within(role)).bold = True


def _foot(document: Any, paper: Paper) -> None:
    """Who made it and what for, and the number of the page, on every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    letters = document.styles[
        "Footer"
    ].font  # the numbers of pages are no runs: they take the letters of the style
    letters.size, letters.color.rgb = Pt(8), _GREY
    _grey(paragraph, f"{within(paper.made)} {within(paper.page)} ", 8)
    for words in ("PAGE", " / ", "NUMPAGES"):
        if words == " / ":
            _grey(paragraph, words, 8)
            continue
        field = _element("w:fldSimple")
        field.set(qn("w:instr"), words)
        paragraph._p.append(field)


def _without_moments(content: bytes) -> bytes:
    """The same archive with no day of the clock in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as found, zipfile.ZipFile(made, "w") as file:
        for name in found.namelist():
            one = zipfile.ZipInfo(name, _AS_FOUND)
            one.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(one, found.read(name))
    return made.getvalue()
