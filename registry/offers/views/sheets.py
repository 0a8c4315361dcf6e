"""«Phiếu đề xuất»: what may be offered to a person for a need on a day, worked out, kept, opened again."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, require, whole_viewer
from registry.accounts.queries import known_by
from registry.accounts.rules import Permission
from registry.matching.views.blueprint import visible_need
from registry.needs.queries.post_facts import post_facts_of
from registry.needs.views.register import head_of
from registry.offers.forms import ApplicationForm
from registry.offers.models import OfferSheet
from registry.offers.operations import keep_sheet
from registry.offers.queries.sheets import sheet_content_of, sheet_of, sheets_of_need
from registry.offers.rules.asking import RECORDED, Asking, Wanted, asking
from registry.offers.views.blueprint import Pair, bp, keep_read, opened_pair, withheld_for, worked_out
from registry.offers.views.telling import told_sheet
from registry.people.queries import display_name
from registry.people.views.introduced import in_need
from registry.policies.queries.ready import ReadyLaw
from registry.policies.rules import Applicability, Asked, PolicyRefused, Source, Version
from registry.policies.rules.applying import applicability
from registry.policies.rules.withheld import conditions_on
from registry.policies.views.answered import page_law
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

_KEEP = "luu"


@bp.get("/nhu-cau/<ma>/de-xuat/<nguoi>")
@require(Permission.MATCHING_READ)
def sheet(ma: str, nguoi: str) -> ResponseReturnValue:
    """What policies say of the pair today, and what is to be entered to know more."""
    pair, law = opened_pair(ma, nguoi), page_law()
    page = _page(pair, law, _form(pair, law, pair.on, is_sent=False), worked_out(pair, law, {}, pair.on))
    keep_read(pair.by, pair.person.public_id, "phieu-de-xuat", pair.at, pair.need.public_id)
    return page


@bp.post("/nhu-cau/<ma>/de-xuat/<nguoi>")
@require(Permission.MATCHING_DECIDE)
def work_out(ma: str, nguoi: str) -> ResponseReturnValue:
    """Work the sheet out with what was entered, or keep it as it is then."""
    pair, law = opened_pair(ma, nguoi), page_law()
    day = ApplicationForm().decided_on.data or pair.on
    form = _form(pair, law, day, is_sent=True)
    if not form.validate():
        return _page(pair, law, form, worked_out(pair, law, {}, pair.on)), 422
    try:
        content = worked_out(pair, law, form.rows(), day)
    except PolicyRefused as refused:
        return _page(pair, law, form, worked_out(pair, law, {}, pair.on), str(refused)), 422
    if request.form.get("viec") != _KEEP:
        return _page(pair, law, form, content)
    row = keep_sheet(pair.session, pair.person, pair.need, content, by=pair.by, at=pair.at)
    pair.session.commit()
    flash(_("Đã lưu phiếu. Phiếu này không đổi nữa."), "ok")
    return redirect(url_for(".kept", ma=row.public_id), 303)


def _form(pair: Pair, law: ReadyLaw, day: date, *, is_sent: bool) -> ApplicationForm:
    """The form of what the versions that hold there and then ask for and the record does not know."""
    post = post_facts_of(pair.session, [pair.need], on=day)[pair.need.id]
    asked = asking(_holding(post, law, day))
    facts = _to_ask(asked, pair.withheld, post)
    names = {code: law.words.code(one.fact, code) for one in facts for code in one.codes}
    made = ApplicationForm.asking(asked, facts, names)
    return made() if is_sent else made(formdata=None, data={"decided_on": day})


def _holding(post: Mapping[str, Any], law: ReadyLaw, day: date) -> list[Version]:
    units = frozenset[str](post.get("units", ()))
    asked = Asked(applied_on=day, decided_on=day)
    return [
        ready.version
        for _row, ready in law.versions
        if applicability(ready.version, ready.days, asked, units)
        in (Applicability.YES, Applicability.AFTER_APPLY_WINDOW)
    ]


def _to_ask(asked: Asking, withheld: frozenset[str], post: Collection[str]) -> tuple[Wanted, ...]:
    """Facts of the application and the post, and those of a person that a record has no place for."""
    hidden = conditions_on(withheld)
    return tuple(
        one
        for one in asked.facts
        if (one.fact.source is not Source.PERSON or one.name not in RECORDED)
        and one.fact.key not in hidden
        and one.name not in post
    )


def _page(
    pair: Pair, law: ReadyLaw, form: ApplicationForm, content: dict[str, Any], refused: str = ""
) -> str:
    return render_template(
        "offers/sheet.html",
        **head_of(pair.need),
        need=pair.need,
        tab="offers",
        person=pair.person,
        name=pair.name,
        form=form,
        refused=refused,
        told=told_sheet(content, law.words),
        may_decide=whole_viewer().can(
            Permission.MATCHING_DECIDE, at=(pair.need.unit_path, pair.need.organisation_path)
        ),
    )


@bp.get("/de-xuat/<ma>")
@require(Permission.MATCHING_READ)
def kept(ma: str) -> ResponseReturnValue:
    """A sheet as it was kept."""
    row = opened_sheet(ma)
    content = readable_content(row)
    law, account = page_law(), current_account()
    page = render_template(
        "offers/kept.html",
        **head_of(row.need),
        need=row.need,
        tab="offers",
        row=row,
        name=name_on(row),
        content=content,
        told=None if content is None else told_sheet(content, law.words),
        who=known_by(db_session(), [row.made_by_id]).get(row.made_by_id, ("", ""))[1],
    )
    keep_read(account.id, row.person.public_id, "phieu-de-xuat", now(), row.need.public_id)
    return page


def opened_sheet(ma: str) -> OfferSheet:
    """The sheet of an address. Raises NotVisible, also for whoever may not read policies."""
    row = sheet_of(db_session(), current_viewer(), ma, on=today())
    if row is None or not whole_viewer().can(Permission.POLICIES_READ):
        raise NotVisible
    return row


def name_on(row: OfferSheet) -> str:
    """What stands for the person of a sheet, for whoever looks now."""
    return display_name(row.person, in_need(current_viewer(), row.need.public_id))


def readable_content(row: OfferSheet) -> dict[str, Any] | None:
    """The content of a sheet; None where it was made from facts that this viewer may not read. Raises Altered."""
    content = sheet_content_of(db_session(), row)
    hidden = withheld_for(row.person, in_need(current_viewer(), row.need.public_id))
    return content if hidden <= set(content["withheld"]) else None


@bp.get("/nhu-cau/<ma>/de-xuat")
@require(Permission.MATCHING_READ)
def of_need(ma: str) -> ResponseReturnValue:
    """The sheets that were kept for a need, newest first."""
    session, need = db_session(), visible_need(db_session(), ma)
    if not whole_viewer().can(Permission.POLICIES_READ):
        raise NotVisible
    rows = sheets_of_need(session, current_viewer(), need, on=today())
    names = known_by(session, [one.made_by_id for one in rows])
    return render_template(
        "offers/of_need.html",
        **head_of(need),
        need=need,
        tab="offers",
        lines=[(one, name_on(one), names.get(one.made_by_id, ("", ""))[1]) for one in rows],
    )
