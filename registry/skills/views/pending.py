"""The queue of kept texts: one click makes a text another name, a new concept, or nothing worth naming."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.skills import forms, operations, queries
from registry.skills.models import PendingTerm, Skill
from registry.skills.operations import Refused
from registry.skills.queries import Wanted
from registry.skills.resolver import resolve
from registry.skills.rules import PendingState
from registry.skills.views.blueprint import bp, found_skill, last_told, may_curate, owners, saved
from registry.skills.views.choosing import chosen_concept
from registry.skills.views.names import form_of, refused_label
from registry.skills.views.refusals import holder_of, sentence_of
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.paging import PAGE_SIZE, Page, page_number

# Beside a pending term: at most so many concepts, each at least so likely (of 100).
_MOST_NEAR, _NEAR = 3, 15.0


@bp.get("/cho-duyet")
@require(Permission.SKILLS_READ)
def pending() -> ResponseReturnValue:
    """Texts that named no concept, the most frequent first, each with the concepts nearest to it."""
    session = db_session()
    number = page_number(request.args.get("trang"))
    terms, total = queries.pending_list(session, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    words = queries.recent_vocabulary(session)
    nearest = {
        term.id: [one for one in resolve(term.text, words).candidates if one.score >= _NEAR][:_MOST_NEAR]
        for term in terms
    }
    codes = [candidate.skill for candidates in nearest.values() for candidate in candidates]
    return render_template(
        "skills/pending.html",
        page=Page(terms, number, total),
        nearest=nearest,
        named=queries.skills_by_code(session, codes),
        places=forms.PENDING_PLACES,
        may_curate=may_curate(),
        last=last_told(session),
    )


@bp.get("/cho-duyet/<ma>")
@require(Permission.SKILLS_READ)
def seen_in(ma: str) -> ResponseReturnValue:
    """The profiles and the needs that hold the text now, as far as the viewer may see them."""
    session = db_session()
    term = _found(session, ma)
    return render_template(
        "skills/seen_in.html",
        term=term,
        owners=owners(session, Wanted(term_ids=frozenset({term.id}))),
        places=forms.PENDING_PLACES,
        may_curate=may_curate() and term.state is PendingState.WAITING,
    )


@bp.post("/cho-duyet/<ma>/ten-goi")
@require(Permission.SKILLS_CURATE)
def label_term(ma: str) -> ResponseReturnValue:
    """Make the text another name of a concept that was offered."""
    session = db_session()
    term = _found(session, ma)
    return _label(session, term, found_skill(session, request.form.get("skill", "")))


@bp.route("/cho-duyet/<ma>/ky-nang-khac", methods=["GET", "POST"])
@require(Permission.SKILLS_CURATE)
def choose_for_term(ma: str) -> ResponseReturnValue:
    """Make the text another name of a concept that is looked for."""
    session = db_session()
    term = _found(session, ma)
    form = forms.ChoosingForm()
    if request.method != "POST":
        return _choose_page(form, term)
    skill = chosen_concept(session, form, form.concept) if form.validate() else None
    if skill is None:
        return _choose_page(form, term), 422
    return _label(session, term, skill)


@bp.post("/cho-duyet/<ma>/bo-qua")
@require(Permission.SKILLS_CURATE)
def ignore_term(ma: str) -> ResponseReturnValue:
    """Stop asking about the text."""
    session = db_session()
    term = _found(session, ma)
    try:
        operations.ignore_term(session, term, by=current_account().id, at=now())
    except Refused as refused:
        return _overtaken(session, refused)
    return saved(session, _queue())


def _label(session: Session, term: PendingTerm, skill: Skill) -> ResponseReturnValue:
    try:
        operations.label_term(session, term, skill, by=current_account().id, at=now())
    except operations.NotWaiting as refused:
        return _overtaken(session, refused)
    except Refused as refused:
        if holder_of(refused) is None:
            return _overtaken(session, refused)
        return refused_label(session, form_of(term.text), skill, refused, term)
    return saved(session, _queue())


def _overtaken(session: Session, refused: Refused) -> ResponseReturnValue:
    words = sentence_of(refused)
    session.rollback()
    flash(words, "info")
    return redirect(_queue(), 303)


def _queue() -> str:
    """The page of the queue the curator came from."""
    number = page_number(request.args.get("trang"))
    return url_for("skills.pending", trang=number) if number > 1 else url_for("skills.pending")


def _found(session: Session, ma: str) -> PendingTerm:
    term = queries.term_named(session, ma)
    if term is None:
        raise NotVisible
    return term


def _choose_page(form: Any, term: PendingTerm) -> str:
    return render_template("skills/choose.html", form=form, term=term)
