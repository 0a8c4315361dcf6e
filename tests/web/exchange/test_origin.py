"""From a saved import to the list of just the records it made, within what the viewer may see."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.exchange.models import ImportBatch
from tests.conftest import Client
from tests.factories import accounts
from tests.factories import people as make
from tests.factories.exchange import needs_workbook, people_workbook
from tests.web.exchange.conftest import NEEDS, Upload, only_batch


def save(client: Client, session: Session, work: Any) -> ImportBatch:
    """Check and save the one batch there is."""
    path = f"/nhap-excel/{only_batch(session).public_id}"
    fields = {f"column_{index}": key for index, key in only_batch(session).mapping.items()}
    accounts.post(client, f"{path}/ghep-cot", fields)
    work()
    accounts.post(client, f"{path}/luu", {"mode": "valid_only"})
    work()
    return only_batch(session)


def test_people_of_an_import_are_listed_alone_with_a_mark_that_can_be_removed(
    signed_in: Client, session: Session, upload: Upload, work: Any
) -> None:
    make.person(session, "Lò Văn Chiến", unit_path="VN/12/")
    upload(people_workbook([{"full_name": "Nguyễn Thị Hòa"}]))
    batch = save(signed_in, session, work)
    address = f"/ung-vien?dot_nhap={batch.public_id}"
    assert f'href="{address}"' in signed_in.get(f"/nhap-excel/{batch.public_id}").text
    shown = signed_in.get(address).text
    assert "1 ứng viên" in shown
    assert "Nguyễn Thị Hòa" in shown
    assert "Lò Văn Chiến" not in shown
    assert "Từ đợt nhập danh-sach.xlsx" in shown
    assert f'name="dot_nhap" value="{batch.public_id}"' in shown
    assert "2 ứng viên" in signed_in.get("/ung-vien").text


def test_people_of_an_import_elsewhere_stay_unseen(
    client: Client, session: Session, upload: Upload, work: Any, signed_in: Client
) -> None:
    upload(people_workbook([{"full_name": "Nguyễn Thị Hòa"}]))
    batch = save(signed_in, session, work)
    accounts.sign_in(client, accounts.account(session, Role.OFFICER, unit_path="VN/01/"))
    shown = client.get(f"/ung-vien?dot_nhap={batch.public_id}").text
    assert "danh-sach.xlsx" not in shown
    assert "Nguyễn Thị Hòa" not in shown


def test_an_import_that_does_not_exist_narrows_nothing(signed_in: Client, session: Session) -> None:
    make.person(session, "Lò Văn Chiến", unit_path="VN/12/")
    for key in ("", "x", "0123456789abcdefghjkmnpqrs", "' OR 1=1"):
        shown = signed_in.get("/ung-vien", query_string={"dot_nhap": key}).text
        assert "1 ứng viên" in shown
        assert "Từ đợt nhập" not in shown
        assert "Từ đợt nhập" not in signed_in.get("/nhu-cau", query_string={"dot-nhap": key}).text


def test_needs_of_an_import_are_listed_alone(
    signed_in: Client, session: Session, upload: Upload, work: Any
) -> None:
    upload(needs_workbook([{"title": "Kỹ sư dữ liệu", "workplace": "Lai Châu"}]), path=NEEDS)
    batch = save(signed_in, session, work)
    address = f"/nhu-cau?dot-nhap={batch.public_id}"
    assert f'href="{address}"' in signed_in.get(f"/nhap-excel/{batch.public_id}").text
    shown = signed_in.get(address).text
    assert "1 nhu cầu" in shown
    assert "Từ đợt nhập danh-sach.xlsx" in shown
    assert f'name="dot-nhap" value="{batch.public_id}"' in shown
    assert session.scalars(select(ImportBatch)).one().created == 1
