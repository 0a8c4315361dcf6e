"""Files that are sent as CVs and are none: cut off, looping, with scripts, bombs, of other kinds. Seeded."""

import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from random import Random

from pypdf import PdfReader, PdfWriter

from tests.factories import cvs

Made = tuple[str, str, bytes]
"""What is wrong with it, the name it is sent under, its bytes."""


@lru_cache(maxsize=1)
def _pdf() -> bytes:
    return cvs.pdf()


@lru_cache(maxsize=1)
def _word() -> bytes:
    return cvs.word()


def raw_pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with a right table of where they are."""
    made = io.BytesIO(b"%PDF-1.7\n")
    made.seek(0, io.SEEK_END)
    places: list[int] = []
    for number, content in enumerate(objects, start=1):
        places.append(made.tell())
        made.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = made.tell()
    made.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        made.write(b"%010d 00000 n \n" % place)
    made.write(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, start))
    return made.getvalue()


def _page(content: bytes, extra: bytes = b"") -> bytes:
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % extra,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<>>>>",
        stream,
    )


def _packed(size: int) -> bytes:
    """A page whose content unpacks to so many bytes."""
    packed = zlib.compress(b"(A) Tj " * (size // 7))
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<>>>>",
        stream,
    )


def _zip(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _word_with(name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(_word())) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    return _zip({**parts, name: content})


def _locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_pdf())))
    writer.encrypt("mật khẩu", algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


_ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><SkillsPassport>&b;</SkillsPassport>'
_ABROAD = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Candidate>&x;</Candidate>'
)


def _deep(opening: bytes, closing: bytes, times: int) -> bytes:
    return opening * times + closing * times


WHOLE: dict[str, Callable[[], tuple[str, bytes]]] = {
    "a loop of pages": lambda: (
        "pdf",
        raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>"),
    ),
    "a page that is its own parent": lambda: (
        "pdf",
        raw_pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 2/Kids[3 0 R]>>",
            b"<</Type/Pages/Kids[2 0 R]/Count 2>>",
        ),
    ),
    "a reference to itself": lambda: ("pdf", raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"2 0 R")),
    "a script that runs at once": lambda: (
        "pdf",
        _page(b"BT (x) Tj ET", b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"),
    ),
    "a program to start": lambda: ("pdf", _page(b"BT (x) Tj ET", b"/OpenAction<</S/Launch/F(cmd.exe)>>")),
    "a million pages": lambda: (
        "pdf",
        raw_pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1000000/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R>>",
        ),
    ),
    "a million kids": lambda: (
        "pdf",
        raw_pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[%s]>>" % (b"3 0 R " * 600_000),
            b"<</Type/Page/Parent 2 0 R>>",
        ),
    ),
    "a page without text": lambda: ("pdf", _page(b"0 0 200 200 re f")),
    "a page that unpacks to 300 MB": lambda: ("pdf", _packed(300_000_000)),
    "a password": lambda: ("pdf", _locked()),
    "no catalogue": lambda: ("pdf", raw_pdf(b"<</Type/Pages>>", root=9)),
    "only a head": lambda: ("pdf", b"%PDF-1.7\n"),
    "a program called a PDF": lambda: ("pdf", b"MZ" + b"\0" * 400),
    "a page of HTML called a PDF": lambda: ("pdf", b"<html><script>alert(1)</script></html>"),
    "macros": lambda: ("docx", _word_with("word/vbaProject.bin", b"x" * 64)),
    "a zip that leaves its folder": lambda: ("docx", _word_with("../../etc/cron.d/x", b"x")),
    "a zip in the zip": lambda: ("docx", _word_with("word/more.zip", _zip({"a": b"b"}))),
    "a part that unpacks to 60 MB": lambda: ("docx", _word_with("word/big.bin", b"\0" * 60_000_000)),
    "another document in it": lambda: (
        "docx",
        _zip({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<a/>"}),
    ),
    "no document in it": lambda: ("docx", _zip({"[Content_Types].xml": b"<Types/>"})),
    "a document type in it": lambda: ("docx", _word_with("word/document.xml", _ENTITIES)),
    "a document that is no XML": lambda: ("docx", _word_with("word/document.xml", b"<w:document")),
    "a very deep document": lambda: (
        "docx",
        _word_with(
            "word/document.xml",
            b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
            + _deep(b"<w:sdt>", b"</w:sdt>", 4_000)
            + b"</w:body></w:document>",
        ),
    ),
    "entities that grow": lambda: ("xml", _ENTITIES),
    "an entity from outside": lambda: ("xml", _ABROAD),
    "very deep XML": lambda: ("xml", b"<?xml version='1.0'?>" + _deep(b"<a>", b"</a>", 20_000)),
    "very many elements": lambda: ("xml", b"<Candidate>" + b"<a/>" * 400_000 + b"</Candidate>"),
    "XML of something else": lambda: (
        "xml",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>",
    ),
    "a hundred thousand brackets": lambda: ("json", b'{"basics":' + b"[" * 100_000),
    "JSON of something else": lambda: ("json", json.dumps({"a": 1}).encode()),
    "values of other types": lambda: (
        "json",
        json.dumps({"basics": [1], "work": {"a": None}, "skills": "x"}).encode(),
    ),
    "NULs": lambda: ("json", b"{\0\0\0}"),
    "nothing": lambda: ("pdf", b""),
    "no ending": lambda: ("", b"%PDF-1.7"),
}
"""What is wrong → (ending of the name, bytes)."""


def named(what: str) -> Made:
    """One of the whole ones."""
    suffix, content = WHOLE[what]()
    return what, f"cv.{suffix}" if suffix else "cv", content


def damaged(seed: int, count: int) -> Iterator[Made]:
    """Good files with something cut off, turned round, written over or put in between."""
    chance = Random(seed)
    good = [("pdf", _pdf()), ("docx", _word())]
    for number in range(count):
        suffix, content = good[number % 2]
        how = ("cut", "flipped", "overwritten", "stuffed", "shuffled")[number // 2 % 5]
        yield f"{how} {suffix} {number}", f"cv.{suffix}", _damage(chance, how, bytearray(content))


def _damage(chance: Random, how: str, content: bytearray) -> bytes:
    size = len(content)
    if how == "cut":
        return bytes(content[: chance.randrange(8, size)])
    if how == "flipped":
        for _time in range(chance.randrange(1, 60)):
            content[chance.randrange(8, size)] ^= 1 << chance.randrange(8)
    elif how == "overwritten":
        at = chance.randrange(8, size)
        content[at : at + chance.randrange(1, 400)] = chance.randbytes(200)
    elif how == "stuffed":
        at = chance.randrange(8, size)
        content[at:at] = b"<</Kids[1 0 R]>>" * chance.randrange(1, 40)
    else:
        cut = chance.randrange(8, size)
        content = content[:8] + content[cut:] + content[8:cut]
    return bytes(content)
