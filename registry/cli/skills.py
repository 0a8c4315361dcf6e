"""`registry skills`: what texts mean, one answer a line (`resolve`), and other catalogues (`import-esco`, `import-onet`)."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from registry.cli import catalogues
from registry.cli.context import CommandRefused, reading, say
from registry.skills.queries import vocabulary
from registry.skills.resolver import Resolution, Vocabulary, resolve
from registry.skills.resolver.telling import as_json

_WORDS = {
    "exact": "đúng tên",
    "alias": "tên gọi khác",
    "abbreviation": "viết tắt",
    "folded": "thiếu dấu",
    "joined": "viết liền, rời",
    "stripped": "bỏ mức, chức danh",
    "expanded": "viết tắt một phần",
    "decoded": "gõ sót bộ gõ",
    "reordered": "đảo từ",
    "fuzzy": "gần giống",
    "initials": "chữ đầu",
    "contained": "có trong câu",
    "several": "nhiều nghĩa",
    "unknown": "không rõ",
    "empty": "trống",
    "too_long": "quá dài",
    "unreadable": "không đọc được",
}
_SHOWN_CHARACTERS = 40


def add_parser(commands: Any) -> None:
    """Add `skills` with `resolve` and the imports of other catalogues."""
    skills = commands.add_parser("skills", help="danh mục kỹ năng")
    verbs = skills.add_subparsers(dest="verb", required=True, metavar="VERB")
    parser = verbs.add_parser("resolve", help="mỗi dòng chữ là kỹ năng nào")
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help="tệp, hoặc - (đầu vào chuẩn)")
    parser.add_argument("--json", action="store_true", help="mỗi dòng một đối tượng JSON")
    parser.set_defaults(run=resolve_lines)
    catalogues.add_verbs(verbs)


def resolve_lines(arguments: argparse.Namespace) -> int:
    """Answer every line in its order. Bytes that are no UTF-8 make that one line unreadable, nothing more."""
    with reading() as session:
        words = vocabulary(session)
    if not words.concepts:
        raise CommandRefused("Danh mục kỹ năng còn trống. Hãy chạy `registry upgrade` trước.")
    write = _write_json if arguments.json else _write_row
    if arguments.file == "-":
        _answer(sys.stdin.buffer, words, write)
        return 0
    try:
        with Path(arguments.file).open("rb") as opened:
            _answer(opened, words, write)
    except OSError as error:
        raise CommandRefused(f"Không đọc được tệp {arguments.file}: {error.strerror}.") from error
    return 0


def _answer(source: BinaryIO, words: Vocabulary, write: Any) -> None:
    count = accepted = 0
    for line in _lines(source):
        answer = resolve(line, words)
        write(line, answer, words)
        count += 1
        accepted += answer.is_accepted
    say(f"{count} dòng, {accepted} dòng nhận được.")


def _lines(source: BinaryIO) -> Iterator[str]:
    """Lines end with a line feed only; U+FFFD stands for bytes that are not UTF-8."""
    for number, line in enumerate(source):
        text = line.decode("utf-8", errors="replace").removesuffix("\n").removesuffix("\r")
        yield text.removeprefix("\ufeff") if number == 0 else text


def _write_json(line: str, answer: Resolution, words: Vocabulary) -> None:
    json.dump(as_json(line, answer, words), sys.stdout, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.write("\n")


def _write_row(line: str, answer: Resolution, words: Vocabulary) -> None:
    shown = "".join(char if char.isprintable() else "�" for char in line[:_SHOWN_CHARACTERS])
    concept = None if answer.skill is None else words.concepts[answer.skill]
    name = "–" if concept is None else f"{concept.code} {concept.vi}"
    level = "" if answer.level is None else answer.level.text
    asks = " (cần xác nhận)" if answer.needs_confirmation else ""
    print(f"{shown:<{_SHOWN_CHARACTERS}}  {name:<40}  {level:<12}  {_WORDS[answer.how]}{asks}")
