"""«Kênh»: the ways people are reached, each with a link of its own to the campaign's public page."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.campaigns.forms.campaign import ChannelForm
from registry.campaigns.forms.words import CHANNEL
from registry.campaigns.models import Campaign
from registry.campaigns.operations.parts import add_channel, close_channel
from registry.campaigns.queries.campaigns import channel_of, channels_of
from registry.campaigns.rules.words import ChannelKind
from registry.campaigns.views.blueprint import bp, head_of, page_of, session_and
from registry.campaigns.views.codes import link_of
from registry.web.clock import now
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.get("/chien-dich/<ma>/kenh")
@require(Permission.CAMPAIGNS_READ)
def channels(ma: str) -> ResponseReturnValue:
    """The channels with their links, and a form for another."""
    session, campaign = session_and(ma)
    return _page(session, campaign, ChannelForm(formdata=None))


@bp.post("/chien-dich/<ma>/kenh")
@require(Permission.CAMPAIGNS_WRITE)
def make_channel(ma: str) -> ResponseReturnValue:
    """A new channel; a name of another one is refused."""
    session, campaign = session_and(ma, to_write=True)
    form, by = ChannelForm(), current_account().id
    if not form.validate():
        return _page(session, campaign, form), 422
    if form.name.data in {one.name for one in channels_of(session, campaign)}:
        return _taken(session, campaign, form)
    try:
        add_channel(session, campaign, ChannelKind(form.kind.data), str(form.name.data), by=by, at=now())
        session.commit()
    except IntegrityError:
        session.rollback()
        return _taken(session, session_and(ma, to_write=True)[1], form)
    flash(_("Đã thêm kênh. Đường dẫn của kênh ở trong bảng."), "ok")
    return redirect(page_of(campaign, "channels"), 303)


def _taken(session: Session, campaign: Campaign, form: ChannelForm) -> ResponseReturnValue:
    form.name.errors = [_("Chiến dịch đã có kênh tên này. Đặt tên khác.")]
    return _page(session, campaign, form), 422


@bp.post("/chien-dich/<ma>/kenh/<kenh>/dong")
@require(Permission.CAMPAIGNS_WRITE)
def end_channel(ma: str, kenh: str) -> ResponseReturnValue:
    """Its link leads nowhere any more."""
    session, campaign = session_and(ma, to_write=True)
    channel = channel_of(session, campaign, kenh)
    if channel is None or channel.kind is ChannelKind.LETTER:
        raise NotVisible
    if channel.closed_at is None:
        close_channel(session, campaign, channel, by=current_account().id, at=now())
        session.commit()
    flash(_("Đã đóng đường dẫn của kênh. Người đã đến vẫn tính cho kênh."), "ok")
    return redirect(page_of(campaign, "channels"), 303)


def _page(session: Session, campaign: Campaign, form: ChannelForm) -> str:
    return render_template(
        "campaigns/channels.html",
        **head_of(campaign, "channels"),
        form=form,
        rows=[
            {
                "channel": one,
                "kind": CHANNEL[one.kind],
                "link": link_of(one),
                "is_letter": one.kind is ChannelKind.LETTER,
            }
            for one in channels_of(session, campaign)
        ],
    )
