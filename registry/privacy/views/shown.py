"""A request in plain words: where it stands, both clocks, what happened. The same for the person and the office."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.queries import known_by
from registry.consents.queries import consent_history, standing_purposes
from registry.consents.rules import PURPOSE_BITS, PurposeCode
from registry.people.models import Person
from registry.people.rules import LegalBasis
from registry.privacy.forms import words
from registry.privacy.models import RightsRequest
from registry.privacy.queries import words_of
from registry.privacy.queries.parameters import limit_now
from registry.privacy.rules import (
    OPEN_STATES,
    RightKind,
    StepKind,
    Urgency,
    UseNow,
    limits_version,
    local_day,
    standing_of,
    stops_when,
    uses_now,
    working_calendar,
)
from registry.web.i18n import current_language, ngettext
from registry.web.i18n import gettext as _

URGENCY_TAG = {
    Urgency.LATE: "bad",
    Urgency.TODAY: "warn",
    Urgency.SOON: "warn",
    Urgency.CALM: "",
    Urgency.OVER: "",
}


def title_of(request: RightsRequest) -> str:
    """«Rút đồng ý: Tìm nhu cầu phù hợp»."""
    kind = str(words.KIND[request.kind])
    return kind if request.purpose is None else f"{kind}: {words.PURPOSE[request.purpose]}"


def line_of(request: RightsRequest, on: date) -> dict[str, Any]:
    """A request as lists show it."""
    stands = standing_of(request.state, request.answer_due_on, request.done_due_on, on, working_calendar())
    is_open = request.state in OPEN_STATES
    return {
        "request": request,
        "title": title_of(request),
        "state": words.STATE[request.state],
        "state_tag": words.STATE_TAG[request.state],
        "is_open": is_open,
        "is_late": stands.urgency is Urgency.LATE,
        "due_on": stands.due_on if is_open else None,
        "due_of": _("Trả lời lần đầu") if stands.is_answer else _("Hoàn tất"),
        "left": _left(stands.due_on, on, is_answer=stands.is_answer) if is_open else "",
        "left_tag": URGENCY_TAG[stands.urgency],
        "channel": words.CHANNEL[request.channel],
    }


def _left(due_on: date, on: date, *, is_answer: bool) -> str:
    """How much of a limit is left, in the days it is counted in."""
    if due_on < on:
        late = (on - due_on).days
        return ngettext("Quá hạn %(num)s ngày", "Quá hạn %(num)s ngày", late)
    if due_on == on:
        return _("Hôm nay là ngày cuối")
    if not is_answer:
        return ngettext("Còn %(num)s ngày", "Còn %(num)s ngày", (due_on - on).days)
    left = working_calendar().working_days_between(on, due_on)
    return ngettext("Còn %(num)s ngày làm việc", "Còn %(num)s ngày làm việc", left)


def clocks(request: RightsRequest, on: date) -> list[tuple[str, str]]:
    """Both clocks as (which, in words)."""
    answered = None if request.answered_at is None else local_day(request.answered_at)
    closed = None if request.closed_at is None else local_day(request.closed_at)
    return [
        (_("Trả lời lần đầu"), _clock(request.answer_due_on, answered, on, is_answer=True)),
        (_("Hoàn tất"), _clock(request.done_due_on, closed, on, is_answer=False)),
    ]


def _clock(due_on: date, met_on: date | None, on: date, *, is_answer: bool) -> str:
    language = current_language()
    due = formats.date(due_on, language)
    if met_on is None:
        return _("chậm nhất ngày %(due)s. %(left)s.", due=due, left=_left(due_on, on, is_answer=is_answer))
    met = formats.date(met_on, language)
    if met_on > due_on:
        return _("xong ngày %(met)s, trễ hạn %(due)s.", met=met, due=due)
    return _("xong ngày %(met)s, đúng hạn %(due)s.", met=met, due=due)


def is_limit_confirmed(session: Session, request: RightsRequest) -> bool:
    """Whether the row a request was counted with is confirmed, then or by now."""
    if request.is_limit_confirmed or request.limits_version != limits_version():
        return request.is_limit_confirmed
    return limit_now(session, request.kind, local_day(request.received_at)).is_confirmed


def steps_of(session: Session, request: RightsRequest, *, for_person: bool) -> list[dict[str, Any]]:
    """What happened, oldest first, as a timeline; officers' names are for offices only."""
    steps = request.steps
    ids = [step.by_id for step in steps if step.by_id is not None]
    known = {} if for_person else known_by(session, ids)
    return [
        {
            "when": formats.datetime(step.at, current_language()),
            "iso": step.at.isoformat(),
            "text": words.STEP[step.kind],
            "sub": _who(step.kind, step.by_id, known, for_person=for_person),
            "words": words_of(session, request, step),
        }
        for step in steps
    ]


def _who(kind: StepKind, by: int | None, known: dict[int, tuple[str, str]], *, for_person: bool) -> str:
    if kind is StepKind.APPLIED:
        return ""
    if by is None:
        return _("bạn") if for_person else _("người có hồ sơ")
    return _("cơ quan giữ hồ sơ") if for_person else known.get(by, ("", ""))[1]


def closed_purposes(person: Person) -> Collection[PurposeCode]:
    """The uses that the person had closed."""
    return {code for code, bit in PURPOSE_BITS.items() if person.closed_purposes & bit}


def uses_of(session: Session, person: Person) -> list[UseNow]:
    """How the record is used now, for every purpose."""
    standing = standing_purposes(consent_history(session, person.id))
    is_by_law = person.legal_basis is LegalBasis.LAW
    return uses_now(set(standing), closed_purposes(person), is_by_law=is_by_law)


def effects(
    session: Session, person: Person, kind: RightKind, purpose: PurposeCode | None
) -> list[dict[str, Any]]:
    """For every purpose that is used now: whether it stops with such a request, or goes on and why."""
    is_by_law = person.legal_basis is LegalBasis.LAW
    return [
        {
            "purpose": words.PURPOSE[use.purpose],
            "stops": stops_when(kind, purpose, use, is_by_law=is_by_law),
            "why": _ground(use, is_by_law=is_by_law),
        }
        for use in uses_of(session, person)
        if use.is_used
    ]


def _ground(use: UseNow, *, is_by_law: bool) -> str:
    if use.is_by_law or (is_by_law and use.purpose is PurposeCode.REGISTRY):
        return _("luật về cán bộ, công chức, viên chức buộc giữ và dùng, không cần đồng ý")
    return _("bạn đã đồng ý và chưa rút")
