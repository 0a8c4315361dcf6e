"""What people outside the office see: an invitation by its link, and the page of a campaign by the link of a channel.

A GET changes nothing, not even «opened»: scanners of mail follow every link and cannot be told from people. Opened is
who pressed to read on, or answered. Nothing of the person is shown but the given name.
"""

from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import public, signed_in_viewer
from registry.campaigns.forms.answering import ANSWER, AnswerForm
from registry.campaigns.models import Campaign, CampaignChannel, CampaignLetter
from registry.campaigns.operations.answering import (
    answer_invitation,
    arrive,
    is_good,
    needs_offered,
    open_invitation,
)
from registry.campaigns.operations.errors import LinkIsOver, NeedNotOffered
from registry.campaigns.operations.writing import standing_of
from registry.campaigns.queries.campaigns import open_channel
from registry.campaigns.queries.sealed import letter_of
from registry.campaigns.rules.states import CampaignState
from registry.campaigns.rules.words import Answer
from registry.campaigns.views.blueprint import bp
from registry.campaigns.views.values import amounts_of
from registry.people.models import Person
from registry.people.queries import own_record
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

CAME_BY = "campaign_channel"
"""In the cookie of a visitor: the public id of the channel they came by; nothing about them."""


@bp.get("/tra-loi/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    """The invitation with its three answers. Changes nothing."""
    letter = _letter(token)
    if not is_good(letter, now()):
        return render_template("campaigns/link_over.html"), 410
    return _page(letter, token, _form(letter))


@bp.post("/tra-loi/<token>/xem")
@public
def read_on(token: str) -> ResponseReturnValue:
    """Somebody pressed to read on: noted once as opened."""
    letter = _letter(token)
    try:
        open_invitation(db_session(), letter, at=now())
    except LinkIsOver:
        return render_template("campaigns/link_over.html"), 410
    db_session().commit()
    return redirect(url_for("campaigns.invitation", token=token, _anchor="noi-dung-moi"), 303)


@bp.post("/tra-loi/<token>")
@public
def answer(token: str) -> ResponseReturnValue:
    """Keep the answer. A second one takes the place of the first."""
    letter, form = _letter(token), AnswerForm()
    if not is_good(letter, now()):
        return render_template("campaigns/link_over.html"), 410
    offered = needs_offered(letter.member.campaign)
    form.offer([(one.public_id, one.title) for one in offered])
    if not form.validate():
        return _page(letter, token, form), 422
    said = Answer(form.answer.data)
    need = next((one for one in offered if one.public_id == form.need.data), None)
    try:
        answer_invitation(
            db_session(),
            letter,
            said,
            need=need if said is Answer.INTERESTED else None,
            words=str(form.words.data or ""),
            at=now(),
        )
    except LinkIsOver:
        return render_template("campaigns/link_over.html"), 410
    except NeedNotOffered:
        form.need.errors = [_("Việc này vừa ngừng tuyển. Chọn việc khác.")]
        return _page(letter, token, form), 422
    db_session().commit()
    return redirect(url_for("campaigns.invitation", token=token), 303)


def _letter(token: str) -> CampaignLetter:
    letter = letter_of(db_session(), token)
    if letter is None:
        raise NotVisible
    return letter


def _form(letter: CampaignLetter) -> AnswerForm:
    form = AnswerForm(formdata=None, data={"answer": letter.member.answer})
    form.offer([(one.public_id, one.title) for one in needs_offered(letter.member.campaign)])
    return form


def _page(letter: CampaignLetter, token: str, form: AnswerForm) -> str:
    member = letter.member
    return render_template(
        "campaigns/invitation.html",
        token=token,
        form=form,
        given_name=_given_name(member.person.full_name if member.person else ""),
        answered=None if member.answer is None else ANSWER[member.answer],
        is_interested=member.answer is Answer.INTERESTED,
        is_stopped=member.answer is Answer.STOP,
        answered_need=None if member.need is None else member.need.title,
        is_opened=letter.opened_at is not None,
        ends_at=letter.expires_at,
        **_of_campaign(member.campaign),
    )


def _given_name(full_name: str) -> str:
    """The last word of a name as it is written in Việt Nam: all a passer-by may read of it."""
    return full_name.rsplit(" ", 1)[-1]


def _of_campaign(campaign: Campaign) -> dict[str, Any]:
    """What everybody may read of a campaign."""
    in_english = current_language() == "en" and campaign.about_en
    return {
        "title": campaign.title,
        "about": campaign.about_en if in_english else campaign.about,
        "about_lang": "en" if in_english else "vi",
        "legal_basis": campaign.legal_basis,
        "office": campaign.organisation.name if campaign.organisation else "",
        "ends_on": campaign.ends_on,
        "offers": amounts_of(db_session(), campaign),
        "policies": [one.policy.code for one in campaign.policies],
        "needs": [
            {
                "title": one.title,
                "office": one.organisation.name if one.organisation else "",
                "place": one.unit.full_name if one.unit else "",
                "headcount": one.headcount,
            }
            for one in needs_offered(campaign)
        ],
    }


@bp.get("/moi/<ma>")
@public
def landing(ma: str) -> ResponseReturnValue:
    """The page of a campaign for whoever comes by the link of a channel. Changes nothing."""
    channel = _channel(ma)
    viewer = signed_in_viewer()
    return render_template(
        "campaigns/landing.html",
        ma=ma,
        is_signed_in=viewer is not None,
        has_record=viewer is not None and own_record(db_session(), viewer.account_id or 0) is not None,
        came=request.args.get("xong") == "1",
        **_of_campaign(channel.campaign),
    )


@bp.post("/moi/<ma>")
@public
def come(ma: str) -> ResponseReturnValue:
    """Somebody wants to take part: whoever has a record is noted at once, others once they have made one."""
    channel, viewer = _channel(ma), signed_in_viewer()
    person = (
        None if viewer is None or viewer.account_id is None else own_record(db_session(), viewer.account_id)
    )
    if person is not None:
        arrive(db_session(), channel, person, at=now())
        db_session().commit()
        flash(_("Đã ghi bạn tham gia chiến dịch."), "ok")
        return redirect(url_for("registrations.mine"), 303)
    session[CAME_BY] = channel.public_id
    return redirect(url_for("registrations.mine" if viewer is not None else "accounts.register"), 303)


def _channel(ma: str) -> CampaignChannel:
    channel = open_channel(db_session(), ma)
    if channel is None or standing_of(channel.campaign, today()) is not CampaignState.RUNNING:
        raise NotVisible
    return channel


def keep_arrival(person: Person) -> None:
    """Note by which link of a campaign somebody came who has just made a record; commits nothing."""
    channel = open_channel(db_session(), str(session.pop(CAME_BY, "")))
    if channel is not None and standing_of(channel.campaign, today()) is CampaignState.RUNNING:
        arrive(db_session(), channel, person, at=now())
