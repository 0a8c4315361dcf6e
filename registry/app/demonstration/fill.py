"""Writes demonstration data through the rooms' own operations, so that it obeys every rule of real data."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations import create_account, grant_role, keep_secret
from registry.accounts.operations.passwords import PasswordHashing
from registry.accounts.rules import Role, Scope
from registry.accounts.rules.second_factor import secret_of
from registry.app.demonstration.areas import add_areas
from registry.app.demonstration.balance import add_balance
from registry.app.demonstration.campaigns import add_campaign
from registry.app.demonstration.candidacies import add_candidacies
from registry.app.demonstration.drafts import need_drafts, people_drafts
from registry.app.demonstration.duplicates import add_duplicates
from registry.app.demonstration.examples import add_examples
from registry.app.demonstration.grants import add_grants
from registry.app.demonstration.indicators import add_indicators
from registry.app.demonstration.introductions import add_introductions
from registry.app.demonstration.needs import enter_need
from registry.app.demonstration.networks import add_networks
from registry.app.demonstration.offers import add_offer
from registry.app.demonstration.open_data import add_open_data
from registry.app.demonstration.people import Keeper, enter_person
from registry.app.demonstration.policies import add_policies
from registry.app.demonstration.programmes import Place, add_programmes
from registry.app.demonstration.rights import add_rights
from registry.app.demonstration.training import add_training
from registry.organisations.models import Organisation
from registry.organisations.operations import create_organisation
from registry.organisations.rules import OrganisationKind
from registry.people.models import Person
from registry.places.models import AdministrativeUnit
from registry.places.queries import unit_by_code
from registry.skills.models import Skill
from registry.web.installation import DEMONSTRATION, HOME_UNIT, TENANT_NAME, TENANT_SUBTITLE, fact, keep_fact

# Lai Châu is the demonstration's own province; the others keep people and needs too.
PROVINCES = ("12", "15", "01", "48", "56", "92", "31", "86", "25", "79")
_PASSWORD_FACT = "demonstration_password"  # noqa: S105 - the name of a fact, not a password
_EQUIPPED_FACT = "demonstration_second_factors"
_WORDS = ("sen", "lua", "tre", "che", "que", "man", "ban", "thong", "gao", "truc")

ANONYMOUS = "andanh@minhhoa.example"


class NotEmpty(Exception):
    """The database already holds data that is not for demonstration."""


@dataclass(frozen=True)
class DemonstrationAccount:
    """A sign-in that is printed; nobody real uses it."""

    email: str
    name: str
    role: Role
    province: str | None


ACCOUNTS = (
    DemonstrationAccount("canbo@minhhoa.example", "Lò Thị Hạnh", Role.OFFICER, "12"),
    DemonstrationAccount("canbo2@minhhoa.example", "Vàng A Páo", Role.OFFICER, "12"),
    DemonstrationAccount("quantri@minhhoa.example", "Trần Minh Quang", Role.CAMPAIGN_ADMIN, "12"),
    DemonstrationAccount("quantri2@minhhoa.example", "Nguyễn Thu Hà", Role.CAMPAIGN_ADMIN, "12"),
    DemonstrationAccount("hethong@minhhoa.example", "Phạm Đức Long", Role.SYSTEM_ADMIN, None),
    DemonstrationAccount("hethong2@minhhoa.example", "Đỗ Ngọc Mai", Role.SYSTEM_ADMIN, None),
    DemonstrationAccount("nguoicohoso@minhhoa.example", "Người có hồ sơ", Role.CANDIDATE, None),
    DemonstrationAccount("kiemtoan@minhhoa.example", "Hoàng Văn Tín", Role.AUDITOR, None),
    DemonstrationAccount("chuyengia@minhhoa.example", "Nguyễn Minh Khuê", Role.CANDIDATE, None),
    DemonstrationAccount("kieubao@minhhoa.example", "Trần Lan Anh", Role.CANDIDATE, None),
    DemonstrationAccount(ANONYMOUS, "Người ẩn danh", Role.CANDIDATE, None),
)


def is_demonstration(session: Session) -> bool:
    """Whether this database was filled with demonstration data."""
    return fact(session, DEMONSTRATION) is not None


def is_empty(session: Session) -> bool:
    """Whether nobody has an account and nobody is on record."""
    return not (
        session.scalar(select(func.count(Account.id))) or session.scalar(select(func.count(Person.id)))
    )


def demonstration_password(session: Session) -> str:
    """The password all demonstration accounts share; kept so that it can be printed again."""
    return fact(session, _PASSWORD_FACT) or ""


def fill(
    session: Session,
    hashing: PasswordHashing,
    *,
    people: int,
    needs: int,
    seed: int | None,
    now: datetime,
    today: date,
) -> None:
    """Fill an empty database. Raises NotEmpty; the caller commits.

    With a seed, everything that can be told apart later (ids, names, skills, the password) derives from it.
    """
    if not is_empty(session):
        raise NotEmpty
    rng = Random(seed if seed is not None else secrets.randbits(64))
    keep_fact(session, DEMONSTRATION, "" if seed is None else str(seed))
    keep_fact(session, TENANT_NAME, "Nhân lực Lai Châu")
    keep_fact(session, HOME_UNIT, "VN/12/")
    keep_fact(session, TENANT_SUBTITLE, "Cổng nhân tài và nhân lực chất lượng cao · Sở Nội vụ tỉnh Lai Châu")
    keep_fact(
        session, _PASSWORD_FACT, f"{rng.choice(_WORDS)}-{rng.choice(_WORDS)}-{rng.randrange(10**6):06d}"
    )
    accounts = _accounts(session, hashing, now, today)
    officer, own = accounts[Role.OFFICER], accounts[Role.CANDIDATE]
    equip(session, now)
    units = {code: _unit(session, code, today) for code in PROVINCES}
    keepers = {code: _keeper(session, unit, officer.id) for code, unit in units.items()}
    skills = {skill.code: skill for skill in session.scalars(select(Skill))}
    for draft in people_drafts(rng, people, provinces=PROVINCES, as_of=today):
        enter_person(session, draft, keepers, skills, by=officer.id, at=now, on=today)
    add_rights(session, own, officer, unit_path=f"VN/{PROVINCES[0]}/", now=now)
    add_duplicates(session, officer, unit_path=f"VN/{PROVINCES[0]}/", now=now)
    workplace = _workplaces(session, keepers, officer.id)
    for need in need_drafts(rng, needs, provinces=PROVINCES, as_of=today):
        enter_need(session, need, workplace(need.province, need.workplace), skills, by=officer.id, on=today)
    add_examples(session, own, accounts[Role.SYSTEM_ADMIN], unit_path=f"VN/{PROVINCES[0]}/", now=now)
    hidden = demonstration_accounts(session)[ANONYMOUS]
    add_introductions(session, own, hidden, officer, unit_path=f"VN/{PROVINCES[0]}/", now=now)
    add_candidacies(session, own, officer, unit_path=f"VN/{PROVINCES[0]}/", now=now)
    add_policies(session, now=now)
    head = accounts[Role.CAMPAIGN_ADMIN]
    add_areas(session, head.id, now=now)
    add_grants(session, own, officer, head, unit_path=f"VN/{PROVINCES[0]}/", now=now)
    add_offer(session, officer, unit_path=f"VN/{PROVINCES[0]}/", now=now)
    second = demonstration_accounts(session)["quantri2@minhhoa.example"]
    campaigner = accounts[Role.CAMPAIGN_ADMIN]
    add_campaign(session, campaigner, second, officer, unit_path=f"VN/{PROVINCES[0]}/", now=now, on=today)
    add_training(session, by=officer.id, seed=demonstration_password(session), now=now, on=today)
    places = {code: Place(one.unit, one.committee, one.department) for code, one in keepers.items()}
    add_programmes(session, places, officer, now=now, today=today)
    add_networks(session, officer.id, now=now, on=today)
    add_indicators(session, campaigner.id, now=now)
    add_balance(session, officer, campaigner, unit_path=f"VN/{PROVINCES[0]}/", now=now, on=today)
    add_open_data(session, officer, campaigner, unit_path=f"VN/{PROVINCES[0]}/", now=now, on=today)


def equip(session: Session, now: datetime) -> None:
    """Give the demonstration accounts their second factor, once: what somebody resets later stays reset.

    The secrets derive from the password, so that a seed decides them too and no other draw moves.
    """
    if fact(session, _EQUIPPED_FACT) is not None:
        return
    keep_fact(session, _EQUIPPED_FACT, "1")
    for account in demonstration_accounts(session).values():
        drawn = hashlib.sha256(f"{demonstration_password(session)}\0{account.email}".encode()).digest()
        keep_secret(session, account, secret_of(drawn), at=now)


def demonstration_accounts(session: Session) -> dict[str, Account]:
    """{address: account} of those that are printed."""
    emails = [one.email for one in ACCOUNTS]
    found = session.scalars(select(Account).where(Account.email.in_(emails)))
    return {account.email: account for account in found}


def _accounts(session: Session, hashing: PasswordHashing, now: datetime, today: date) -> dict[Role, Account]:
    """All demonstration accounts; the first of every role is returned. The officer signs for what is entered."""
    hashed = hashing.hash(demonstration_password(session))
    made: dict[Role, Account] = {}
    for one in ACCOUNTS:
        account = create_account(
            session, email=one.email, display_name=one.name, password_hash=hashed, by=None, at=now
        )
        scope = Scope(f"VN/{one.province}/" if one.province else "", "")
        grant_role(session, account, one.role, scope, by=None, starts_on=today, at=now)
        made.setdefault(one.role, account)
    return made


def _unit(session: Session, code: str, today: date) -> AdministrativeUnit:
    unit = unit_by_code(session, code, on=today)
    if unit is None:
        raise LookupError(f"province {code} is not in the reference data")
    return unit


def _keeper(session: Session, unit: AdministrativeUnit, by: int) -> Keeper:
    """The province's committee and its department that keeps the records."""
    committee = create_organisation(
        session, name=f"UBND {unit.full_name}", kind=OrganisationKind.COMMITTEE, parent=None, unit=unit, by=by
    )
    department = create_organisation(
        session,
        name=f"Sở Nội vụ {unit.full_name}",
        kind=OrganisationKind.DEPARTMENT,
        parent=committee,
        unit=unit,
        by=by,
    )
    return Keeper(unit, committee, department)


def _workplaces(session: Session, keepers: dict[str, Keeper], by: int) -> Callable[[str, str], Organisation]:
    """Organisations under a province's committee, made when first asked for."""
    known: dict[tuple[str, str], Organisation] = {}

    def workplace(province: str, name: str) -> Organisation:
        if (province, name) not in known:
            keeper = keepers[province]
            known[province, name] = create_organisation(
                session,
                name=name,
                kind=_kind_of(name),
                parent=keeper.committee,
                unit=keeper.unit,
                by=by,
            )
        return known[province, name]

    return workplace


def _kind_of(name: str) -> OrganisationKind:
    first = name.split()[0]
    if first in {"Công", "Nhà", "Ngân", "Khách", "Quỹ", "Cảng", "Hợp", "Nông", "Trang"}:
        return OrganisationKind.ENTERPRISE
    if first in {"Đại", "Trường", "Học"}:
        return OrganisationKind.UNIVERSITY
    return (
        OrganisationKind.DEPARTMENT
        if first in {"Sở", "UBND", "Ban", "Văn"}
        else OrganisationKind.PUBLIC_SERVICE_UNIT
    )
