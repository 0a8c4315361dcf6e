"""`registry backup` and `registry restore`: the whole registry in one file, and from it into an empty database."""

import argparse
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DatabaseError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from registry.app.reference import LOADED_TABLES, MIGRATED_TABLES
from registry.app.schema import (
    METADATA,
    current_revision,
    known_revisions,
    newest_revision,
    recreate_schema,
    upgrade_schema,
)
from registry.audit.queries import verify
from registry.backup.operations.placing import check_room, place_files, take_away
from registry.backup.operations.restoring import check_fits, erase_again, restore_rows
from registry.backup.operations.settling import is_waiting, leave_note, settle, take_note_away
from registry.backup.operations.taking import Taking, announce_backup, check_target, take_backup
from registry.backup.queries.opening import OpenedBackup, hash_of, opened_backup
from registry.backup.queries.tables import NotCovered, tables_with_rows
from registry.backup.rules.manifest import Manifest
from registry.backup.rules.refusals import BackupRefused, Why
from registry.cli.backup_words import WORDS
from registry.cli.context import CommandRefused, open_from_environment, print_json, say
from registry.config import SHORTEST_KEY, Settings, load_settings
from registry.db import Database
from registry.jobs.spread import prepare
from registry.privacy.operations.erasing import KeptByLaw
from registry.privacy.operations.replaying import FILE_NAME, Erased, erased_people, keep_outside, read_list
from registry.privacy.operations.scrubbing import scrub
from registry.web.clock import now


def add_parser(commands: Any) -> None:
    """Add `backup` and `restore`."""
    taking = commands.add_parser("backup", help="ghi toàn bộ sổ đăng ký vào một tệp, trong khi vẫn làm việc")
    taking.add_argument("file", type=Path, metavar="FILE")
    taking.add_argument("--overwrite", action="store_true", help="thay tệp đã có")
    taking.set_defaults(run=backup)
    restoring = commands.add_parser("restore", help="khôi phục một bản sao lưu vào cơ sở dữ liệu trống")
    restoring.add_argument("file", type=Path, metavar="FILE")
    restoring.add_argument(
        "--erased",
        type=Path,
        metavar="LIST",
        help=f"danh sách hồ sơ đã xóa, để xóa lại (mặc định: {FILE_NAME} trong thư mục dữ liệu nếu có)",
    )
    restoring.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi gì")
    restoring.set_defaults(run=restore)
    for command in (taking, restoring):
        command.add_argument("--key-file", type=Path, metavar="PATH", help="tệp chứa khóa của bản sao lưu")
        command.add_argument("--json", action="store_true", help="in JSON")


def backup(arguments: argparse.Namespace) -> int:
    """Write the backup and print what is in it."""
    settings, path = load_settings(), Path(arguments.file)
    key = _key(arguments, settings)
    with _refusing(), _database() as database:
        _must_be_upgraded(database)
        check_target(path, overwrite=arguments.overwrite)
        with database.writing() as session:
            name = announce_backup(session, at=now())
            session.commit()
        keys = (settings.secret_key, *settings.field_keys, key)
        taking = Taking(METADATA, newest_revision(), _product(), keys, name)
        manifest = take_backup(
            database, settings.data_dir, path, taking, key=key, at=now(), overwrite=arguments.overwrite
        )
    with path.open("rb") as stream:
        size, digest = hash_of(stream)
    told = {**_summary(manifest, is_encrypted=bool(key)), "bytes": size, "sha256": digest}
    if arguments.json:
        print_json(told)
        return 0
    say(f"Đã sao lưu {manifest.rows} dòng của {len(manifest.tables)} bảng và {len(manifest.files)} tệp.")
    say(f"SHA-256: {digest}")
    say("Không có khóa nào trong tệp: cất field_keys và khóa của bản sao lưu ở nơi khác.")
    if not key:
        say("Tệp không mã hóa. Để mã hóa: đặt REGISTRY_BACKUP_KEY hoặc thêm --key-file.")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Check the whole backup, fill the empty database, erase again whoever was erased since."""
    settings, path = load_settings(), Path(arguments.file)
    key, people = _key(arguments, settings), _erased_list(arguments.erased, settings.data_dir)
    if not path.is_file():
        raise CommandRefused(f"Không có tệp {path.name}.")
    with _refusing(), _database() as database, opened_backup(path, database.keyring, key) as opened:
        check_fits(opened, METADATA, known_revisions())
        held = _held(database)
        check_room(opened, settings.data_dir)
        opened.check()
        told = _summary(opened.manifest, is_encrypted=opened.is_encrypted)
        if not arguments.dry_run:
            _make_ready(database, opened.manifest.revision, is_loaded=bool(held - MIGRATED_TABLES))
            told |= _fill(database, opened, settings.data_dir, people or ())
    if arguments.json:
        print_json({**told, "dry_run": arguments.dry_run})
    else:
        _say_restored(told, is_listed=people is not None, is_dry_run=arguments.dry_run)
    return 0


def put_into_service(database: Database, folder: Path) -> None:
    """What a restored registry needs before it serves or works for the first time; nothing for any other."""
    if not is_waiting(folder):
        return
    with _refusing(), database.writing() as session:
        erase_again(session, _erased_list(None, folder) or (), at=now())
        settled = settle(session, folder, at=now())
        session.commit()
    if database.write_engine.dialect.name == "postgresql":
        prepare(database)  # no backup has the tables of the engine that wakes workers
    take_note_away(folder)
    say(
        "Sổ đăng ký vừa được khôi phục:"
        f" đã kết thúc {settled.sign_ins} phiên đăng nhập và {settled.tokens} khóa API,"
        f" giữ lại {settled.letters} thư chưa gửi (xem /he-thong/thu)."
    )


@contextmanager
def _refusing() -> Generator[None]:
    try:
        yield
    except BackupRefused as refused:
        raise CommandRefused(WORDS[refused.why].format(detail=refused.detail or "…")) from refused
    except NotCovered as unknown:
        raise CommandRefused(f"Bản sao lưu chưa biết ghi cột {unknown}.") from unknown
    except DatabaseError as broken:
        if isinstance(broken, (OperationalError, ProgrammingError)):
            raise  # told by `main`
        raise CommandRefused(
            "Cơ sở dữ liệu bị hỏng, không đọc được hết. Chưa ghi gì. Khôi phục bản sao lưu gần nhất vào nơi mới."
        ) from broken
    except OSError as fault:
        raise CommandRefused(
            f"Không đọc hoặc không ghi được tệp ({fault.strerror or type(fault).__name__}). Không để lại tệp dở dang."
        ) from fault
    except KeptByLaw:
        raise CommandRefused(
            "Một hồ sơ trong danh sách đã xóa được giữ theo luật trong bản sao lưu. Chưa ghi gì. Kiểm tra danh sách rồi chạy lại."
        ) from None


@contextmanager
def _database() -> Generator[Database]:
    database = open_from_environment()
    try:
        yield database
    finally:
        database.dispose()


def _product() -> str:
    """The version that runs; a checkout that was never installed has none."""
    try:
        return version("talent-registry")
    except PackageNotFoundError:
        return "?"


def _key(arguments: argparse.Namespace, settings: Settings) -> str:
    """The key of the backup, empty without one."""
    if arguments.key_file is None:
        return settings.backup_key
    try:
        key = str(Path(arguments.key_file).read_text("utf-8")).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandRefused(f"Không đọc được tệp khóa {arguments.key_file}.") from error
    if len(key) < SHORTEST_KEY:
        raise CommandRefused(f"Khóa của bản sao lưu cần ít nhất {SHORTEST_KEY} ký tự.")
    if key in (settings.secret_key, *settings.field_keys):
        raise CommandRefused("Khóa của bản sao lưu phải khác REGISTRY_SECRET_KEY và REGISTRY_FIELD_KEYS.")
    return key


def _erased_list(given: Path | None, folder: Path) -> Sequence[Erased] | None:
    """Who was erased, by the given list or the one in the data directory; None when there is no list."""
    path = given or folder / FILE_NAME
    if not path.is_file():
        if given is not None:
            raise CommandRefused(
                f"Không có tệp {path.name}: cần danh sách do «registry privacy erased» in ra."
            )
        return None
    try:
        return list(read_list(path))
    except ValueError:
        raise CommandRefused(f"Tệp {path.name} không phải danh sách hồ sơ đã xóa.") from None


def _must_be_upgraded(database: Database) -> None:
    if current_revision(database) != newest_revision():
        raise BackupRefused(Why.NOT_UPGRADED)


def _held(database: Database) -> set[str]:
    """The tables of an unused database that `upgrade` filled. Raises BackupRefused for a database in use."""
    with database.read_engine.connect() as connection:
        held = tables_with_rows(connection, METADATA)
    if others := held - LOADED_TABLES:
        raise BackupRefused(Why.NOT_EMPTY, ", ".join(sorted(others)[:5]))
    return held


def _make_ready(database: Database, revision: str, *, is_loaded: bool) -> None:
    """Leave empty tables of the backup's version: it brings its own reference data and its own log."""
    current = current_revision(database)
    if is_loaded or current not in (None, revision):
        recreate_schema(database, revision)
    elif current is None:
        upgrade_schema(database, revision)


def _fill(
    database: Database, opened: OpenedBackup, folder: Path, people: Sequence[Erased]
) -> dict[str, object]:
    """Rows and files of one backup, all or nothing, and the erasures since; what came of it.

    Those of an older version are brought up to this one before anybody is erased again. Whoever serves a registry that
    was left between the two finds the note, and the list beside the database.
    """
    at = now()
    with database.writing() as session:
        restore_rows(session, opened, MIGRATED_TABLES)
        is_newest = opened.manifest.revision == newest_revision()
        again = erase_again(session, people, at=at) if is_newest else 0
        keep_outside(folder, people)
        _keep(session, opened, folder, at)
    if not is_newest:
        upgrade_schema(database)
    with database.writing() as session:
        if not is_newest:
            again = erase_again(session, people, at=at)
            session.commit()
        verdict = verify(session)
        keep_outside(folder, erased_people(session))
    if again:
        scrub(database, is_whole=True)
    return {
        "listed": len(people),
        "erased": again,
        "audit": {"ok": verdict.broken is None, "events": verdict.events, "streams": verdict.streams},
    }


def _keep(session: Session, opened: OpenedBackup, folder: Path, at: datetime) -> None:
    """Place the files and commit, or neither."""
    placed = place_files(opened, folder)
    try:
        leave_note(folder, opened.manifest, at=at)
        session.commit()
    except BaseException:
        take_note_away(folder)
        take_away(placed)
        raise


def _summary(manifest: Manifest, *, is_encrypted: bool) -> dict[str, Any]:
    return {
        "backup": manifest.backup,
        "taken_at": manifest.taken_at,
        "product": manifest.product,
        "revision": manifest.revision,
        "encrypted": is_encrypted,
        "tables": len(manifest.tables),
        "rows": manifest.rows,
        "files": len(manifest.files),
    }


def _say_restored(told: dict[str, Any], *, is_listed: bool, is_dry_run: bool) -> None:
    if is_dry_run:
        say(f"Bản sao lưu lúc {told['taken_at']} nguyên vẹn và khôi phục được vào đây. Chưa ghi gì.")
        return
    say(
        f"Đã khôi phục {told['rows']} dòng của {told['tables']} bảng và {told['files']} tệp, như lúc {told['taken_at']}."
    )
    audit = told["audit"]
    state = "nguyên vẹn" if audit["ok"] else "đã bị sửa từ trước khi sao lưu (registry audit verify)"
    say(f"Nhật ký {audit['events']} sự kiện: {state}.")
    if is_listed:
        say(f"Đã xóa lại {told['erased']} trong {told['listed']} hồ sơ của danh sách đã xóa.")
    else:
        say(
            "Chưa có danh sách hồ sơ đã xóa sau lúc sao lưu. Nếu còn danh sách đã cất, chạy trước khi mở máy chủ:"
            " registry privacy replay DANH_SÁCH"
        )
    say("Khi máy chủ hoặc việc nền chạy lần đầu: mọi phiên đăng nhập kết thúc, thư chưa gửi được giữ lại.")
