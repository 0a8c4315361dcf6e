"""The five printed programmes with their documents, tree, tasks, reviews, recommendations and comments.

What stands in the sources is kept as printed with its paragraph; who does what until when is made up and says so.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.indicators.rules.published import PublishedKind, published_figures
from registry.organisations.models import Organisation
from registry.organisations.operations import create_organisation
from registry.organisations.rules import OrganisationKind
from registry.places.models import AdministrativeUnit
from registry.policies.operations import AgencyAnswer, Settled
from registry.policies.rules.consulting import CommentOutcome
from registry.programmes.models import Programme, ProgrammeDocument, ProgrammeNode
from registry.programmes.operations.programmes import (
    DocumentTerms,
    FactTerms,
    NodeTerms,
    ProgrammeTerms,
    add_document,
    add_fact,
    add_member,
    add_node,
    create_programme,
)
from registry.programmes.operations.registers import (
    RecommendationTerms,
    consult_agencies,
    keep_answer,
    move_recommendation,
    raise_recommendation,
    settle_comment,
)
from registry.programmes.operations.tasks import (
    ReviewTerms,
    TaskTerms,
    ask_reviews,
    assign_task,
    move_task,
    send_review,
)
from registry.programmes.rules.tasks import TaskState
from registry.programmes.rules.words import (
    AgencyPart,
    ChainLink,
    DocumentRole,
    FactKind,
    MemberRole,
    NodeKind,
    ProgrammeState,
    RecommendationState,
    ReviewVerdict,
)

_FILE = Path(__file__).resolve().parent / "data" / "programmes.json"
_ON_THE_WAY = (TaskState.IN_PROGRESS, TaskState.REVIEWED, TaskState.DONE)
_WORDS = "Đã tự đánh giá (minh họa)."


@dataclass(frozen=True)
class Place:
    """A province of the demonstration: its unit, its committee and the department that keeps the records."""

    unit: AdministrativeUnit
    committee: Organisation
    department: Organisation


@dataclass
class _Made:
    """What was made of a programme so far, by the words of the file."""

    session: Session
    programme: Programme
    agency: Callable[[str], Organisation]
    by: int
    at: datetime
    on: date
    documents: dict[str, ProgrammeDocument]
    nodes: dict[str, ProgrammeNode]

    def day(self, told: Mapping[str, Any], name: str) -> date | None:
        """A day of the file: itself, or so many days from today."""
        if name in told:
            return date.fromisoformat(told[name])
        ahead = told.get(f"{name}_in")
        return None if ahead is None else self.on + timedelta(days=ahead)


def add_programmes(
    session: Session, places: Mapping[str, Place], officer: Account, *, now: datetime, today: date
) -> None:
    """All five. `places` by the code of the province; a programme whose province is not there is left out."""
    for code, told in json.loads(_FILE.read_text(encoding="utf-8")).items():
        if told["province"] in places:
            _add(session, code, told, places[told["province"]], officer.id, now, today)


def _add(
    session: Session,
    code: str,
    told: Mapping[str, Any],
    place: Place,
    by: int,
    now: datetime,
    today: date,
) -> None:
    for name, kind in told["agencies"].items():
        _organisation(session, place, name, OrganisationKind(kind), by)
    agency = partial(_agency, session, place)
    programme = create_programme(session, _terms(code, told, place, agency), by=by, at=now)
    made = _Made(session, programme, agency, by, now, today, {}, {})
    _documents(made, told)
    _nodes(made, told)
    _facts(made, code)
    for one in told["members"]:
        add_member(
            session, programme, MemberRole(one["role"]), one["name"], office=one["office"], by=by, at=now
        )
    for one in told["tasks"]:
        _task(made, one)
    if "reviews" in told:
        _reviews(made, told["reviews"])
    for one in told.get("recommendations", ()):
        _recommendation(made, told, one)
    if "consultation" in told:
        _consultation(made, told["consultation"])


def _terms(
    code: str, told: Mapping[str, Any], place: Place, agency: Callable[[str], Organisation]
) -> ProgrammeTerms:
    standing = agency(told["standing"])
    return ProgrammeTerms(
        code=code,
        name=told["name"],
        name_en=told["name_en"],
        about=told["about"],
        state=ProgrammeState(told["state"]),
        unit_id=place.unit.id,
        unit_path=place.unit.path,
        organisation_id=standing.id,
        organisation_path=standing.path,
        starts_on=_day(told.get("starts")),
        ends_on=_day(told.get("ends")),
        horizons=tuple(told["horizons"]),
        source=next(one.source for one in published_figures().values() if one.id.startswith(f"{code}-")),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(2), tzinfo=UTC)


def _organisation(session: Session, place: Place, name: str, kind: OrganisationKind, by: int) -> Organisation:
    """An agency under the committee of the province, made unless it is there."""
    found = session.scalar(
        select(Organisation).where(Organisation.name == name, Organisation.parent_id == place.committee.id)
    )
    return found or create_organisation(
        session, name=name, kind=kind, parent=place.committee, unit=place.unit, by=by
    )


def _agency(session: Session, place: Place, name: str) -> Organisation:
    """An agency of the file: «keeper» is the department of home affairs, «committee» its committee."""
    if name in {"keeper", "committee"}:
        return place.department if name == "keeper" else place.committee
    return session.scalars(
        select(Organisation).where(Organisation.name == name, Organisation.parent_id == place.committee.id)
    ).one()


def _documents(made: _Made, told: Mapping[str, Any]) -> None:
    for one in told["documents"]:
        terms = DocumentTerms(
            role=DocumentRole(one["role"]),
            title=one["title"],
            number=one.get("number", ""),
            issuer=one.get("issuer", ""),
            signed_on=_day(one.get("signed")),
            effective_from=_day(one.get("from")),
            effective_to=_day(one.get("to")),
            note=one.get("note", ""),
            parent=made.documents.get(one.get("parent", "")),
            link=ChainLink(one["link"]) if "link" in one else None,
        )
        document = add_document(made.session, made.programme, terms, by=made.by, at=made.at)
        made.documents[one["key"]] = document


def _nodes(made: _Made, told: Mapping[str, Any]) -> None:
    for position, one in enumerate(told["nodes"], start=1):
        terms = NodeTerms(
            kind=NodeKind(one["kind"]),
            code=one["code"],
            title=one["title"],
            parent=made.nodes.get(one.get("parent", "")),
            position=position,
            owner_id=made.agency(one["owner"]).id,
            source=one["source"],
            is_printed=one.get("printed", False),
        )
        made.nodes[one["code"]] = add_node(made.session, made.programme, terms, by=made.by, at=made.at)


def _facts(made: _Made, code: str) -> None:
    """What is printed of the programme and counts nothing, from the list of published figures."""
    kinds = {PublishedKind(one.value) for one in FactKind}
    for one in published_figures().values():
        if one.id.startswith(f"{code}-") and one.kind in kinds:
            terms = FactTerms(
                code=one.id,
                kind=FactKind(one.kind.value),
                name=one.name,
                name_en=one.name_en,
                value=one.value,
                unit=one.printed_unit,
                starts_on=one.starts,
                ends_on=one.ends,
                quote=one.quote,
                paragraph=one.paragraph,
                source=one.source,
            )
            add_fact(made.session, made.programme, terms, by=made.by, at=made.at)


def _task(made: _Made, told: Mapping[str, Any]) -> None:
    others = ((AgencyPart.CO_OPERATE, told["with"]), (AgencyPart.INFORMED, told["told"]))
    assigned = date.fromisoformat(told["assigned"])
    terms = TaskTerms(
        code=told["code"],
        title=told["title"],
        agencies=(
            (made.agency(told["lead"]).id, AgencyPart.LEAD),
            *((made.agency(name).id, part) for part, names in others for name in names),
        ),
        due_on=made.day(told, "due"),
        head_office=told.get("head", ""),
        quote=told.get("quote", ""),
        paragraph=told.get("paragraph"),
        node=made.nodes.get(told.get("node", "")),
        document=made.documents.get(told.get("document", "")),
    )
    task = assign_task(made.session, made.programme, terms, by=made.by, at=_instant(assigned), on=assigned)
    done = _day(told.get("done"))
    target = TaskState.DONE if done else TaskState(told["state"])
    on = done or min(assigned + timedelta(days=30), made.on)
    for state in _ON_THE_WAY[: _ON_THE_WAY.index(target) + 1] if target in _ON_THE_WAY else ():
        words = told.get("words", _WORDS) if state is TaskState.REVIEWED else ""
        move_task(made.session, task, state, words=words, by=made.by, at=_instant(on), on=on)


def _reviews(made: _Made, told: Mapping[str, Any]) -> None:
    asked, due, sent = (made.day(told, name) or made.on for name in ("asked", "due", "sent"))
    agencies = [made.agency(name) for name in (*told["by"], *told["missing"])]
    asked_of = ask_reviews(
        made.session,
        made.programme,
        told["title"],
        [one.id for one in agencies],
        due_on=due,
        document=made.documents[told["document"]],
        by=made.by,
        at=_instant(asked),
        on=asked,
    )
    for review in asked_of.reviews[: len(told["by"])]:
        terms = ReviewTerms(ReviewVerdict(told["verdict"]), told["results"], head_name="Thủ trưởng đơn vị")
        send_review(made.session, made.programme, review, terms, by=made.by, at=_instant(sent))


def _recommendation(made: _Made, told: Mapping[str, Any], one: Mapping[str, Any]) -> None:
    raised = date.fromisoformat(told["raised"])
    terms = RecommendationTerms(
        proposer=told["proposer"],
        words=one["words"],
        raised_on=raised,
        quote=one["quote"],
        paragraph=one["paragraph"],
    )
    kept = raise_recommendation(made.session, made.programme, terms, by=made.by, at=_instant(raised))
    steps = (("forwarded", RecommendationState.FORWARDED), ("answered", RecommendationState.ANSWERED))
    for name, state in steps:
        on = _day(one.get(name))
        if on is not None:
            move_recommendation(
                made.session,
                kept,
                state,
                words=one.get("answer", ""),
                on=on,
                organisation_id=made.agency(one["agency"]).id,
                by=made.by,
                at=_instant(on),
            )


def _consultation(made: _Made, told: Mapping[str, Any]) -> None:
    asked_on, due, answered = (date.fromisoformat(told[name]) for name in ("asked", "due", "answered"))
    asked = consult_agencies(
        made.session,
        made.documents[told["document"]],
        [one["agency"] for one in told["comments"]],
        due_on=due,
        by=made.by,
        at=_instant(asked_on),
        on=asked_on,
    )
    for consulted, one in zip(asked, told["comments"], strict=True):
        given = AgencyAnswer(answered, "", told["clause"], one["words"])
        comment = keep_answer(made.session, consulted, given, by=made.by, at=_instant(answered))
        if comment is not None:
            settled = Settled(CommentOutcome(one["outcome"]), one.get("reply", ""), one.get("change", ""))
            settle_comment(made.session, comment, settled, by=made.by, at=_instant(answered))
