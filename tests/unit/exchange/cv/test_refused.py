"""Files that are no CVs: refused with a reason, in the child process and by it; whoever asked lives on."""

import json
import sys

import pytest

from registry.exchange.readers import limited
from registry.exchange.readers.cv import child
from registry.exchange.readers.cv.found import MAX_FILE_BYTES, CvRefused
from registry.exchange.readers.cv.kinds import check_outside
from registry.exchange.readers.cv.opening import read_cv
from registry.exchange.readers.cv.reading import read_items
from registry.exchange.rules.cvs import CV_REFUSALS
from tests.factories import broken_cvs, cvs

# In the process of the test; the costly ones are tried by `scripts/check_cv_files.py`, each in a child of its own.
_CHEAP = {
    "a script that runs at once": "unsafe",
    "a program to start": "unsafe",
    "a million pages": "too_many_pages",
    "a reference to itself": "broken",
    "a page without text": "scan",
    "a password": "locked",
    "only a head": "broken",
    "macros": "macros",
    "a zip that leaves its folder": "unsafe",
    "another document in it": "kind_differs",
    "a document type in it": "unsafe",
    "entities that grow": "unsafe",
    "an entity from outside": "unsafe",
    "XML of something else": "nothing_found",
    "a hundred thousand brackets": "broken",
    "values of other types": "nothing_found",
    "NULs": "kind_differs",
}


@pytest.mark.parametrize("what", _CHEAP)
def test_a_broken_file_is_refused_with_its_reason(what: str) -> None:
    _what, name, content = broken_cvs.named(what)
    with pytest.raises(CvRefused) as refused:
        read_items(content, check_outside(content, name))
    assert refused.value.code == _CHEAP[what]
    assert refused.value.code in CV_REFUSALS


def test_damaged_files_are_read_or_refused() -> None:
    for what, name, content in broken_cvs.damaged(7, 16):
        answer = json.loads(child.answer_to(content, name.rpartition(".")[2]))
        assert "items" in answer or answer["refused"] in CV_REFUSALS, what


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "cv.pdf", "empty"),
        (b"%PDF-1.7", "cv.exe", "unknown_kind"),
        (b"%PDF-1.7", "cv", "unknown_kind"),
        (b"MZ", "cv.pdf", "kind_differs"),
        (b"%PDF-1.7", "cv.docx", "kind_differs"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "cv.docx", "locked"),
        (b"PK\x03\x04", "cv.docm", "macros"),
        (b"%PDF-" + b"x" * MAX_FILE_BYTES, "cv.pdf", "too_big"),
    ],
)
def test_name_size_and_first_bytes_are_looked_at_without_opening(
    content: bytes, name: str, code: str
) -> None:
    with pytest.raises(CvRefused) as refused:
        check_outside(content, name)
    assert refused.value.code == code


def test_the_child_reads_and_refuses() -> None:
    assert read_cv(cvs.word(), "cv.docx")
    _what, name, content = broken_cvs.named("a page without text")
    with pytest.raises(CvRefused) as refused:
        read_cv(content, name)
    assert refused.value.code == "scan"


def test_a_child_that_takes_too_much_or_breaks_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    for program, code in (
        ("raise SystemExit(3)", "broken"),
        ("print('no JSON')", "broken"),
        ("import os; os.abort()", "too_heavy"),
        ("import time; time.sleep(60)", "too_heavy"),
    ):
        monkeypatch.setattr(limited, "_PROGRAM", program)
        with pytest.raises(CvRefused) as refused:
            read_cv(cvs.pdf(), "cv.pdf", wall_seconds=0.5)
        assert refused.value.code == code


def test_the_child_may_not_reach_out() -> None:
    tried = (
        "import socket; socket.socket()",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('/tmp/cv-of-a-test', 'w')",
        "bytearray(800 * 1024 * 1024)",
    )
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from registry.exchange.readers.cv.child import limit_this_process as limit\n"
        "limit()\nfor tried in sys.argv[2:]:\n    try:\n        exec(tried)\n"
        "    except (PermissionError, MemoryError):\n        print('refused')\n"
    )
    command = [sys.executable, "-c", program, limited._PACKAGES, *tried]  # pyright: ignore[reportPrivateUsage]
    done = limited.subprocess.run(command, capture_output=True, check=False)
    assert done.stdout == b"refused\n" * len(tried), done.stderr
