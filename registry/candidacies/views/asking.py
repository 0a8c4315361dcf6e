"""Asking experts about a candidacy: who may be asked, asking, asking no more (CA-11)."""

from dataclasses import replace

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry import formats
from registry.accounts.access import current_viewer, require
from registry.accounts.rules import Permission
from registry.candidacies import operations, queries
from registry.candidacies.forms.office import AskForm
from registry.candidacies.views.blueprint import (
    REFUSALS,
    Case,
    bp,
    decidable_case,
    grounds_words,
    papers,
    refusal,
)
from registry.candidacies.views.deciding import done
from registry.matching.views.blueprint import record_shown
from registry.people.queries import display_name
from registry.web.choices import choices
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.get("/ung-tuyen/<ma>/phan-bien")
@require(Permission.CANDIDACIES_DECIDE)
def experts(ma: str) -> ResponseReturnValue:
    """Experts who know what the need asks for."""
    return _page(decidable_case(ma), None)


@bp.post("/ung-tuyen/<ma>/phan-bien")
@require(Permission.CANDIDACIES_DECIDE)
def ask(ma: str) -> ResponseReturnValue:
    """Ask one of them until a day."""
    case = decidable_case(ma)
    form = AskForm()
    offered, _left_out = _experts(case)
    form.expert.choices = choices((one.person.public_id, "") for one in offered)
    form.today = case.on
    if not form.validate() or form.due_on.data is None:
        return _page(case, form), 422
    chosen = next(one.person for one in offered if one.person.public_id == form.expert.data)
    try:
        opinion = operations.ask_expert(
            case.session,
            case.candidacy,
            chosen,
            question=form.question.data or "",
            due_on=form.due_on.data,
            by=case.by,
            at=case.at,
        )
    except REFUSALS as refused:
        case.session.rollback()
        form.expert.errors = [refusal(refused)]
        return _page(decidable_case(ma), form), 422
    operations.tell_expert(case.session, opinion, papers(case.session), at=case.at)
    case.session.commit()
    flash(_("Đã gửi câu hỏi cho chuyên gia."), "ok")
    return redirect(url_for(".case_page", ma=ma, _anchor="phan-bien"), 303)


@bp.post("/ung-tuyen/<ma>/phan-bien/<y_kien>/thoi")
@require(Permission.CANDIDACIES_DECIDE)
def ask_no_more(ma: str, y_kien: str) -> ResponseReturnValue:
    """Take a question back that was not answered."""
    case = decidable_case(ma)
    opinions = queries.opinions_on(case.session, case.candidacy)
    opinion = next((one for one in opinions if one.public_id == y_kien), None)
    if opinion is None:
        raise NotVisible
    return done(
        case,
        lambda: operations.cancel_opinion(case.session, opinion, by=case.by, at=case.at),
        _("Đã thôi hỏi ý kiến này."),
    )


def _experts(case: Case) -> tuple[list[queries.Offered], list[queries.Offered]]:
    viewer = current_viewer().limited_to(Permission.MATCHING_READ)
    return queries.experts_for(case.session, viewer, case.candidacy, on=case.on)


def _page(case: Case, form: AskForm | None) -> str:
    offered, left_out = _experts(case)
    names = replace(case.names, introduced=frozenset())
    shown = AskForm() if form is None else form
    shown.expert.choices = choices(
        (
            one.person.public_id,
            _(
                "%(name)s: %(points)s điểm theo kỹ năng của nhu cầu",
                name=display_name(one.person, names),
                points=formats.points(one.points),
            ),
        )
        for one in offered
    )
    record_shown(
        "candidacy.experts", [one.person.public_id for one in (*offered, *left_out)], need=case.need.public_id
    )
    return render_template(
        "candidacies/experts.html",
        ma=case.candidacy.public_id,
        need=case.need,
        name=case.name,
        form=shown,
        offered=offered,
        headlines={one.person.public_id: one.person.headline for one in offered if one.person.headline},
        left_out=[(display_name(one.person, names), grounds_words(one.grounds)) for one in left_out],
    )
