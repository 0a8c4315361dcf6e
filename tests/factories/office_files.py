"""Every workbook, CSV file and Word document that an installation with demonstration data hands out, asked for by its pages."""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from registry.accounts.rules import Role
from registry.app.factory import create_app
from registry.app.handlers import HANDLERS
from registry.campaigns.models import Campaign
from registry.cli import main
from registry.config import load_settings
from registry.db import Database
from registry.exchange.models import ImportBatch
from registry.exchange.views.blueprint import KIND_SLUGS
from registry.exports.rules.columns import COLUMNS
from registry.exports.rules.kinds import ExportList
from registry.indicators.views.tables import TABLES
from registry.jobs.worker import run_due_jobs
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.networks.models import Association
from registry.open_data.models import OpenRelease
from registry.papers.rules.kinds import CvSection
from registry.people.models import Experience, Person
from registry.programmes.models import Programme
from registry.training.models import Participation, TrainingSession
from tests.conftest import Client
from tests.factories.accounts import account, form_token, post, sign_in
from tests.factories.exchange import people_workbook

File = tuple[str, bytes]

_PURPOSE = {"purpose": "panel", "purpose_text": "Gửi hội đồng tuyển chọn họp ngày 02/12"}
_CV = {"sections": [one.value for one in CvSection], "language": "vi", "format": "docx"}
_WRONG = {"full_name": "", "birth": "31/02/1988", "email": "khong", "headline": "=1+1"}


class Product:
    """An installation at REGISTRY_DATA_DIR, asked by an officer of the whole country and by a person."""

    def __init__(self, people: int) -> None:
        with redirect_stdout(io.StringIO()):
            for line in (["upgrade"], ["demo", "--people", str(people), "--needs", "8", "--seed", "7"]):
                assert main(line) == 0
        self._app = create_app(load_settings())
        self._app.test_client_class = Client
        self._database: Database = self._app.extensions["registry.database"]

    def files(self) -> Iterator[File]:
        """Each file with its name."""
        with self._database.writing() as session:
            officer, person = self._browser(session, Role.OFFICER), self._browser(session, Role.CANDIDATE)
            planner = self._browser(session, Role.CAMPAIGN_ADMIN)
            need = session.scalars(
                select(Need.public_id).where(Need.state == NeedState.OPEN).order_by(Need.id)
            ).first()
            people = list(session.scalars(_busiest()))
            session.rollback()
            yield from self._lists(officer, str(need), people)
            yield from self._imports(officer, session)
            yield from self._programmes(planner, session)
            for name, more in (("cv", {}), ("cv-an-ten", {"hidden": "y"}), ("cv-en", {"language": "en"})):
                asked = {**_PURPOSE, **_CV, **more}
                yield f"{name}.docx", _right(post(officer, f"/ung-vien/{people[0]}/cv", asked)).data
            yield "cv-cua-toi.docx", _right(post(person, "/toi/cv", _CV)).data

    def _browser(self, session: Session, role: Role) -> Client:
        client: Any = self._app.test_client()
        client.session = session
        own = account(session, role, "")
        if role is Role.CANDIDATE:
            person = session.scalars(
                select(Person).where(Person.public_id.in_(list(session.scalars(_busiest())))).limit(1)
            ).one()
            person.account_id = own.id
        sign_in(client, own)
        return client

    def _lists(self, officer: Client, need: str, people: Sequence[str]) -> Iterator[File]:
        held = officer.session.scalars(_attended()).first()
        listed = _right(post(officer, "/danh-sach/them", {"nguoi": people, "ten": "Vòng một"}), 303)
        picked = _right(post(officer, "/lua-chon/tao", {"nguoi": people, "muc_dich": "Gửi hội đồng"}), 303)
        places = {
            ExportList.PEOPLE: "/xuat/ung-vien",
            ExportList.NEEDS: "/xuat/nhu-cau",
            ExportList.RANKING: f"/xuat/xep-hang/{need}",
            ExportList.SHORTLIST: f"/xuat{listed.headers['Location'].split('?')[0]}",
            ExportList.SELECTION: f"/xuat{picked.headers['Location']}",
            ExportList.CADRES: "/xuat/can-bo",
            ExportList.CANDIDACIES: "/xuat/ung-tuyen",
            ExportList.TRAINING: f"/xuat/lop-dao-tao/{held}",
        }
        yield from self._lists_of(officer, places)

    def _lists_of(self, viewer: Client, places: Mapping[ExportList, str]) -> Iterator[File]:
        """Each list in both forms, with every column there is."""
        for kind, place in places.items():
            for format in ("xlsx", "csv"):
                columns = [one.key for one in COLUMNS[kind]]
                asked = {**_PURPOSE, "columns": columns, "format": format, "filters": ""}
                made = _right(post(viewer, place, asked), 303).headers["Location"]
                yield f"{kind.value}.{format}", _right(viewer.get(f"{made}/tai")).data

    def _imports(self, officer: Client, session: Session) -> Iterator[File]:
        for slug in KIND_SLUGS:
            yield f"mau-{slug}.xlsx", _right(officer.get(f"/nhap-excel/mau/{slug}")).data
        sent = people_workbook([{"full_name": "Nguyễn Thị Hòa"}, _WRONG])
        file = FileStorage(io.BytesIO(sent), filename="danh-sach.xlsx")
        fields = {"office": "VN/12/|", "csrf_token": form_token(officer), "file": file}
        edge, body = encode_multipart(fields)
        kind = f"multipart/form-data; boundary={edge}"
        place = _right(officer.post("/nhap-excel?loai=ung-vien", data=body, content_type=kind), 303)
        batch = session.scalars(select(ImportBatch).order_by(ImportBatch.id.desc())).first()
        assert batch is not None
        address, mapping = (
            place.headers["Location"],
            {f"column_{at}": key for at, key in batch.mapping.items()},
        )
        session.rollback()
        _right(post(officer, f"/nhap-excel/{address.rsplit('/', 1)[-1]}/ghep-cot", mapping), 303)
        run_due_jobs(self._database, HANDLERS, clock=lambda: datetime.now(UTC))
        yield "dong-loi.xlsx", _right(officer.get(f"/nhap-excel/{address.rsplit('/', 1)[-1]}/tep-loi")).data

    def _programmes(self, planner: Client, session: Session) -> Iterator[File]:
        """Plans, campaigns and what became of them: workbooks, and the tables that leave as CSV alone."""
        programme = session.scalars(select(Programme.public_id).where(Programme.code == "LC")).one()
        campaign = session.scalars(select(Campaign.public_id).order_by(Campaign.id)).first()
        association = session.scalars(select(Association.public_id).order_by(Association.id)).first()
        session.rollback()
        grants = {ExportList.GRANTS: "/xuat/ho-tro", ExportList.COMMITMENTS: "/xuat/cam-ket"}
        yield from self._lists_of(planner, grants)
        half = "ky=2025-n1&pham-vi=VN/12/"
        places = {
            "chi-tieu.xlsx": f"/chi-tieu/bao-cao/xem.xlsx?{half}",
            "tinh-cu.xlsx": "/chi-tieu/bao-cao/xem.xlsx?ky=2021-2022&pham-vi=VN-63/83/",
            "chien-dich.xlsx": f"/chien-dich/{campaign}/bao-cao.xlsx",
            "nhiem-vu.xlsx": f"/chuong-trinh/{programme}/nhiem-vu.xlsx",
            "kien-nghi.xlsx": f"/chuong-trinh/{programme}/kien-nghi.xlsx",
            **{f"bang-{one}.csv": f"/chi-tieu/bang/{one}.csv?{half}" for one in TABLES},
            "dao-tao.csv": "/dao-tao/bao-cao.csv?tu=2025-01-01&den=2025-12-31",
            "dich-chuyen.csv": "/cung-cau/dich-chuyen/tai",
            "du-bao.csv": "/cung-cau/du-bao/tai",
            "thieu-hut.csv": "/cung-cau/thieu-hut/tai",
            "hoi-vien.csv": f"/mang-luoi/hoi/{association}/tai",
        }
        for name, place in places.items():
            yield name, _right(planner.get(place)).data
        for number, content in enumerate(session.scalars(select(OpenRelease.csv).order_by(OpenRelease.id))):
            yield f"cong-bo-{number + 1}.csv", content


def _busiest() -> Any:
    """The public ids of six people by name, those with most posts first."""
    return (
        select(Person.public_id)
        .join(Experience)
        .where(Person.agrees_to_be_named)
        .group_by(Person.id)
        .order_by(func.count(Experience.id).desc(), Person.id)
        .limit(6)
    )


def _attended() -> Any:
    """The public id of the class that most people on record took part in."""
    return (
        select(TrainingSession.public_id)
        .join(Participation, Participation.session_id == TrainingSession.id)
        .where(Participation.person_id.is_not(None))
        .group_by(TrainingSession.id)
        .order_by(func.count().desc(), TrainingSession.id)
        .limit(1)
    )


def _right(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, (
        f"{answer.request.path}: {answer.status_code}\n{answer.text[-3_000:]}"
    )
    return answer
