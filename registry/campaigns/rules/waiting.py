"""Who of a campaign waits for somebody to do something: what the list of work is computed from. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from registry.campaigns.rules.funnel import Moments, Step


class Waiting(StrEnum):
    """What somebody waits for, the most urgent first."""

    INTERVIEW = "interview"
    CONTACT = "contact"
    SIGNING = "signing"
    OPENED = "opened"
    SILENT = "silent"


PATIENCE = {Waiting.INTERVIEW: timedelta(days=21), Waiting.CONTACT: timedelta(days=7)}
"""After how long somebody waits too long; the others are told whenever there are any."""

_TO_INTERVIEW = ("shortlisted", "referred")
_ENDS = frozenset({"declined", "withdrawn", "not_selected", "removed", "closed_placed_elsewhere"})
_PAST_INTERVIEW = frozenset({"interviewed", "offered", "accepted", "signed", "placed"})


def waits_for(
    moments: Moments, stages: Mapping[int, Mapping[str, datetime]], *, has_answered: bool, at: datetime
) -> frozenset[Waiting]:
    """What one person waits for. `stages` are the stages of each candidacy by name, with their first moments."""
    found: set[Waiting] = set()
    for one in stages.values():
        if _ENDS & one.keys():
            continue
        if not _PAST_INTERVIEW & one.keys():
            found |= _before_interview(one, at)
        if "accepted" in one and not {"signed", "placed"} & one.keys():
            found.add(Waiting.SIGNING)
    if not has_answered and not stages and Step.REPLIED not in moments:
        found.add(Waiting.OPENED if Step.OPENED in moments else Waiting.SILENT)
    return frozenset(found)


def _before_interview(stages: Mapping[str, datetime], at: datetime) -> set[Waiting]:
    since = [stages[name] for name in _TO_INTERVIEW if name in stages]
    if since:
        return {Waiting.INTERVIEW} if at - min(since) > PATIENCE[Waiting.INTERVIEW] else set()
    interested = stages.get("interested")
    late = interested is not None and at - interested > PATIENCE[Waiting.CONTACT]
    return {Waiting.CONTACT} if late else set()
