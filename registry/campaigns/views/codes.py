"""The page of one channel: its link as a QR code, to look at, print and take away as a file."""

import io
from typing import Any

import segno
from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.accounts.views.postman import settings
from registry.campaigns.forms.words import CHANNEL
from registry.campaigns.models import Campaign, CampaignChannel
from registry.campaigns.queries.campaigns import channel_of
from registry.campaigns.rules.words import ChannelKind
from registry.campaigns.views.blueprint import bp, head_of, session_and
from registry.web.attachments import attachment
from registry.web.errors import NotVisible

_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
_PIXELS_EACH = 16
"""Of one square of the PNG: some 10 cm at 150 dots an inch for the address of a channel."""
_QUIET = 4


@bp.get("/chien-dich/<ma>/kenh/<kenh>")
@require(Permission.CAMPAIGNS_READ)
def channel(ma: str, kenh: str) -> ResponseReturnValue:
    """The link of a channel that is open, with its QR code."""
    campaign, one = _open_channel(ma, kenh)
    return render_template(
        "campaigns/channel.html",
        **head_of(campaign, "channels"),
        channel=one,
        kind=CHANNEL[one.kind],
        link=link_of(one),
        picture=_drawn(link_of(one)),
    )


@bp.get("/chien-dich/<ma>/kenh/<kenh>/ma-qr.<any('svg', 'png'):kind>")
@require(Permission.CAMPAIGNS_READ)
def channel_code(ma: str, kenh: str, kind: str) -> ResponseReturnValue:
    """The QR code as a file, for posters."""
    campaign, one = _open_channel(ma, kenh)
    file = io.BytesIO()
    _code(link_of(one)).save(file, kind=kind, scale=_PIXELS_EACH, border=_QUIET, light="#fff")
    return attachment(file.getvalue(), _TYPES[kind], f"{campaign.code}-{one.public_id}.{kind}")


def link_of(one: CampaignChannel) -> str:
    """The public address of a channel; empty for letters, which have one each, and for what is closed."""
    if one.kind is ChannelKind.LETTER or one.closed_at is not None:
        return ""
    return f"{settings().public_url.rstrip('/')}/moi/{one.public_id}"


def _open_channel(ma: str, kenh: str) -> tuple[Campaign, CampaignChannel]:
    session, campaign = session_and(ma)
    one = channel_of(session, campaign, kenh)
    if one is None or not link_of(one):
        raise NotVisible
    return campaign, one


def _code(link: str) -> Any:
    """Level M bears a stain on a poster and keeps the squares large."""
    return segno.make(link, error="m", micro=False)


def _drawn(link: str) -> Markup:
    """As SVG inside the page: shapes and classes only, so that the content policy lets it be."""
    drawn = _code(link).svg_inline(
        scale=5, border=_QUIET, light="#fff", lineclass=None, svgclass="qr", omitsize=True
    )
    return Markup(drawn)  # noqa: S704 - drawn here; the address is turned into squares
