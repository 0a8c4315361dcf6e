"""`registry import people|needs`: templates, dry runs and whole imports from the command line.

All or nothing unless `--valid-only`. Nobody is imported without a ground to keep their record (Luật 91/2025/QH15,
Điều 19: consent, or a duty that a law gives the office): the row says it, or `--basis` for all rows that do
not. There is no default, since a default would declare a self-registered expert to be an official on file.
A dry run goes on without it, to find everything else, and says what is missing. JSON names rows and columns; what the rows say stays out of it except for the
values in error, which the person who has the file already sees.
"""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.cli.context import CommandRefused, print_json, reading, say, writing
from registry.exchange.operations.inline import Outcome, import_in_one_go
from registry.exchange.operations.judging import judge_all
from registry.exchange.operations.kinds import Acting
from registry.exchange.operations.making import kind_maker
from registry.exchange.operations.sources import COLUMNS, Source, header_of, post_source, sheet_source
from registry.exchange.operations.templates import template_of
from registry.exchange.readers.archive import WorkbookRefused
from registry.exchange.readers.posts import PostsRefused
from registry.exchange.readers.workbook import read_workbook
from registry.exchange.rules.batches import CommitMode, ImportKind
from registry.exchange.rules.columns import missing_columns
from registry.exchange.rules.grounds import lacks_ground
from registry.exchange.rules.refusals import FILE_REFUSALS
from registry.organisations.rules import Office
from registry.people.rules import LegalBasis
from registry.places.queries import unit_by_code
from registry.web.clock import today

_SHOWN_WITHOUT_JSON = 20


def add_parser(commands: Any) -> None:
    """Add `import`."""
    parser = commands.add_parser("import", help="nhập ứng viên, nhu cầu, danh sách lớp từ bảng tính")
    nouns = parser.add_subparsers(dest="noun", required=True, metavar="NOUN")
    for kind, words in (
        (ImportKind.PEOPLE, "ứng viên (.xlsx)"),
        (ImportKind.NEEDS, "nhu cầu (.xlsx hoặc tin .json)"),
        (ImportKind.TRAINING, "danh sách lớp (.xlsx)"),
    ):
        one = nouns.add_parser(kind.value, help=words)
        one.add_argument("file", nargs="?", type=Path, metavar="FILE")
        one.add_argument("--template", type=Path, metavar="FILE", help="ghi tệp mẫu trống rồi thôi")
        one.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không lưu gì")
        one.add_argument("--valid-only", action="store_true", help="lưu các dòng không có lỗi")
        one.add_argument("--unit", metavar="CODE", default="", help="mã đơn vị hành chính giữ các bản ghi")
        if kind is ImportKind.PEOPLE:
            one.add_argument(
                "--basis",
                choices=[basis.value for basis in LegalBasis],
                help="cơ sở lưu hồ sơ của các dòng không ghi; không có mặc định",
            )
        one.add_argument("--json", action="store_true")
        one.set_defaults(run=run_import, kind=kind)


def run_import(arguments: argparse.Namespace) -> int:
    """Write a template, or check a file and import it. 1 when errors were found."""
    if arguments.template is not None:
        return _write_template(arguments)
    if arguments.file is None:
        say("Ghi tên tệp cần nhập, hoặc --template FILE để lấy tệp mẫu.")
        return 2
    content = _content(arguments.file)
    kind, source = _source(arguments.kind, content, arguments.file.name)
    _ask_for_ground(arguments, kind, source)
    outcome = _checked(arguments, kind, source) if arguments.dry_run else _imported(arguments, kind, source)
    _print_outcome(outcome, source, as_json=arguments.json)
    return 1 if outcome.summary.errors else 0


def _write_template(arguments: argparse.Namespace) -> int:
    arguments.template.write_bytes(template_of(arguments.kind))
    say(f"Đã ghi tệp mẫu: {arguments.template.name}")
    if arguments.json:
        print_json({"template": str(arguments.template)})
    return 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandRefused(f"Không mở được tệp {path.name}: {error.strerror}") from error


def _source(kind: ImportKind, content: bytes, name: str) -> tuple[ImportKind, Source]:
    try:
        if kind is ImportKind.NEEDS and name.lower().endswith(".json"):
            return ImportKind.POSTS, post_source(content)
        workbook = read_workbook(content, file_name=name)
    except (WorkbookRefused, PostsRefused) as refused:
        raise CommandRefused(FILE_REFUSALS[refused.code]) from refused
    header = header_of(workbook, kind)
    missing = missing_columns(header.mapping if header else {}, COLUMNS[kind])
    if header is None or missing:
        names = ", ".join(f"«{column.header}»" for column in missing) or "nào"
        raise CommandRefused(
            f"Không tìm thấy cột {names}. Dùng tệp mẫu: registry import {kind} --template FILE"
        )
    return kind, sheet_source(workbook, kind, header)


def _ask_for_ground(arguments: argparse.Namespace, kind: ImportKind, source: Source) -> None:
    """Refuse to keep people of whom nobody says why; with `--valid-only` each of them is an error of its row."""
    if kind is not ImportKind.PEOPLE or arguments.basis is not None or arguments.valid_only:
        return
    count = sum(lacks_ground(row.cells) for row in source.rows)
    if not count:
        return
    hint = (
        f"{count} dòng không ghi «Cơ sở lưu hồ sơ». Điền cột đó, hoặc thêm --basis law nếu tất cả là hồ sơ "
        "cán bộ, công chức, viên chức giữ theo luật."
    )
    if not arguments.dry_run:
        raise CommandRefused(hint)
    say(hint)


def _basis(arguments: argparse.Namespace, kind: ImportKind) -> LegalBasis | None:
    """The ground of rows that state none. Where nothing is kept, the lack of it hides no other error."""
    if kind is not ImportKind.PEOPLE:
        return None
    if arguments.basis is not None:
        return LegalBasis(arguments.basis)
    return LegalBasis.LAW if arguments.dry_run and not arguments.valid_only else None


def _office(session: Session, code: str) -> Office:
    if not code:
        return Office()
    unit = unit_by_code(session, code)
    if unit is None:
        raise CommandRefused(f"Không có đơn vị hành chính mang mã {code}.")
    return Office(unit.id, unit.path)


def _new_kind(
    session: Session, arguments: argparse.Namespace, kind: ImportKind, office: Office
) -> Callable[[], Any]:
    viewer = Viewer.installation()
    return kind_maker(session, kind, viewer, office, _basis(arguments, kind), today())


def _checked(arguments: argparse.Namespace, kind: ImportKind, source: Source) -> Outcome:
    with reading() as session:
        new_kind = _new_kind(session, arguments, kind, _office(session, arguments.unit))
        return Outcome(judge_all(session, new_kind(), source))


def _imported(arguments: argparse.Namespace, kind: ImportKind, source: Source) -> Outcome:
    with writing() as session:
        office = _office(session, arguments.unit)
        outcome = import_in_one_go(
            session,
            source,
            _new_kind(session, arguments, kind, office),
            kind=kind,
            mode=CommitMode.VALID_ONLY if arguments.valid_only else CommitMode.ALL,
            file_name=arguments.file.name[:200],
            office=office,
            acting=Acting(None, datetime.now(UTC), today()),
        )
        if outcome.batch is not None:
            session.commit()
        return outcome


def _print_outcome(outcome: Outcome, source: Source, *, as_json: bool) -> None:
    summary = outcome.summary
    errors = [
        {
            "sheet": source.sheet,
            "row": remark.row,
            "column": remark.column,
            "value": remark.finding.value,
            "message": remark.finding.message,
        }
        for remark in summary.errors
    ]
    if as_json:
        counts = {"rows": summary.rows, "valid": summary.valid, "warnings": summary.warnings}
        print_json({**counts, "errors": errors, "batch": outcome.batch.public_id if outcome.batch else None})
    else:
        for error in errors[:_SHOWN_WITHOUT_JSON]:
            say(f"Dòng {error['row']}, cột «{error['column']}»: {error['message']}")
        if len(errors) > _SHOWN_WITHOUT_JSON:
            say(f"… và {len(errors) - _SHOWN_WITHOUT_JSON} lỗi nữa; thêm --json để xem hết.")
    say(_sentence(outcome))


def _sentence(outcome: Outcome) -> str:
    summary, batch = outcome.summary, outcome.batch
    wrong = f"{len(summary.errors)} lỗi ở {summary.error_rows} dòng"
    counts = f"{summary.rows} dòng, {summary.valid} hợp lệ, {summary.warnings} cần xem lại, {wrong}."
    if batch is None:
        return f"{counts} Chưa lưu gì."
    return f"{counts} Đã tạo {batch.created}, bỏ qua {batch.skipped}."
