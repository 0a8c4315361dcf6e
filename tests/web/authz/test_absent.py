"""Whoever paused or took back the consent to matching stands in no list, at the next request, on every worker.

Every page of the matrix is asked for one person who stands wherever people are listed. A new page that shows people
fails here until it is named: as a list, which has to be empty of them, or with the reason why not.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from registry.app.factory import create_app
from registry.db import Database
from registry.formats import date as shown_day
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.operations import rebuild, record_snapshot
from registry.web.clock import today
from tests.conftest import settings_in
from tests.factories.authz.expected import read_matrix
from tests.factories.authz.standing import Page, Worker, own, pages, plant
from tests.factories.authz.world import build_world
from tests.factories.databases import own_database

MATRIX = read_matrix()
_SOME = "nguoi={person.own}&nguoi={person.other}&nguoi={person.below}&nguoi={person.gone}"
LISTS = {
    "/mang-luoi/hoi/<ma>",
    "/mang-luoi/hoi/<ma>/hoi-vien/<dong>/ket-thuc",
    "/mang-luoi/nguoi-xa-que",
    "/mang-luoi/nguoi-xa-que/<ma>",
    "/cung-cau/dich-chuyen/nam/2026",
    "/ung-vien",
    "/ung-vien?tim=Hong",
    "/ung-vien?tim=Nong&dang=bang",
    f"/ung-vien/so-sanh?{_SOME}",
    f"/danh-sach/them?{_SOME}",
    "/danh-sach/<ma>",
    f"/lua-chon/tao?{_SOME}",
    "/lua-chon/<ma>",
    "/xuat/tep/<ma>/tai",
    "/nhu-cau/<ma>/xep-hang",
    "/nhu-cau/<ma>/xep-hang/<nguoi>",
    "/nhu-cau/<ma>/xep-hang/ban-luu/<ban>",
    "/nhu-cau/<ma>/danh-sach",
    "/nhu-cau/<ma>/gioi-thieu",
    "/nhu-cau/<ma>/gioi-thieu/<nguoi>",
    "/xac-minh",
    "/ung-vien/trung",
    "/ung-vien/trung?muc=da-gop",
    "/nhap-excel/<ma>",
    "/ky-nang/cho-duyet/<ma>",
    "/ky-nang/<ma>/ngung-dung",
    "/ky-nang/<ma>/gop/<vao>",
    "/chien-dich/<ma>/nguoi",
    "/chien-dich/<ma>/nguoi/<nguoi>",
    "/de-xuat/<ma>",
    "/de-xuat/<ma>/in",
    "/nhu-cau/<ma>/de-xuat",
    "/nhu-cau/<ma>/de-xuat/<nguoi>",
    "/nhu-cau/<ma>/tien-cu/<nguoi>",
    "/nhu-cau/<ma>/ung-tuyen",
    "/ung-tuyen",
    "/ung-tuyen/<ma>",
    "/ung-tuyen/<ma>/phan-bien",
}
_DECIDED = "what was decided and paid stands and must be accounted for, whatever its person may be asked for"
_ATTENDED = (
    "who took part in a class stands in its list: that it was held, and for whom, is the office's to keep"
)
KEPT = {
    "/yeu-cau-quyen": "the law sets the office a day to answer whoever asked, paused or not",
    "/yeu-cau-quyen/<ma>": "the one request",
    "/yeu-cau-quyen/<ma>/tra-loi": "the one request",
    "/xac-minh/<ma>": "the one paper, as a part of the record",
    "/ung-vien/trung/<ma>": "the one pair, known by its address: no list leads there",
    "/ung-vien/trung/da-gop/<ma>": "the one merge, reached from the record",
    "/cam-ket": _DECIDED,
    "/ho-tro": _DECIDED,
    "/ho-tro?trang-thai=active&nam=2026&dia-ban=VN/12/": _DECIDED,
    "/ho-tro/<ma>": _DECIDED,
    "/ho-tro/<ma>/chi/<phan>": _DECIDED,
    "/ho-tro/<ma>/viec/tam-dung": _DECIDED,
    "/ho-tro/quyet-dinh/<ma>": _DECIDED,
    "/ho-tro/quyet-dinh/<ma>/duyet": _DECIDED,
    "/ho-tro/quyet-dinh/<ma>/rut": _DECIDED,
    "/ho-tro/quyet-dinh/<ma>/tu-choi": _DECIDED,
    "/dao-tao/lop/<ma>": _ATTENDED,
    "/dao-tao/lop/<ma>/hoc-vien/<hv>": _ATTENDED,
}
RECORD = "/ung-vien/<ma>"
"""The record by its address, and its sections: the office keeps it right."""


def is_record(page: Page) -> bool:
    """Whether the address names the one record."""
    return page.line.startswith(RECORD)


@pytest.fixture
def workers(
    database: Database, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Worker, Worker]]:
    """Two processes' apps over one committed database with an index of the day."""
    with own_database(database, request, tmp_path, "absent") as (_url, made):
        each = [replace(made, folder=tmp_path, memory={}) for _ in range(2)]
        apps = [create_app(settings_in(tmp_path), one) for one in each]
        with made.writing() as session:
            world = build_world(apps[0], session)
            plant(session, world)
            person = own(session)
            session.expunge(person)

        def keep(snapshot: Snapshot) -> None:
            with made.writing() as session:
                record_snapshot(session, snapshot, at=datetime.now(UTC))
                session.commit()

        rebuild(each[0], today(), keep)
        writer, reader = (Worker(app, one, world, person) for app, one in zip(apps, each, strict=True))
        yield writer, reader


@pytest.mark.slow
def test_who_paused_or_withdrew_stands_in_no_list_on_any_worker(
    workers: tuple[Worker, Worker], database: Database
) -> None:
    writer, reader = workers
    if database.write_engine.dialect.name == "sqlite":  # which pages there are does not depend on it
        asked = [page for page in pages(MATRIX, most=1) if not is_record(page)]
        found = {page.line for page in asked if reader.shows(page)}
        assert found == LISTS | KEPT.keys()
    lists = [page for page in pages(MATRIX, most=2) if page.line in LISTS]
    before = {page for page in lists if reader.shows(page)}
    assert {page.line for page in before} == LISTS
    until = today() + timedelta(days=30)
    _says(writer, "paused", [str(until.day), str(until.month), str(until.year)])
    assert [page.line for page in before if reader.shows(page)] == []
    assert f"Đang tạm dừng đến hết {shown_day(until)}" in _record(reader)
    _says(writer, "available", ["", "", ""])
    first = [page for page in pages(MATRIX, most=1) if page in before]
    assert {page.line for page in first if reader.shows(page)} == LISTS
    assert "Không có trong danh sách nào" not in _record(reader)
    writer.send("dong-y/matching/rut", channel="paper", reason="")
    assert [page.line for page in first if reader.shows(page)] == []
    assert "Đã rút đồng ý được tìm để ghép nối" in _record(reader)


def _says(worker: Worker, state: str, until: list[str]) -> None:
    """The officer writes down what the person said on the telephone."""
    page = worker.read(f"/ung-vien/{worker.person.public_id}/nguyen-vong", "offA")
    version = page.split('name="version" type="hidden" value="')[1].split('"')[0]
    worker.send("nguyen-vong", state=state, paused_until=until, version=version)


def _record(worker: Worker) -> str:
    return worker.read(f"/ung-vien/{worker.person.public_id}", "offA")
