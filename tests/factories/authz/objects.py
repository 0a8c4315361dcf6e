"""Everything else that is asked for: needs with kept rankings, lists, imports, jobs, letters, words of the vocabulary."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountSession, Alert, Passkey, RecoveryCode
from registry.accounts.operations.second_factor import ALERT_CODE_USED
from registry.accounts.rules import Permission, Role, Scope, Viewer
from registry.exchange.models import ImportBatch, ImportFile
from registry.exchange.rules.batches import BatchState, ImportKind
from registry.exports.models import Export, ExportPerson
from registry.exports.rules.columns import COLUMNS
from registry.exports.rules.kinds import ExportFormat, ExportKind, ExportList, ExportPurpose
from registry.jobs.models import Job
from registry.matching.models import MatchRun, SavedSearch, Selection, SelectionPerson
from registry.matching.operations import run_match
from registry.matching.operations.keeping import add_to_shortlist, create_shortlist
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.people.models import Person
from registry.people.operations import register_person
from registry.registrations.models import Registration
from registry.registrations.rules import Audience, RegistrationState
from registry.skills.models import ExternalConcept, Skill
from registry.skills.operations import keep_pending
from registry.skills.operations.labels import NewLabel, add_label
from registry.skills.rules import ExternalScheme, ExternalState
from tests.factories import needs as make_needs
from tests.factories import organisations as make_organisations
from tests.factories import people as make_people
from tests.factories.accounts import account
from tests.factories.authz.actors import BELOW, A, B
from tests.factories.authz.people import SKILL
from tests.factories.letters import queued
from tests.factories.offers import sheet as offer_sheet
from tests.factories.people import AT, TODAY

Objects = dict[str, dict[str, dict[str, str]]]
"""{kind: {where: parts of an address}}."""
_PLACES = {"own": A, "below": BELOW, "other": B}
TITLES = {"own": "Kỹ sư địa chất mỏ A", "below": "Bác sĩ thú y xã A", "other": "Nhà thủy văn học B"}


def _code(one: Any) -> dict[str, str]:
    return {"ma": str(one.public_id)}


def make_needs_and_rankings(session: Session, people: dict[str, Person]) -> tuple[dict[str, Need], Objects]:
    """An open need in each place, one that waits for approval, and a kept ranking of each."""
    skills = [make_needs.skill(session, SKILL)]
    made = {
        where: make_needs.need(session, TITLES[where], state=NeedState.OPEN, skills=skills, unit_path=path)
        for where, path in _PLACES.items()
    }
    waiting = {
        where: make_needs.need(session, f"{TITLES[where]} chờ", state=NeedState.SUBMITTED, unit_path=path)
        for where, path in _PLACES.items()
    }
    # The ranking of A was made by somebody of the whole country: people of B are in it, and nobody of A may see them.
    widths = {"own": "", "below": BELOW, "other": B}
    runs = {where: _ranking(session, one, widths[where]) for where, one in made.items()}
    found: Objects = {
        "need": {where: _code(one) for where, one in made.items()},
        "waiting": {where: {**_code(one), "version": str(one.version)} for where, one in waiting.items()},
        "kept": {where: {**_code(made[where]), "ban": run.public_id} for where, run in runs.items()},
        "ranked": {where: {**_code(one), "nguoi": people[where].public_id} for where, one in made.items()},
    }
    found["kept"]["mixed"] = {**_code(made["own"]), "ban": runs["other"].public_id}
    found["ranked"]["mixed"] = {**_code(made["own"]), "nguoi": people["other"].public_id}
    return made, found


def _ranking(session: Session, need: Need, unit_path: str) -> MatchRun:
    """A ranking as whoever keeps this place sees it."""
    keeper = Viewer(None, frozenset(Permission), (Scope(unit_path),))
    return run_match(session, need, keeper, as_of=TODAY, at=AT, by=None)


def make_lists(
    session: Session, accounts: dict[str, Account], people: dict[str, Person], needs: dict[str, Need]
) -> Objects:
    """Lists, searches, selections, alerts and keys of the officers of A and of B.

    Each list, selection and export also holds somebody who was in sight when put there and no longer is, and each officer was
    told of a need that is now elsewhere.
    """
    found: Objects = {
        kind: {}
        for kind in ("shortlist", "for_need", "search", "selection", "export", "alert", "passkey", "offer")
    }
    for where, name in (("own", "offA"), ("other", "offB")):
        by, person, need = accounts[name].id, people[where], needs[where]
        elsewhere = "other" if where == "own" else "own"
        lost = [people[elsewhere], people["gone"]]
        for kind, about in (("shortlist", None), ("for_need", need)):
            one = create_shortlist(session, name=f"Danh sách {kind} {where}", need=about, by=by, at=AT)
            add_to_shortlist(session, one, [person, *lost], notes={}, by=by, at=AT)
            found[kind][where] = _code(one)
        found["offer"][where] = _code(offer_sheet(session, person, need, by=by, on=TODAY, at=AT))
        kept: dict[str, Any] = {
            "search": SavedSearch(owner_id=by, name=f"Bộ tìm {where}", address="q=", seen_at=AT),
            "selection": Selection(owner_id=by, purpose=f"Mục đích {where}", made_at=AT),
            "export": Export(
                owner_id=by, kind=ExportKind.PEOPLE, format=ExportFormat.CSV, purpose=ExportPurpose.PANEL,
                purpose_text=f"Mục đích {where}", columns=[one.key for one in COLUMNS[ExportList.PEOPLE]],
                made_at=AT, expires_at=datetime.now(UTC) + timedelta(days=1),
            ),
            "alert": _alert(by, need),
            "passkey": Passkey(
                account_id=by, credential_id=f"key{where}", public_key=b"k", sign_count=0, name=f"Khóa {where}", created_at=AT
            ),
        }  # fmt: skip
        session.add_all(kept.values())
        session.flush()
        session.add_all(
            SelectionPerson(selection_id=kept["selection"].id, person_id=one.id) for one in (person, *lost)
        )
        session.add_all(
            ExportPerson(export_id=kept["export"].id, person_id=one.id)
            for one in (person, people["hide"], *lost)
        )
        session.add(_alert(by, needs[elsewhere]))
        found |= {kind: {**found[kind], where: _code(one)} for kind, one in kept.items()}
    return found


def tell_of_sign_ins(session: Session, accounts: dict[str, Account]) -> None:
    """The officer of B was told of their own sign-in, and has recovery codes: nobody else has either."""
    by = accounts["offB"].id
    session.add(
        Alert(
            account_id=by, kind=ALERT_CODE_USED, subject_kind="account", subject_id=accounts["offB"].public_id,
            about_id="", detail={}, raised_at=AT,
        )
    )  # fmt: skip
    session.add_all(RecoveryCode(account_id=by, code_hash=f"{number:064}", made_at=AT) for number in (1, 2))
    session.flush()


def _alert(account_id: int, need: Need) -> Alert:
    return Alert(
        account_id=account_id, kind="ranking_changed", subject_kind="need", subject_id=need.public_id,
        about_id=need.public_id, detail={}, raised_at=AT,
    )  # fmt: skip


def make_work(session: Session, accounts: dict[str, Account]) -> Objects:
    """Imports of people and of needs with a job each, registrations that wait for an officer, a letter."""
    found: Objects = {kind: {} for kind in ("batch", "needs_batch", "job", "held")}
    owners = {"own": "offA", "below": "offU", "other": "offB"}
    for where, path in _PLACES.items():
        by = accounts[owners[where]].id
        for kind, what in (("batch", ImportKind.PEOPLE), ("needs_batch", ImportKind.NEEDS)):
            job = Job(kind="import_check", arguments={}, due_at=AT, created_by=by)
            session.add(job)
            session.flush()
            batch = ImportBatch(
                kind=what, state=BatchState.CHECKED, unit_path=path, file_name=f"tep-{kind}-{where}.xlsx",
                rows=1, valid=1, job_id=job.id, created_by=by,
            )  # fmt: skip
            session.add(batch)
            session.flush()
            session.add(ImportFile(batch_id=batch.id, role="upload", content_sealed=b"sealed"))
            found[kind][where] = _code(batch)
            if kind == "batch":
                found["job"][where] = _code(job)
        found["held"][where] = _code(_held(session, where, path))
    letter = queued(session, "ai-do@vidu.vn")
    session.flush()
    return found | {"letter": {"one": _code(letter)}}


def _held(session: Session, where: str, path: str) -> Registration:
    """A registration of an account of its own, and the record that waits until an officer of the place has decided."""
    owner = account(session, Role.CANDIDATE, "", name=f"Đăng ký {where}")
    code = f"HS-CHO-{where}"
    draft = make_people.draft(f"Người chờ của {where}", unit_path=path)
    waiting = register_person(session, draft, by=None, at=AT, on=TODAY, code=code, waits=True)
    waiting.account_id = owner.id
    one = Registration(
        account_id=owner.id, audience=Audience.EXPERT, state=RegistrationState.HELD, code=code,
        unit_path=path, submitted_at=AT,
    )  # fmt: skip
    session.add(one)
    session.flush()
    return one


def make_words(session: Session) -> Objects:
    """A concept, a change of it, a text that waits, a concept of another catalogue."""
    skill = session.scalars(select(Skill).where(Skill.code == SKILL)).one()
    into = session.scalars(select(Skill).where(Skill.code == "IT02")).one()
    change = add_label(session, skill, NewLabel("Tên gọi chưa từng có"), by=None, at=AT)
    term = keep_pending(session, "Chữ chưa ai biết", "people")
    external = ExternalConcept(
        scheme=next(iter(ExternalScheme)), code="X1", label="Unheard of", state=ExternalState.UNMATCHED
    )
    session.add(external)
    session.flush()
    return {
        "skill": {"one": _code(skill)},
        "merge": {"one": {**_code(skill), "vao": into.public_id}},
        "change": {"one": _code(change)},
        "term": {"one": _code(term)},
        "external": {"one": _code(external)},
        "unit": {"one": {"ma": "12"}},
        "area": {"own": {"ma": "12"}, "other": {"ma": "01"}},
        "link": {"one": {"ma": "no-such-token"}},
    }


def make_agencies(session: Session) -> tuple[str, Objects]:
    """An agency of A and of B; the path of one more in A, in which some people and an officer are."""
    own = make_organisations.organisation(session, "Sở Nội vụ A")
    other = make_organisations.organisation(session, "Sở Nội vụ B", unit_path=B)
    inner = make_organisations.organisation(session, "Trung tâm của A")
    session.flush()
    return inner.path, {"agency": {"own": _code(own), "other": _code(other)}}


def sign_ins_and_roles(session: Session, accounts: dict[str, Account]) -> Objects:
    """Accounts to administer, with their roles and running sign-ins."""
    found: Objects = {"account": {}, "role": {}, "sign_in": {}}
    for where, name in (
        ("own", "temp"),
        ("below", "offU"),
        ("other", "offB"),
        ("wider", "sysN"),
        ("cand", "self"),
        ("more", "mixd"),
    ):
        one = accounts[name]
        found["account"][where] = _code(one)
        role = one.roles[0] if one.roles else None
        found["role"][where] = {**_code(one), "vai_tro": role.public_id if role else "0" * 26}
    own, other = accounts["offA"], accounts["offB"]
    for where, one in (("own", own), ("other", other)):
        running = session.scalars(select(AccountSession).where(AccountSession.account_id == one.id)).first()
        found["sign_in"][where] = _code(running)
    return found
