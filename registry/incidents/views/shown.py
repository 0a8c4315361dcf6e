"""An incident in plain words: its state, its clock, what happened to it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.queries import known_by
from registry.incidents import forms
from registry.incidents.models import Incident
from registry.incidents.queries import step_words, told_of
from registry.incidents.rules import Urgency, clock_of, state_of
from registry.privacy.queries.confirmed import confirmed_fingerprints
from registry.privacy.rules.breach import incident_limit
from registry.privacy.rules.confirming import as_confirmed
from registry.web.i18n import current_language, ngettext
from registry.web.i18n import gettext as _

URGENCY_TAG = {Urgency.LATE: "bad", Urgency.SOON: "warn", Urgency.CALM: "info", Urgency.OVER: "ok"}


def line_of(
    session: Session, incident: Incident, at: datetime, known: Collection[str] | None = None
) -> dict[str, Any]:
    """An incident as the register shows it; `known` are the rows that somebody confirmed, if they were read already."""
    state = state_of(incident.reported_at, incident.told_at, incident.closed_at)
    clock = clock_of(incident.report_due_at, incident.reported_at or incident.closed_at, at)
    limit = incident_limit(incident.discovered_at)
    confirmed = confirmed_fingerprints(session) if known is None else known
    return {
        "incident": incident,
        "told": told_of(session, incident),
        "state": forms.STATE[state],
        "state_tag": forms.STATE_TAG[state],
        "clock": _clock_words(incident, clock.urgency, clock.hours),
        "clock_tag": URGENCY_TAG[clock.urgency],
        "is_late": clock.urgency is Urgency.LATE,
        "is_urgent": clock.urgency is Urgency.SOON,
        "is_limit_confirmed": as_confirmed(limit, confirmed).is_confirmed,
        "report_hours": limit.report_hours,
    }


def _clock_words(incident: Incident, urgency: Urgency, hours: int) -> str:
    if incident.reported_at is not None:
        return _("Báo trễ hạn") if urgency is Urgency.LATE else _("Báo đúng hạn")
    if incident.closed_at is not None:
        return _("Đóng mà không báo")
    if urgency is Urgency.LATE:
        return ngettext("Quá hạn %(num)s giờ", "Quá hạn %(num)s giờ", -hours)
    return _("Còn dưới 1 giờ") if hours == 0 else ngettext("Còn %(num)s giờ", "Còn %(num)s giờ", hours)


def steps_of(session: Session, incident: Incident) -> list[dict[str, Any]]:
    """What happened, oldest first, as a timeline."""
    known = known_by(session, [step.by_id for step in incident.steps if step.by_id is not None])
    return [
        {
            "when": formats.datetime(step.at, current_language()),
            "iso": step.at.isoformat(),
            "text": _step_text(step.kind, step.people, None if step.person is None else step.person.code),
            "sub": known.get(step.by_id or 0, ("", ""))[1],
            "words": step_words(session, step),
        }
        for step in incident.steps
    ]


def _step_text(kind: Any, people: int | None, code: str | None) -> str:
    text = str(forms.STEP[kind])
    if code is not None:
        return f"{text}: {code}"
    if people is None:
        return text
    counted = ngettext("%(num)s người", "%(num)s người", people)
    return f"{text}: {counted}"
