"""Writing a campaign: the form, and what was typed turned into terms."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission, Scope, Viewer
from registry.campaigns.forms.campaign import CampaignForm
from registry.campaigns.models import Campaign
from registry.campaigns.operations.errors import ChangedMeanwhile
from registry.campaigns.operations.writing import (
    CampaignTerms,
    LineTerms,
    create_campaign,
    revise_campaign,
)
from registry.campaigns.queries.campaigns import campaign_by_submission, needs_to_choose
from registry.campaigns.rules.states import EDITABLE
from registry.campaigns.views.blueprint import bp, page_of, session_and
from registry.db import new_public_id
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.organisations.rules import Office
from registry.people.views.keepers import office_choices, office_of
from registry.policies.queries.versions import policies, shown_on, standing_of
from registry.policies.rules.states import InForce
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.sent import submission_key

_NOTHING_TO_PROMISE = frozenset({InForce.DRAFT, InForce.EXPIRED, InForce.WITHDRAWN})
_WANTED = (NeedState.APPROVED, NeedState.OPEN, NeedState.ON_HOLD)


@bp.get("/chien-dich/tao")
@require(Permission.CAMPAIGNS_WRITE)
def create() -> ResponseReturnValue:
    """An empty form."""
    form = CampaignForm(formdata=None, submission=new_public_id())
    return _page(form, None)


@bp.post("/chien-dich/tao")
@require(Permission.CAMPAIGNS_WRITE)
def create_sent() -> ResponseReturnValue:
    """A new draft; the same form sent twice makes one."""
    session, by = db_session(), current_account().id
    form = CampaignForm()
    key = submission_key(form.submission.data)
    made = campaign_by_submission(session, key, by)
    if made is not None:
        return redirect(page_of(made, "show"), 303)
    terms = _read(form, None)
    if terms is None:
        return _page(form, None), 422
    try:
        campaign = create_campaign(session, terms, by=by, at=now(), submission_key=key)
        session.commit()
    except IntegrityError:
        session.rollback()
        campaign = campaign_by_submission(session, key, by) or abort(409)
    flash(_("Đã lưu chiến dịch %(code)s là bản nháp.", code=campaign.code), "ok")
    return redirect(page_of(campaign, "show"), 303)


@bp.get("/chien-dich/<ma>/sua")
@require(Permission.CAMPAIGNS_WRITE)
def edit(ma: str) -> ResponseReturnValue:
    """The form filled with the campaign."""
    _session, campaign = session_and(ma, to_write=True)
    if campaign.state not in EDITABLE:
        flash(_("Nội dung đã duyệt. Đưa chiến dịch về bản nháp («Sửa lại nội dung») rồi sửa."), "warn")
        return redirect(page_of(campaign, "show"), 303)
    return _page(CampaignForm(formdata=None, data=_typed(campaign)), campaign)


@bp.post("/chien-dich/<ma>/sua")
@require(Permission.CAMPAIGNS_WRITE)
def edit_sent(ma: str) -> ResponseReturnValue:
    """Save; a version saved meanwhile by somebody else is never overwritten unseen."""
    session, campaign = session_and(ma, to_write=True)
    if campaign.state not in EDITABLE:
        return redirect(page_of(campaign, "show"), 303)
    form = CampaignForm()
    if form.version.data != str(campaign.version):
        return _meanwhile(form, campaign)
    terms = _read(form, campaign)
    if terms is None:
        return _page(form, campaign), 422
    try:
        revise_campaign(session, campaign, terms, version=campaign.version, by=current_account().id, at=now())
        session.commit()
    except (ChangedMeanwhile, StaleDataError):
        session.rollback()
        return _meanwhile(form, session_and(ma, to_write=True)[1])
    flash(_("Đã lưu thay đổi."), "ok")
    return redirect(page_of(campaign, "show"), 303)


def _meanwhile(form: CampaignForm, campaign: Campaign) -> ResponseReturnValue:
    """What was typed, over the version that was saved meanwhile: nothing typed is lost, nothing saved is overwritten."""
    form.version.data = str(campaign.version)
    return _page(form, campaign, is_conflict=True), 409


def _page(form: CampaignForm, campaign: Campaign | None, *, is_conflict: bool = False) -> str:
    _offer(db_session(), form, campaign)
    return render_template(
        "campaigns/form.html", form=form.with_blanks(), campaign=campaign, is_conflict=is_conflict
    )


def _writer() -> Viewer:
    return current_viewer().limited_to(Permission.CAMPAIGNS_WRITE)


def _offer(session: Session, form: CampaignForm, campaign: Campaign | None) -> None:
    kept = [one.need_id for one in campaign.needs] if campaign else []
    needs = needs_to_choose(session, _writer(), kept, _WANTED)
    chosen = {one.policy_id for one in campaign.policies} if campaign else frozenset[int]()
    shown = [
        (one, version)
        for one in policies(session)
        if (version := shown_on(one, today())) is not None
        and (one.id in chosen or standing_of(version, today()) not in _NOTHING_TO_PROMISE)
    ]
    form.offer(
        office_choices(session, _writer()),
        [(one.public_id, f"{one.code} · {one.title}") for one in needs],
        [(policy.code, version.title) for policy, version in shown],
    )


def _read(form: CampaignForm, campaign: Campaign | None) -> CampaignTerms | None:
    """The terms of a form; None when something is to be mended, which the form then says."""
    session = db_session()
    _offer(session, form, campaign)
    if not form.validate():
        return None
    office = office_of(session, _writer(), str(form.office.data))
    starts_on, ends_on = form.starts_on.data, form.ends_on.data
    if office is None or starts_on is None or ends_on is None:
        return None
    kept = [one.need_id for one in campaign.needs] if campaign else []
    known = {one.public_id: one for one in needs_to_choose(session, _writer(), kept, _WANTED)}
    needs = [known[one] for one in form.needs.data or () if one in known]
    if _reach_beyond(needs, office):
        form.needs.errors = [
            _(
                "Bỏ các nhu cầu ngoài đơn vị, địa bàn của chiến dịch: %(codes)s",
                codes=_reach_beyond(needs, office),
            )
        ]
        return None
    by_policy = {one.code: one.id for one in policies(session)}
    return CampaignTerms(
        title=str(form.title.data),
        about=str(form.about.data or ""),
        about_en=str(form.about_en.data or ""),
        legal_basis=str(form.legal_basis.data or ""),
        unit_id=office.unit_id,
        unit_path=office.unit_path,
        organisation_id=office.organisation_id,
        organisation_path=office.organisation_path,
        starts_on=starts_on,
        ends_on=ends_on,
        per_hour=int(form.per_hour.data or 200),
        remind_after_days=int(form.remind_after_days.data or 10),
        link_days=int(form.link_days.data or 60),
        goals=tuple(
            (str(row.form.of.data), int(row.form.people.data or 1)) for row in form.goals if row.form.of.data
        ),
        needs=tuple(one.id for one in needs),
        policies=tuple(by_policy[one] for one in form.policies.data or () if one in by_policy),
        lines=_lines(form),
        milestones=tuple(
            (row.form.on.data, str(row.form.text.data), row.form.people.data)
            for row in form.milestones
            if row.form.on.data and row.form.text.data
        ),
    )


def _reach_beyond(needs: Sequence[Need], office: Office) -> str:
    """The codes of needs elsewhere: whoever sees the campaign sees them, and may not have to."""
    own = Scope(office.unit_path, office.organisation_path)
    return ", ".join(one.code for one in needs if not own.covers(one.unit_path, one.organisation_path))


def _lines(form: CampaignForm) -> tuple[LineTerms, ...]:
    return tuple(
        LineTerms(
            key=str(row.form.key.data or ""),
            name=str(row.form.name.data),
            source=str(row.form.source.data or ""),
            from_grants=bool(row.form.from_grants.data),
            planned_vnd=row.form.planned.vnd or 0,
        )
        for row in form.lines
        if row.form.name.data
    )


def _typed(campaign: Campaign) -> dict[str, Any]:
    """A campaign as its form holds it."""
    plain = ("title", "legal_basis", "about", "about_en", "starts_on", "ends_on")
    numbers = ("per_hour", "remind_after_days", "link_days")
    return {
        **{name: getattr(campaign, name) for name in (*plain, *numbers)},
        "version": str(campaign.version),
        "office": _office(campaign),
        "goals": [{"of": one.of, "people": one.people} for one in campaign.goals],
        "needs": [one.need.public_id for one in campaign.needs],
        "policies": [one.policy.code for one in campaign.policies],
        "lines": [
            {
                "key": one.public_id,
                "name": one.name,
                "source": one.source,
                "planned": f"{one.planned_vnd:,}".replace(",", "."),
                "from_grants": one.from_grants,
            }
            for one in campaign.lines
        ],
        "milestones": [{"on": one.on, "text": one.text, "people": one.people} for one in campaign.milestones],
    }


def _office(campaign: Campaign) -> str:
    if campaign.organisation_id is None:
        return f"unit:{campaign.unit_path}"
    return f"organisation:{campaign.organisation.public_id}" if campaign.organisation else ""
