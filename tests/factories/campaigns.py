"""Campaigns for tests: one that runs, with a budget and a goal."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from registry.campaigns.models import Campaign
from registry.campaigns.operations.writing import CampaignTerms, LineTerms, create_campaign
from registry.campaigns.rules.states import CampaignState, local_day
from registry.needs.models import Need


def campaign(
    session: Session,
    title: str,
    *,
    unit_path: str = "VN/12/",
    needs: Sequence[Need] = (),
    by: int | None = None,
    state: CampaignState = CampaignState.APPROVED,
    at: datetime | None = None,
    days: tuple[int, int] = (-10, 50),
    goal: int = 10,
    per_hour: int = 200,
) -> Campaign:
    """A campaign in a state, from and to so many days from the moment `at` (now, where none is said)."""
    at = at or datetime.now(UTC)
    on: date = local_day(at)
    terms = CampaignTerms(
        title=title,
        about="Mời bạn về làm việc.",
        about_en="Come and work with us.",
        legal_basis="Kế hoạch 1/KH-UBND",
        unit_id=None,
        unit_path=unit_path,
        organisation_id=None,
        organisation_path="",
        starts_on=on + timedelta(days=days[0]),
        ends_on=on + timedelta(days=days[1]),
        per_hour=per_hour,
        remind_after_days=10,
        link_days=30,
        goals=(("Bác sĩ", goal),),
        needs=tuple(one.id for one in needs),
        lines=(
            LineTerms("", "Hỗ trợ", "Ngân sách", True, 1_000_000_000),
            LineTerms("", "Truyền thông", "Ngân sách", False, 200_000_000),
        ),
    )
    made = create_campaign(session, terms, by=by, at=at)
    made.state = state
    session.flush()
    return made
