"""What an account was told of, in words, and where each leads. Counts alone: who may be seen is asked again there."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from registry import formats
from registry.accounts.models import Alert
from registry.campaigns.models import Campaign
from registry.campaigns.rules.words import ANSWER_ALERT
from registry.candidacies.rules.stages import CLOSED_ELSEWHERE_ALERT
from registry.needs.models import Need
from registry.web.i18n import gettext as _


@dataclass(frozen=True)
class AlertWords:
    """One sentence, the words of its link and its address."""

    text: str
    action: str
    href: str


def alert_words(
    alert: Alert, need: Need | None, campaign: Campaign | None, changes: Sequence[str], *, sees_people: bool
) -> AlertWords | None:
    """The words of an alert about a need or a campaign; None for a kind nobody has words for. `changes`: of a ranking."""
    if campaign is not None:
        return _of_campaign(alert, campaign, sees_people=sees_people)
    if need is None:
        return None
    if alert.kind == CLOSED_ELSEWHERE_ALERT:
        text = _(
            "Nhu cầu «%(title)s»: một ứng tuyển bạn phụ trách vừa đóng vì người ứng tuyển nhận việc nơi khác.",
            title=need.title,
        )
        return AlertWords(text, _("Xem ứng tuyển"), url_for("candidacies.case_page", ma=alert.about_id))
    told = _("Nhu cầu «%(title)s»: %(changes)s.", title=need.title, changes="; ".join(changes))
    href = url_for("matching.kept", ma=need.public_id, ban=alert.about_id)
    return AlertWords(told, _("Xem bảng xếp hạng"), href)


def _of_campaign(alert: Alert, campaign: Campaign, *, sees_people: bool) -> AlertWords | None:
    if alert.kind != ANSWER_ALERT:
        return None
    people = _("%(count)s người trả lời là quan tâm", count=formats.number(alert.detail.get("people", 1)))
    text = _("Chiến dịch «%(title)s»: %(people)s.", title=campaign.title, people=people)
    if sees_people:
        href = url_for("campaigns.people", ma=campaign.public_id, buoc="replied")
        return AlertWords(text, _("Xem người trả lời"), href)
    return AlertWords(text, _("Xem chiến dịch"), url_for("campaigns.show", ma=campaign.public_id))
