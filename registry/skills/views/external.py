"""Concepts of other catalogues: listed by state, tied to a concept or put aside by a curator."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.skills import forms, operations, queries
from registry.skills.models import ExternalConcept
from registry.skills.operations import Refused
from registry.skills.rules import ExternalScheme, ExternalState
from registry.skills.views.blueprint import bp, last_told, may_curate, saved, shown
from registry.skills.views.choosing import chosen_concept
from registry.skills.views.refusals import sentence_of
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.paging import PAGE_SIZE, Page, page_number


@bp.get("/danh-muc-ngoai")
@require(Permission.SKILLS_READ)
def external() -> ResponseReturnValue:
    """The concepts of other catalogues in one state, those that need a decision first."""
    session = db_session()
    number = page_number(request.args.get("trang"))
    counts = queries.external_counts(session)
    state = _state(request.args.get("trang-thai"), counts)
    wanted = request.args.get("nguon", "")
    scheme = ExternalScheme(wanted) if wanted in set(ExternalScheme) else None
    search = request.args.get("tim", "")[:200]
    rows, total = queries.external_list(
        session, state, scheme=scheme, search=search, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    args = {"trang-thai": state.value, "nguon": wanted if scheme else "", "tim": search}
    return render_template(
        "skills/external.html",
        page=Page(rows, number, total),
        state=state,
        counts=counts,
        search=search,
        args={name: value for name, value in args.items() if value},
        states=forms.EXTERNAL_STATES,
        schemes=forms.SCHEMES,
        may_curate=may_curate(),
        last=last_told(session),
    )


@bp.route("/danh-muc-ngoai/<ma>/gan", methods=["GET", "POST"])
@require(Permission.SKILLS_CURATE)
def accept_external(ma: str) -> ResponseReturnValue:
    """Tie a concept of another catalogue to one of ours."""
    session = db_session()
    found = _found(session, ma)
    form = forms.ChoosingForm(data={"concept": found.label})
    if request.method != "POST":
        return _page(form, found)
    skill = chosen_concept(session, form, form.concept) if form.validate() else None
    if skill is None:
        return _page(form, found), 422
    try:
        operations.accept_external(session, found, skill, by=current_account().id, at=now())
    except Refused as refused:
        field: Any = form.concept
        field.errors = [sentence_of(refused)]
        answer = _page(form, found)
        session.rollback()
        return answer, 422
    return saved(session, shown(skill))


@bp.post("/danh-muc-ngoai/<ma>/bo")
@require(Permission.SKILLS_CURATE)
def refuse_external(ma: str) -> ResponseReturnValue:
    """Put a concept of another catalogue aside, and off the concept it was tied to."""
    session = db_session()
    found = _found(session, ma)
    address = url_for("skills.external") if found.skill is None else shown(found.skill)
    operations.refuse_external(session, found, by=current_account().id, at=now())
    return saved(session, address)


def _state(value: str | None, counts: dict[ExternalState, int]) -> ExternalState:
    """The state asked for, else the first that has something to decide."""
    if value in set(ExternalState):
        return ExternalState(value)
    waiting = (ExternalState.AMBIGUOUS, ExternalState.UNMATCHED)
    return next((state for state in waiting if counts.get(state)), ExternalState.MATCHED)


def _found(session: Session, ma: str) -> ExternalConcept:
    found = queries.external_named(session, ma)
    if found is None:
        raise NotVisible
    return found


def _page(form: Any, found: ExternalConcept) -> str:
    return render_template("skills/external_choose.html", form=form, external=found, schemes=forms.SCHEMES)
