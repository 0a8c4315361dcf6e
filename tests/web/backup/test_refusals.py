"""What cannot be backed up or restored is refused in words, and nothing of it is done."""

import json
import os
import random
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from errno import ENOSPC
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest

from registry.backup.operations.taking import seal_of
from registry.backup.queries.opening import opened_backup
from registry.backup.rules import sealed
from registry.backup.rules.manifest import MANIFEST, SEAL
from registry.backup.rules.refusals import BackupRefused, Why
from registry.db.keys import Keyring
from tests.conftest import FIELD_KEY
from tests.factories.filled import all_rows
from tests.web.backup.conftest import BACKUP_KEY, Place, Places

KEYRING = Keyring([FIELD_KEY])


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are slow to make on purpose: here each is made once."""
    monkeypatch.setattr(sealed, "_keys", cache(sealed._keys))  # pyright: ignore[reportPrivateUsage]


def refused(place: Place, words: str, *arguments: str | Path, **keys: str) -> None:
    """The command ends with 1 and these words; the installation stays as it was."""
    rows, files = all_rows(place.file), sorted(place.folder.rglob("*"))
    code, told = place.run(*arguments, **keys)
    assert code == 1
    assert words in told
    assert told.count("\n") == 1, told
    assert (all_rows(place.file), sorted(place.folder.rglob("*"))) == (rows, files)


def changed(path: Path, change: Callable[[dict[str, object]], object]) -> Path:
    """The same backup with another manifest, proved anew by whoever has the keys."""
    target = path.with_name("changed.backup")
    with ZipFile(path) as archive, ZipFile(target, "w") as written:
        manifest = json.loads(archive.read(MANIFEST))
        change(manifest)
        content = json.dumps(manifest).encode()
        for name in archive.namelist():
            others = {MANIFEST: content, SEAL: seal_of(content, KEYRING)}
            written.writestr(name, others.get(name) or archive.read(name))
    return target


def test_a_database_in_use_is_not_overwritten(source: Place, backup: Path) -> None:
    refused(source, "Cơ sở dữ liệu đã có dữ liệu (account, ", "restore", backup)


def test_a_backup_of_another_version_is_refused(places: Places, backup: Path) -> None:
    target = places("target")
    newer = changed(backup, lambda told: told.update(format=2, product="9.0"))
    refused(target, "do phiên bản mới hơn ghi (9.0)", "restore", newer)
    newer = changed(backup, lambda told: told.update(revision="9999", product="9.0"))
    refused(target, "do phiên bản 9.0 (9999) ghi", "restore", newer)
    fewer = changed(backup, lambda told: told["tables"].pop())  # type: ignore[attr-defined]
    refused(target, "lược đồ mà phiên bản đang chạy không biết", "restore", fewer)


def test_a_backup_that_was_changed_on_purpose_is_refused(places: Places, backup: Path) -> None:
    target = places("target")
    elsewhere = changed(backup, lambda told: told["files"][0].update(path="../../x"))  # type: ignore[index]
    refused(target, "bị hỏng, bị sửa", "restore", elsewhere)
    with ZipFile(backup) as archive, ZipFile(backup.with_name("forged"), "w") as forged:
        for name in archive.namelist():
            forged.writestr(name, archive.read(name).replace(b'"product": "', b'"product": "x'))
    refused(target, "bị hỏng, bị sửa", "restore", backup.with_name("forged"))


def test_other_keys_are_told(places: Places, source: Place, tmp_path: Path) -> None:
    target, file = places("target"), tmp_path / "so.backup"
    assert source.run("backup", file, backup_key=BACKUP_KEY)[0] == 0
    refused(target, "đặt REGISTRY_BACKUP_KEY", "restore", file)
    refused(target, "Khóa của bản sao lưu không đúng", "restore", file, backup_key="c" * 40)
    refused(target, "thiếu 1 khóa trường", "restore", file, backup_key=BACKUP_KEY, keys="o" * 40)
    keys = tmp_path / "key"
    refused(target, "Không đọc được tệp khóa", "restore", file, "--key-file", keys)
    keys.write_text("ngắn")
    refused(target, "ít nhất 32 ký tự", "restore", file, "--key-file", keys)
    keys.write_text(FIELD_KEY)
    refused(target, "phải khác", "backup", tmp_path / "x", "--key-file", keys)
    keys.write_text(f"{BACKUP_KEY}\n")
    assert target.run("restore", file, "--key-file", keys, "--dry-run")[0] == 0
    assert not all_rows(target.file)["account"]
    assert target.run("restore", file, backup_key=BACKUP_KEY, keys=f"{'n' * 40},{FIELD_KEY}")[0] == 0


@pytest.mark.parametrize("key", ["", BACKUP_KEY])
def test_a_damaged_file_is_never_taken_for_a_backup(source: Place, tmp_path: Path, key: str) -> None:
    """Every bit of a sealed one counts. Of an open one, not those of a ZIP that say nothing, such as a date."""
    file, dice = tmp_path / "so.backup", random.Random(7)
    assert source.run("backup", file, backup_key=key)[0] == 0
    content, whole = file.read_bytes(), read_all(file, key)
    for _ in range(60):
        at = dice.randrange(len(content))
        file.write_bytes(content[:at] + bytes([content[at] ^ 1 << dice.randrange(8)]) + content[at + 1 :])
        found = read_all(file, key)
        assert found is None or (not key and found == whole), at
    for length in (*range(40), *dice.sample(range(len(content)), 20), len(content) - 1):
        file.write_bytes(content[:length])
        assert read_all(file, key) is None, length


def read_all(file: Path, key: str) -> object:
    """What a backup holds, None for one that is refused."""
    try:
        with opened_backup(file, KEYRING, key) as opened:
            opened.check()
            return replace(opened.manifest)
    except BackupRefused as refusal:
        told = refusal.why
    assert told in {Why.DAMAGED, Why.NOT_A_BACKUP, Why.WRONG_KEY, Why.NEWER_FORMAT}
    return None


def test_what_is_damaged_or_no_backup_at_all_is_told(places: Places, backup: Path) -> None:
    target, content = places("target"), bytearray(backup.read_bytes())
    refused(target, "Không có tệp khong-co.", "restore", backup.with_name("khong-co"))
    begin = content.index("số 1.bin".encode()) + 40  # of the compressed file
    content[begin] ^= 1
    backup.write_bytes(content)
    refused(target, "bị hỏng, bị sửa hoặc bị cắt cụt", "restore", backup)
    backup.write_bytes(content[: len(content) // 2])
    refused(target, "bị hỏng, bị sửa hoặc bị cắt cụt", "restore", backup)
    backup.write_text("Danh sách")
    refused(target, "không phải bản sao lưu", "restore", backup)
    with ZipFile(backup, "w") as other:
        other.writestr("x", "x")
    refused(target, "không phải bản sao lưu", "restore", backup)


def test_a_file_in_the_way_is_not_overwritten(places: Places, backup: Path) -> None:
    target = places("target")
    other = target.folder / "tep" / "Giấy tờ" / "số 1.bin"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"khac")
    refused(target, "đã có tệp khác tại tep/Giấy tờ/số 1.bin", "restore", backup)
    assert other.read_bytes() == b"khac"


def test_where_a_backup_cannot_be_written_none_is(source: Place, backup: Path, tmp_path: Path) -> None:
    content = backup.read_bytes()
    refused(source, "Đã có tệp này", "backup", backup)
    assert backup.read_bytes() == content
    assert source.run("backup", backup, "--overwrite")[0] == 0
    assert backup.read_bytes() != content
    refused(source, "Không có thư mục", "backup", tmp_path / "khong-co" / "x")
    with closing(sqlite3.connect(source.file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()
    refused(source, "registry upgrade", "backup", tmp_path / "x")


def test_a_full_disk_and_a_broken_database_are_told(source: Place, tmp_path: Path) -> None:
    with source.patch.context() as patch:
        patch.setattr("registry.backup.operations.taking.os.fsync", _full)
        code, told = source.run("backup", tmp_path / "x")
    assert (code, "No space left on device" in told, told.count("\n")) == (1, True, 1), told
    content = bytearray(source.file.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    source.file.write_bytes(content)
    code, told = source.run("backup", tmp_path / "x")
    assert (code, "bị hỏng" in told, told.count("\n")) == (1, True, 1), told
    assert [path.name for path in tmp_path.iterdir()] == ["source"]


def _full(_descriptor: int) -> None:
    raise OSError(ENOSPC, os.strerror(ENOSPC))


_DEATHS = (
    "registry.backup.operations.placing.os.fsync",
    "registry.cli.backup.leave_note",
    "registry.cli.backup.verify",
)


@pytest.mark.slow
def test_a_killed_restore_leaves_nothing_and_is_done_again(
    places: Places, source: Place, backup: Path
) -> None:
    """Killed for good, at any place: the database holds nothing or all, and the same command goes through."""
    target = places("target")
    empty = all_rows(target.file)
    for death in _DEATHS:
        assert all_rows(target.file) == empty, death
        _killed_at(target, death, "restore", backup)
    assert all_rows(target.file) == all_rows(source.file)
    assert (target.folder / "tep" / "Giấy tờ" / "số 1.bin").stat().st_size == 76_800


def test_a_killed_backup_leaves_no_file_of_its_name(source: Place, backup: Path, tmp_path: Path) -> None:
    content = backup.read_bytes()
    _killed_at(source, "registry.backup.operations.taking.kept_files", "backup", backup, "--overwrite")
    assert backup.read_bytes() == content
    assert source.run("backup", tmp_path / "x")[0] == 0


def _die(*_given: object, **_named: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _killed_at(place: Place, death: str, *arguments: str | Path) -> None:
    child = os.fork()
    if child == 0:
        place.patch.setattr(death, _die)
        place.run(*arguments)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
