"""The people behind a number of the campaign, as far as the reader may see them; and the log of speaking to one."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from registry.accounts.access import current_account, current_viewer, may, require
from registry.accounts.rules import Permission, Viewer
from registry.campaigns.forms.answering import ANSWER
from registry.campaigns.forms.campaign import OutreachForm
from registry.campaigns.forms.words import STEP, WAITING, WAY
from registry.campaigns.models import Campaign, CampaignMember, OutreachAttempt
from registry.campaigns.operations.outreach import note_attempt
from registry.campaigns.queries.campaigns import names_of
from registry.campaigns.queries.overview import NeedResult, Overview, overview_of, waiting_of
from registry.campaigns.queries.results import Reached
from registry.campaigns.queries.sealed import words_of
from registry.campaigns.rules.funnel import Moments, Step, furthest, is_at
from registry.campaigns.rules.waiting import Waiting
from registry.campaigns.rules.words import OutreachWay
from registry.campaigns.views.blueprint import bp, head_of, page_of, record_shown, session_and
from registry.people.models import Person
from registry.people.queries import display_name, is_public_id
from registry.people.queries.visible import listed_condition
from registry.web.clock import now, today
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.paging import PAGE_SIZE, Page, page_number


def _eyes() -> Viewer:
    return current_viewer().limited_to(Permission.PEOPLE_READ)


@bp.get("/chien-dich/<ma>/nguoi")
@require(Permission.PEOPLE_READ)
def people(ma: str) -> ResponseReturnValue:
    """The people who came to a step, wait for something, came by a channel or for a need."""
    session, campaign = session_and(ma)
    if not may(Permission.PEOPLE_READ, campaign):
        raise NotVisible
    overview = overview_of(session, campaign, at=now())
    need = next((one for one in overview.needs if one.need.public_id == request.args.get("nhu-cau")), None)
    chosen, words, args = _chosen(overview, need)
    count = overview.count if need is None else need.count
    shown = _page_of(session, chosen, page_number(request.args.get("trang")), need)
    record_shown("campaign.people_listed", [row["ma"] for row in shown.rows], campaign)
    return render_template(
        "campaigns/people.html",
        **head_of(campaign, "people"),
        page=shown,
        counted=len(chosen),
        words=words,
        args={"ma": campaign.public_id, **args},
        narrowed={} if need is None else {"nhu-cau": need.need.public_id},
        need=None if need is None else need.need.title,
        steps=[(one.value, STEP[one], count(one)) for one in Step if count(one)],
        waiting=[(one.value, WAITING[one], count) for one, count in overview.waiting.items()],
    )


def _chosen(overview: Overview, need: NeedResult | None) -> tuple[list[Reached], list[str], dict[str, str]]:
    """The people an address asks for, what it asks in words, and its arguments. Of a need, its own steps count."""
    found, words, args = list(overview.people), list[str](), dict[str, str]()
    at, asked = now(), request.args
    if need is not None:
        found = [who for who in found if who.came_for(need.need.id)]
        words.append(need.need.title)
        args["nhu-cau"] = need.need.public_id
    if (step := asked.get("buoc", "")) in set(Step):
        found = [one for one in found if is_at(_moments(one, need), Step(step))]
        words.append(str(STEP[Step(step)]))
        args["buoc"] = step
    if (waits := asked.get("cho", "")) in set(Waiting):
        found = [one for one in found if Waiting(waits) in waiting_of(one, at)]
        words.append(str(WAITING[Waiting(waits)]))
        args["cho"] = waits
    for channel, _group in overview.channels:
        if channel.public_id == asked.get("kenh"):
            found = [who for who in found if who.channel_id == channel.id]
            words.append(channel.name)
            args["kenh"] = channel.public_id
    return found, words, args


def _moments(one: Reached, need: NeedResult | None) -> Moments:
    return one.moments if need is None else one.moments_for(need.need.id)


def _page_of(
    session: Session, chosen: Sequence[Reached], number: int, need: NeedResult | None
) -> Page[dict[str, Any]]:
    """One page of those the reader may see in lists, by name. Paused people and records out of scope are not there."""
    by_person = {one.person_id: one for one in chosen if one.person_id is not None}
    condition = listed_condition(_eyes(), on=today())
    rows = [
        (one.id, one)
        for one in session.scalars(
            select(Person)
            .where(condition, Person.id.in_(sorted(by_person)))
            .order_by(Person.name_sort_key, Person.id)
        )
    ]
    total = len(rows)
    number = max(1, min(number, -(-total // PAGE_SIZE) or 1))
    shown = rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    members = _members(session, [by_person[key].member_id for key, _person in shown])
    lines = [_line(session, person, by_person[key], members, need) for key, person in shown]
    return Page(rows=lines, total=total, number=number)


def _members(session: Session, ids: Sequence[int]) -> dict[int, CampaignMember]:
    wanted = select(CampaignMember).where(CampaignMember.id.in_(ids))
    with_names = wanted.options(selectinload(CampaignMember.channel), selectinload(CampaignMember.need))
    return {one.id: one for one in session.scalars(with_names)}


def _line(
    session: Session,
    person: Person,
    reached: Reached,
    members: dict[int, CampaignMember],
    need: NeedResult | None,
) -> dict[str, Any]:
    member = members[reached.member_id]
    last = furthest(_moments(reached, need))
    return {
        "ma": person.public_id,
        "name": display_name(person, _eyes()),
        "headline": person.headline,
        "step": "" if last is None else STEP[last],
        "answer": None if member.answer is None else ANSWER[member.answer],
        "answered_at": member.answered_at,
        "words": words_of(session, member),
        "need": None if member.need is None else member.need.title,
        "channel": member.channel.name,
        "member": member.public_id,
    }


@bp.get("/chien-dich/<ma>/nguoi/<nguoi>")
@require(Permission.PEOPLE_READ)
def outreach(ma: str, nguoi: str) -> ResponseReturnValue:
    """What was said with one person, and a form for the next time."""
    session, campaign = session_and(ma)
    member = _member_of(session, campaign, nguoi)
    record_shown("campaign.outreach_read", [nguoi], campaign)
    return _outreach_page(session, campaign, member, OutreachForm(formdata=None, data={"on": today()}))


@bp.post("/chien-dich/<ma>/nguoi/<nguoi>")
@require(Permission.CAMPAIGNS_WRITE)
def note_outreach(ma: str, nguoi: str) -> ResponseReturnValue:
    """Note an attempt."""
    session, campaign = session_and(ma, to_write=True)
    member, form = _member_of(session, campaign, nguoi), OutreachForm()
    if not form.validate() or form.on.data is None:
        return _outreach_page(session, campaign, member, form), 422
    note_attempt(
        session,
        member,
        OutreachWay(form.way.data),
        on=form.on.data,
        words=str(form.words.data or ""),
        role=str(form.role.data or ""),
        next_on=form.next_on.data,
        by=current_account().id,
        at=now(),
    )
    session.commit()
    flash(_("Đã ghi lần liên hệ."), "ok")
    return redirect(page_of(campaign, "outreach", nguoi=nguoi), 303)


def _member_of(session: Session, campaign: Campaign, public_id: str) -> CampaignMember:
    """A person of the campaign whom the viewer may see. Raises NotVisible."""
    if not may(Permission.PEOPLE_READ, campaign) or not is_public_id(public_id):
        raise NotVisible
    condition = listed_condition(_eyes(), on=today())
    found = session.scalar(
        select(CampaignMember)
        .join(Person, Person.id == CampaignMember.person_id)
        .where(condition, CampaignMember.campaign_id == campaign.id, Person.public_id == public_id)
    )
    if found is None:
        raise NotVisible
    return found


def _outreach_page(session: Session, campaign: Campaign, member: CampaignMember, form: OutreachForm) -> str:
    attempts = session.scalars(
        select(OutreachAttempt)
        .where(OutreachAttempt.member_id == member.id)
        .order_by(OutreachAttempt.on.desc(), OutreachAttempt.id.desc())
    ).all()
    names = names_of(session, [one.by_id for one in attempts])
    assert member.person is not None  # noqa: S101 - it was found by its person
    return render_template(
        "campaigns/outreach.html",
        **head_of(campaign, "people"),
        form=form,
        ma=member.person.public_id,
        name=display_name(member.person, _eyes()),
        answer=None if member.answer is None else ANSWER[member.answer],
        answer_words=words_of(session, member),
        attempts=[
            {
                "on": one.on,
                "way": WAY[one.way],
                "words": words_of(session, one),
                "role": one.role,
                "next_on": one.next_on,
                "who": names.get(one.by_id or 0, ""),
            }
            for one in attempts
        ],
        back=page_of(campaign, "people"),
    )
