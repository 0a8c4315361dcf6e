"""What people and offices have to do with each other and with their data: introductions, doubles, incidents, retention.

Moments are of now: a question is open for some days only, whenever the tests run.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, LinkedIdentity
from registry.accounts.operations import LetterPaper
from registry.accounts.rules.links import link_hash
from registry.db import new_public_id
from registry.db.keys import keyring_of
from registry.duplicates.operations import Acting, Choices, merge_people
from registry.exchange.operations.cvs import receive_cv
from registry.incidents.operations import add_by_hand
from registry.introductions.models import Conversation, Interest, Message, RevealRequest
from registry.introductions.queries.sealed import sealing_place
from registry.introductions.rules import RevealState, Side
from registry.needs.models import Need
from registry.people.models import Affinity, DuplicateMerge, DuplicatePair, Person
from registry.people.operations import add_entry
from registry.people.queries.writing import stop_mark
from registry.people.rules import AffinityDraft, AffinityKind
from registry.people.rules.letters import LetterTopic
from registry.privacy.models import RetentionNotice
from registry.privacy.operations.confirming import Checked, confirm_row
from registry.privacy.operations.for_need import note_given_for
from registry.privacy.rules.limits import limits
from registry.privacy.rules.retention import NoticeReach
from tests.factories import people as make
from tests.factories.authz.actors import A, B
from tests.factories.incidents import incident

Objects = dict[str, dict[str, dict[str, str]]]
_PAPER = LetterPaper(
    "vi",
    "Sở Nội vụ",
    {"home": "/", "sign_in": "/", "register": "/", "forgot": "/"},
    lambda _purpose, _token: "/",
)
_CV = b"%PDF-1.4\n%%EOF\n"
KEEP_WORD = "giu-lai-ho-so-cua-toi"
"""The secret of a letter that asks whether a record is to stay."""


def _code(one: Any) -> dict[str, str]:
    return {"ma": str(one.public_id)}


def make_introductions(
    session: Session, accounts: dict[str, Account], people: dict[str, Person], needs: dict[str, Need]
) -> Objects:
    """Somebody interested, asked for their name and written to in each place; «shy» let the need of A know the name.

    The person of B also wrote to the need of A and is interested in it: nobody of A may see them.
    """
    found: Objects = {"met": {}, "reveal": {}, "talk": {}}
    by = {"own": accounts["offA"], "below": accounts["offU"], "other": accounts["offB"]}
    for where, need in needs.items():
        person, officer = people[where], by[where].id
        found["met"][where] = {**_code(need), "nguoi": person.public_id}
        found["reveal"][where] = _code(_reveal(session, person, need, by=officer, is_granted=False))
        found["talk"][where] = _code(_talk(session, person, need, words=f"Lời riêng của {where}"))
        _interest(session, person, need)
    found["met"]["mixed"] = {**_code(needs["own"]), "nguoi": people["other"].public_id}
    across = _talk(session, people["other"], needs["own"], words="Lời riêng từ tỉnh khác")
    found["talk"]["across"] = _code(across)
    for who, whose in (("mate", "own"), ("twin", "other"), ("twin", "own")):
        _interest(session, people[who], needs[whose])
    _reveal(session, people["shy"], needs["own"], by=accounts["offA"].id, is_granted=True)
    _interest(session, people["shy"], needs["own"])
    session.flush()
    return found


def _interest(session: Session, person: Person, need: Need) -> None:
    session.add(Interest(person=person, need=need, given_at=datetime.now(UTC)))


def _reveal(session: Session, person: Person, need: Need, *, by: int, is_granted: bool) -> RevealRequest:
    """As if asked while the person was anonymous: some agreed to be named since."""
    at = datetime.now(UTC)
    one = RevealRequest(
        public_id=new_public_id(), person=person, need=need, asked_by_id=by, asked_at=at,
        due_on=at.date() + timedelta(days=5), limits_version="1",
        state=RevealState.GRANTED if is_granted else RevealState.ASKED, granted_at=at if is_granted else None,
    )  # fmt: skip
    one.reason_sealed = keyring_of(session).seal("Mời phỏng vấn", sealing_place(one))
    session.add(one)
    session.flush()
    return one


def _talk(session: Session, person: Person, need: Need, *, words: str) -> Conversation:
    at = datetime.now(UTC)
    talk = Conversation(person=person, need=need, begun_by=Side.PERSON, begun_at=at)
    one = Message(public_id=new_public_id(), conversation=talk, side=Side.PERSON, sent_at=at)
    one.words_sealed = keyring_of(session).seal(words, sealing_place(one))
    session.add_all([talk, one])
    session.flush()
    return talk


def make_doubles(session: Session, accounts: dict[str, Account], people: dict[str, Person]) -> Objects:
    """Pairs that wait in A, across A and its commune, in B, across both provinces, with somebody anonymous; two merges."""
    between = {
        "own": ("own", "mate"),
        "below": ("own", "below"),
        "other": ("other", "twin"),
        "mixed": ("own", "other"),
        "hide": ("own", "hide"),
    }
    found: Objects = {"pair": {}, "merged": {}}
    for where, (one, other) in between.items():
        found["pair"][where] = _code(_pair(session, people[one], people[other]))
    for where, (survivor, path, officer) in {
        "own": ("mate", A, "offA"),
        "other": ("twin", B, "offB"),
    }.items():
        away = make.person(session, f"Đã gộp {where}", unit_path=path)
        session.flush()
        made = _merge(session, people[survivor], away, accounts[officer])
        found["merged"][where] = _code(made)
    return found


def _pair(session: Session, one: Person, other: Person) -> DuplicatePair:
    first, second = sorted((one.id, other.id))
    at = datetime.now(UTC)
    pair = DuplicatePair(first_id=first, second_id=second, reasons=1, strength=1, found_at=at, seen_at=at)
    session.add(pair)
    session.flush()
    return pair


def _merge(session: Session, survivor: Person, away: Person, officer: Account) -> DuplicateMerge:
    at = datetime.now(UTC)
    return merge_people(
        session,
        _pair(session, survivor, away),
        survivor,
        away,
        Choices(reason="cùng một người"),
        acting=Acting(officer.id, at, at.date()),
        paper=_PAPER,
    )


def make_ties(session: Session, people: dict[str, Person]) -> Objects:
    """A tie of everybody to a place; `mixed` is the row of somebody else under one's own person."""
    found: dict[str, dict[str, str]] = {}
    for where in ("own", "below", "other", "hide"):
        draft = AffinityDraft(AffinityKind.FAMILY, place_text="Mường Thèn")
        add_entry(session, people[where], draft, by=None, at=make.AT)
        row = session.scalars(select(Affinity).where(Affinity.person_id == people[where].id)).one()
        found[where] = {"ma": people[where].public_id, "dong": row.public_id, "muc": "gan-bo"}
    found["mixed"] = found["own"] | {"dong": found["other"]["dong"]}
    return {"tie": found}


def make_keeping(
    session: Session, accounts: dict[str, Account], people: dict[str, Person], needs: dict[str, Need]
) -> Objects:
    """Records given for one need, questions whether to stay, an incident with somebody in it, confirmed rows."""
    found: Objects = {"given": {}, "notice": {}}
    at = datetime.now(UTC)
    for where in ("own", "below", "other", "hide"):
        person, need = people[where], needs.get(where, needs["own"])
        row = note_given_for(session, person, need, on=at.date(), by=None, at=at)
        found["given"][where] = {"ma": person.public_id, "dong": row.public_id}
        found["notice"][where] = _code(_notice(session, person, where))
    found["given"]["mixed"] = found["given"]["own"] | {"dong": found["given"]["other"]["dong"]}
    happened = incident(session, discovered_at=at - timedelta(hours=1))
    add_by_hand(session, happened, people["shy"], reason="thử", by=accounts["sysN"].id, at=at)
    first, second, *_more = limits()
    checked = Checked("Công báo", date(2026, 11, 1))
    confirm_row(session, second.fingerprint, "Hạn", checked, by=accounts["sysN"].id, at=at)
    session.flush()
    return found | {
        "stop_mark": {"one": {"ma": stop_mark(session, people["own"].public_id, LetterTopic.CAMPAIGNS)}},
        "keep_link": {"one": {"ma": f"{KEEP_WORD}-own"}},
        "incident": {"one": _code(happened)},
        "hit": {"one": {**_code(happened), "code": people["shy"].code}},
        "limit": {"one": {"ma": first.fingerprint}},
        "confirmed": {"one": {"ma": second.fingerprint}},
    }


def _notice(session: Session, person: Person, where: str) -> RetentionNotice:
    at = datetime.now(UTC)
    one = RetentionNotice(
        person_id=person.id, rule="profile", rules_version="1", is_rule_confirmed=False,
        counted_from=at.date(), gone_on=at.date() + timedelta(days=30), noticed_at=at,
        reach=NoticeReach.LETTER, token_hash=link_hash(f"{KEEP_WORD}-{where}"),
    )  # fmt: skip
    session.add(one)
    session.flush()
    return one


def make_own_things(session: Session, accounts: dict[str, Account]) -> Objects:
    """A CV that two people are filling their profile from, and identities of a sign-in service of two officers."""
    found: Objects = {"cv": {}, "identity": {}}
    at = datetime.now(UTC)
    for where, (candidate, officer) in {"own": ("self", "offA"), "other": ("cand", "offB")}.items():
        cv = receive_cv(session, accounts[candidate].id, _CV, f"ly-lich-{where}.pdf", at=at)
        found["cv"][where] = _code(cv)
        linked = LinkedIdentity(
            account_id=accounts[officer].id, issuer="https://dang-nhap.vidu.vn", subject_digest=where, linked_at=at
        )  # fmt: skip
        session.add(linked)
        session.flush()
        found["identity"][where] = _code(linked)
    return found
