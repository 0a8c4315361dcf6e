"""Two records as the page shows them: field by field with a choice, and what both keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from registry.duplicates.forms import FIRST, SECOND, words
from registry.duplicates.operations import FIELDS, Choices, Differences, differences_of
from registry.duplicates.queries import PairShown
from registry.people.forms import words as told
from registry.people.models import IdentityDocument, Person
from registry.people.operations.identity import masked
from registry.people.queries import contacts_in_clear, identities_in_clear, organisation_name, unit_words
from registry.people.rules import ContactKind, IdentityKind, shown_phone
from registry.places.queries import country_name
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


@dataclass(frozen=True)
class Row:
    """One line of the comparison. `pick` is the side that is chosen; "" when there is nothing to choose."""

    name: str
    label: Any
    first: str
    second: str
    pick: str = ""

    @property
    def differs(self) -> bool:
        """Whether there is a choice."""
        return bool(self.pick)


def default_survivor(shown: PairShown) -> str:
    """The record with an account, else the one that was entered first."""
    if shown.second.account_id is not None and shown.first.account_id is None:
        return SECOND
    return FIRST


def rows_of(session: Session, shown: PairShown, survivor: str) -> list[Row]:
    """Everything an officer compares, with what was chosen so far or goes without saying."""
    first, second = _values(session, shown.first, shown), _values(session, shown.second, shown)
    rows = [_row(name, words.FIELD[name], first[name], second[name], survivor) for name in FIELDS]
    disagreeing = differences_of(session, shown.first, shown.second)
    rows += [_document_row(session, shown, kind, survivor) for kind in disagreeing.documents]
    if disagreeing.has_two_accounts:
        rows.append(_row("account", _("Tài khoản giữ lại"), *_accounts(shown), survivor))
    return rows


def _row(name: str, label: Any, first: str, second: str, survivor: str) -> Row:
    if first == second:
        return Row(name, label, first, second)
    sent = request.form.get(f"pick-{name}", "")
    said = (FIRST if not second else SECOND) if not first or not second else survivor
    return Row(name, label, first, second, sent if sent in {FIRST, SECOND} else said)


def _accounts(shown: PairShown) -> tuple[str, str]:
    words = _("Tài khoản của %(code)s", code="%s")
    return words % shown.first.code, words % shown.second.code


def _document_row(session: Session, shown: PairShown, kind: IdentityKind, survivor: str) -> Row:
    return _row(
        f"so-{kind.value}",
        told.IDENTITY[kind],
        _number(session, shown.first, kind),
        _number(session, shown.second, kind),
        survivor,
    )


def _number(session: Session, person: Person, kind: IdentityKind) -> str:
    documents: Sequence[IdentityDocument] = [row for row in person.identities if row.kind is kind]
    clear = identities_in_clear(session, person)
    return masked(clear[documents[0].id]) if documents else ""


def _values(session: Session, person: Person, shown: PairShown) -> dict[str, str]:
    ids = {
        getattr(one, f"{place}_unit_id")
        for one in (shown.first, shown.second)
        for place in ("origin", "birthplace", "residence")
    }
    ids |= {shown.first.unit_id, shown.second.unit_id}
    places = unit_words(session, ids, locale=current_language())

    def place(name: str) -> str:
        unit = getattr(person, f"{name}_unit_id")
        return places.get(unit, "") or getattr(person, f"{name}_text")

    office = [organisation_name(session, person.organisation_id), places.get(person.unit_id or 0, "")]
    return {
        "full_name": person.full_name,
        "birth": "" if person.birth is None else person.birth.text,
        "sex": "" if person.sex is None else str(told.SEX[person.sex]),
        "headline": person.headline,
        "summary": person.summary,
        "stated_years": "" if person.stated_years is None else str(person.stated_years),
        "origin": place("origin"),
        "birthplace": place("birthplace"),
        "residence": place("residence") or _country(person.residence_country),
        "external_id": person.external_id or "",
        "office": ", ".join(one for one in office if one) or person.unit_path,
    }


def _country(code: str | None) -> str:
    return country_name(code, current_language()) if code else ""


def contacts_of(session: Session, person: Person) -> list[str]:
    """The contacts as one reads them."""
    clear = contacts_in_clear(session, person)
    return [
        shown_phone(clear[row.id]) if row.kind is ContactKind.PHONE else clear[row.id]
        for row in person.contacts
    ]


def chosen(rows: Sequence[Row], survivor: str, reason: str) -> Choices:
    """The choices that were sent, as the operation takes them."""
    other = [row.name for row in rows if row.differs and row.pick != survivor]
    return Choices(
        from_other=frozenset(name for name in other if name in FIELDS),
        documents_from_other=frozenset(kind for kind in IdentityKind if f"so-{kind.value}" in other),
        account_from_other="account" in other,
        reason=reason,
    )


def in_order(shown: PairShown, survivor: str) -> tuple[Person, Person]:
    """The record that stays, and the other."""
    return (shown.first, shown.second) if survivor == FIRST else (shown.second, shown.first)


def why_reason(found: Differences) -> str:
    """The sentence that asks for a reason."""
    if found.documents and found.has_two_accounts:
        return _("Ghi lý do: hai hồ sơ có số giấy tờ khác nhau và có hai tài khoản")
    if found.documents:
        return _("Ghi lý do: hai hồ sơ có số giấy tờ khác nhau")
    return _("Ghi lý do: mỗi hồ sơ có một tài khoản, một tài khoản sẽ không vào được nữa")
