"""Files that are no honest workbook are refused before anything parses them, quickly and for the right reason."""

import io
import os
import time
import zipfile
from collections.abc import Callable

import pytest

from registry.exchange.readers.archive import MAX_FILE_BYTES, WorkbookRefused, check_inside, check_outside
from tests.factories.exchange import CONTENT_TYPES, parts_of, with_declared_size, with_part, workbook, zipped

HONEST = workbook({"Ứng viên": [["Họ và tên"], ["Nguyễn Thị Hòa"]]})
SHEET = "xl/worksheets/sheet1.xml"
SPACES = b" " * (30 * 1024 * 1024)


def refusal(content: bytes) -> str | None:
    try:
        check_inside(content)
    except WorkbookRefused as refused:
        return refused.code
    return None


def encrypted() -> bytes:
    marked = bytearray(HONEST)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        marked[HONEST.index(mark) + offset] |= 1
    return bytes(marked)


def with_symlink() -> bytes:
    stream = io.BytesIO(HONEST)
    with zipfile.ZipFile(stream, "a") as archive:
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def with_twin() -> bytes:
    stream = io.BytesIO(HONEST)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("XL/Workbook.xml", "<workbook/>")
    return stream.getvalue()


def cut_short() -> bytes:
    return HONEST[: len(HONEST) // 2]


def damaged() -> bytes:
    content = bytearray(HONEST)
    start = HONEST.index(b"xl/worksheets/sheet1.xml") + 40
    content[start : start + 40] = os.urandom(40)
    return bytes(content)


HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("a small file that unpacks to thirty megabytes", lambda: with_part(HONEST, SHEET, SPACES), "too_heavy"),
    (
        "more than fifty megabytes in all",
        lambda: with_part(HONEST, SHEET, os.urandom(1024) * 52_000),
        "too_heavy",
    ),
    ("a part larger than it says", lambda: with_declared_size(HONEST, SHEET, 10), "broken"),
    (
        "a thousand parts",
        lambda: zipped({**parts_of(HONEST), **{f"xl/media/{n}.xml": b"x" for n in range(1_000)}}),
        "too_heavy",
    ),
    ("a hundred thousand parts", lambda: zipped({f"{n}": b"" for n in range(100_000)}), "too_heavy"),
    ("a zip inside", lambda: with_part(HONEST, "xl/inner.xml", HONEST), "unsafe"),
    (
        "a document type",
        lambda: with_part(HONEST, SHEET, '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'),
        "unsafe",
    ),
    (
        "an entity hidden behind much text",
        lambda: with_part(HONEST, SHEET, b"<a>" + os.urandom(300_000).hex().encode() + b'<!ENTITY a "b">'),
        "unsafe",
    ),
    (
        "XML in UTF-16",
        lambda: with_part(HONEST, SHEET, "<!DOCTYPE x><worksheet/>".encode("utf-16")),
        "unsafe",
    ),
    (
        "XML in UTF-16 without its mark",
        lambda: with_part(HONEST, SHEET, "<worksheet/>".encode("utf-16-le")),
        "unsafe",
    ),
    ("a path that leaves the folder", lambda: with_part(HONEST, "../../etc/cron.d/x", b"x"), "unsafe"),
    ("an absolute path", lambda: with_part(HONEST, "/etc/passwd", b"x"), "unsafe"),
    ("a path with a drive", lambda: with_part(HONEST, "C:\\x.xml", b"x"), "unsafe"),
    ("a symbolic link", with_symlink, "unsafe"),
    ("two parts of one name", with_twin, "unsafe"),
    ("an embedded object", lambda: with_part(HONEST, "xl/embeddings/oleObject1.bin", b"x"), "unsafe"),
    ("macros", lambda: with_part(HONEST, "xl/vbaProject.bin", b"x"), "macros"),
    (
        "a macro workbook by its type",
        lambda: with_part(
            HONEST, "[Content_Types].xml", '<Types x="application/vnd.ms-excel.sheet.macroEnabled.main"/>'
        ),
        "macros",
    ),
    (
        "links to another workbook",
        lambda: with_part(HONEST, "xl/externalLinks/externalLink1.xml", b"<a/>"),
        "outside_links",
    ),
    ("an encrypted part", encrypted, "old_or_locked"),
    ("something before the zip", lambda: b"PK\x03\x04 not really" + HONEST, "unsafe"),
    ("something behind the zip", lambda: HONEST + b"%PDF-1.7", "unsafe"),
    ("a file cut short", cut_short, "broken"),
    ("a damaged part", damaged, "broken"),
    ("no zip at all", lambda: b"PK\x03\x04" + os.urandom(2_000), "broken"),
    ("a zip that is no workbook", lambda: zipped({"readme.txt": "hi"}), "not_xlsx"),
    (
        "a text document",
        lambda: zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<d/>"}),
        "not_xlsx",
    ),
    (
        "a binary workbook",
        lambda: zipped({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.bin": b"x"}),
        "macros",
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("make", "code"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_hostile_files_are_refused_within_a_second(make: Callable[[], bytes], code: str) -> None:
    content = make()
    started = time.process_time()
    assert refusal(content) == code
    assert time.process_time() - started < 1.0


def test_an_honest_workbook_passes() -> None:
    assert refusal(HONEST) is None


def test_a_small_part_that_packs_well_is_no_bomb() -> None:
    assert refusal(with_part(HONEST, "xl/theme/theme1.xml", b"<a>" + b" " * 500_000 + b"</a>")) is None


def test_a_link_to_a_web_page_is_no_link_to_another_workbook() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"'
        ' Target="mailto:hoa@vidu.vn" TargetMode="External"/></Relationships>'
    )
    assert refusal(with_part(HONEST, "xl/worksheets/_rels/sheet1.xml.rels", relations)) is None


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.xlsx", "empty"),
        (HONEST, "a.xlsm", "macros"),
        (HONEST, "a.XLSB", "macros"),
        (HONEST, "a.pdf", "not_xlsx"),
        (HONEST, "a.xls", "not_xlsx"),
        (b"%PDF-1.7 ...", "a.xlsx", "not_xlsx"),
        ("Họ và tên\nHòa\n".encode(), "a.xlsx", "not_xlsx"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "a.xlsx", "old_or_locked"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "a.xls", "old_or_locked"),
        (b"PK\x03\x04" + b"x" * MAX_FILE_BYTES, "a.xlsx", "too_big"),
    ],
)
def test_name_size_and_first_bytes_are_looked_at_first(content: bytes, name: str, code: str) -> None:
    with pytest.raises(WorkbookRefused) as refused:
        check_outside(content, name)
    assert refused.value.code == code


@pytest.mark.parametrize("name", ["a.xlsx", "Danh sách.XLSX", ""])
def test_an_honest_name_passes(name: str) -> None:
    check_outside(HONEST, name)


def test_a_list_of_entries_longer_than_its_record_says_is_refused() -> None:
    content = bytearray(zipped({f"{number}": b"" for number in range(1_500)}))
    end = content.rindex(b"PK\x05\x06")
    content[end + 8 : end + 12] = (5).to_bytes(2, "little") * 2
    assert refusal(bytes(content)) == "too_heavy"


def test_sizes_are_counted_as_they_unpack() -> None:
    content = with_declared_size(zipped(parts_of(HONEST), compression=zipfile.ZIP_STORED), SHEET, 10)
    assert refusal(content) == "broken"
