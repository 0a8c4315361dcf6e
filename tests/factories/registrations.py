"""People who register themselves: signed in, and as far on their way as a test needs."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.people.models import Person
from registry.registrations.models import Registration
from tests.conftest import Client
from tests.factories.accounts import account, post, sign_in

CCCD = "001188456789"
ALL = ("registry", "matching", "policy_check", "campaigns", "statistics", "other_provinces")
ABOUT = {
    "full_name": "Nguyễn Minh Khuê",
    "birth": ["", "8", "1988"],
    "nationalities": "Việt Nam",
    "residence_country": "Việt Nam",
    "residence": "Lai Châu",
    "headline": "Kỹ sư dữ liệu y tế",
}
ABROAD = ABOUT | {"residence_country": "Nhật Bản", "residence": "Osaka", "right_to_stay": "work"}
WISHES = {"state": "available", "forms": ["remote", "advice"], "places": "Lai Châu"}


def candidate(client: Client, session: Session, email: str | None = None) -> Account:
    """A signed-in account of somebody who registers."""
    made = account(session, Role.CANDIDATE, "", email=email, name="Nguyễn Minh Khuê")
    sign_in(client, made)
    return made


def begin(client: Client, audience: str = "expert") -> None:
    """Say who one is."""
    assert post(client, "/dang-ky", {"audience": audience}).status_code == 303


def shown(client: Client) -> str:
    """The names of the notices on the page of consents."""
    page = client.get("/dang-ky/dong-y").get_data(as_text=True)
    found = re.search(r'name="shown"[^>]*value="([^"]+)"', page)
    assert found is not None, page
    return found[1]


def agree(
    client: Client, purposes: Sequence[str] = ("registry", "matching"), visibility: str = "named"
) -> Any:
    """Agree to purposes."""
    fields = {"purposes": list(purposes), "visibility": visibility, "shown": shown(client)}
    return post(client, "/dang-ky/dong-y", fields)


def save(client: Client, task: str, fields: Mapping[str, Any], **more: Any) -> Any:
    """Send the form of a task, opened as it is now."""
    page = client.get(f"/dang-ky/{task}").get_data(as_text=True)
    return post(client, f"/dang-ky/{task}", {**hidden(page), **fields, **more})


def hidden(page: str) -> dict[str, str]:
    """The version and the marks a form was opened with, and the name of a new entry."""
    found: dict[str, str] = {}
    for name in ("version", "opened_with", "row"):
        field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
        value = None if field is None else re.search(r'value="([^"]*)"', field[0])
        if value is not None:
            found[name] = value[1]
    return found


def fill(client: Client, audience: str = "expert", number: str = "") -> None:
    """Everything needed, and skills and wishes."""
    begin(client, audience)
    if audience == "cadre":
        assert post(client, "/dang-ky/dong-y", {"shown": shown(client)}).status_code == 303
        assert (
            save(client, "cong-tac", {"kind": "civil_servant", "office": "Phó trưởng phòng"}).status_code
            == 303
        )
    else:
        assert agree(client).status_code == 303
    about = ABROAD if audience in {"overseas", "foreign"} else ABOUT
    assert save(client, "ban-than", about).status_code == 303
    assert save(client, "lien-he", {"email": "khue@vidu.vn", "phone": "+81 90 1234 5678"}).status_code == 303
    if number:
        assert save(client, "giay-to", {"kind": "cccd", "number": number}).status_code == 303
    assert save(client, "ky-nang", {"count": "0", "more": "Kế toán"}, then="add").status_code == 303
    assert save(client, "nguyen-vong", WISHES).status_code == 303


def send(client: Client) -> Any:
    """Send the profile."""
    return post(client, "/dang-ky/kiem-tra")


def registration(session: Session, account: Account) -> Registration:
    """The registration of an account."""
    return session.scalars(select(Registration).where(Registration.account_id == account.id)).one()


def record_of(session: Session, account: Account) -> Person:
    """The record of an account."""
    return session.scalars(select(Person).where(Person.account_id == account.id)).one()
