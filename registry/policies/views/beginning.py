"""A policy from nothing, and the page on which a draft is composed."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.policies import operations
from registry.policies.forms.parts import NewPolicyForm, scope_rows
from registry.policies.operations import CodeTaken, VersionsOverlap
from registry.policies.operations.versions import refuse_overlap
from registry.policies.queries.checking import refuse_unready
from registry.policies.queries.documents import document_names, document_of
from registry.policies.queries.law import parameters_alone
from registry.policies.queries.versions import content_of
from registry.policies.rules import data_edits
from registry.policies.rules.benefits import Benefit
from registry.policies.rules.data_edits import Part, Row, RuleOf, Seat
from registry.policies.rules.facts import DEGREES
from registry.policies.rules.policy import Law, Version
from registry.policies.rules.reading import read_version
from registry.policies.rules.refusals import PolicyRefused
from registry.policies.views import sums
from registry.policies.views.administration import version_line
from registry.policies.views.blueprint import Opened, bp, not_possible, opened_version
from registry.policies.views.composing import finder, is_draft, mark, show_problems
from registry.policies.views.naming import PageNames, page_words, scope_words
from registry.policies.views.sentences import Sentences
from registry.policies.views.telling import commitment_words, told
from registry.policies.views.words import overlap_words
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

_DAYS = ("effective_from", "effective_to", "apply_from", "apply_to")


@bp.route("/chinh-sach/quan-tri/lap-moi", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def begin() -> ResponseReturnValue:
    """A policy nobody has entered yet: what it is, where and when it holds, its first group."""
    session = db_session()
    form = NewPolicyForm()
    form.offer(document_names(session))
    form.scope.look_with(finder(session), PageNames(session).unit, everywhere=True)
    if request.method != "POST":
        return _begin_page(form)
    if not form.validate():
        return _begin_page(form), 422
    try:
        made = _made(session, form)
    except CodeTaken:
        session.rollback()
        form.code.errors = [_("Đã có chính sách mang mã này. Đặt mã khác")]
        return _begin_page(form), 422
    except PolicyRefused as refused:
        session.rollback()
        show_problems(form, refused)
        return _begin_page(form), 422
    flash(_("Đã lập bản nháp. Soạn tiếp các nhóm và điều kiện."), "ok")
    return redirect(url_for(".compose", ma=made, ban=1), 303)


def _begin_page(form: NewPolicyForm) -> str:
    return render_template("policies/begin.html", form=form)


def _made(session: Session, form: NewPolicyForm) -> str:
    document = document_of(session, form.document.data)
    if document is None:
        raise NotVisible
    group = {"code": data_edits.new_code(str(form.group_title.data), ()), "title": form.group_title.data}
    if form.group_clause.data:
        group["clause"] = form.group_clause.data
    facts: dict[str, Any] = {
        "document": document.code,
        "title": form.title.data,
        "purpose": form.purpose.data,
        "scope": scope_rows(form.scope.data),
        "stacking": "highest_only",
        **{name: None if form[name].data is None else form[name].data.isoformat() for name in _DAYS},
    }
    data = data_edits.blank_version(str(form.code.data), facts, group)
    made = operations.begin_policy(session, data, document=document, by=current_account().id, at=now())
    session.commit()
    return made.policy.code


@bp.get("/chinh-sach/quan-tri/<ma>/<ban>/soan")
@require(Permission.POLICIES_WRITE)
def compose(ma: str, ban: str) -> ResponseReturnValue:
    """The whole of a draft as sentences, each part with its form."""
    opened = opened_version(ma, ban)
    if not is_draft(opened):
        return not_possible(opened)
    data = content_of(opened.version)
    read = read_version(data)
    law, said = parameters_alone(opened.session), Sentences(page_words(opened.session), data)
    about_all = told(read, law, page_words(opened.session), today())
    version = opened.version
    return render_template(
        "policies/compose.html",
        version=version,
        line=version_line(version, today()),
        code=opened.ma,
        places=scope_words(PageNames(opened.session, [version]), version),
        groups=[_group_line(one, data, read, law, said) for one in data_edits.groups_of(data)],
        common={"sentence": said.rule(data.get("common")), "seat": str(Seat(RuleOf.COMMON))},
        exclusions=_rows(data, Part.EXCLUSION, said, [one for one, _clause in about_all.exclusions]),
        modifiers=_rows(data, Part.MODIFIER, said, about_all.modifiers),
        extra=_benefit_lines(data.get("extra_benefits") or [], read, law, said),
        ladder=_ladder_words(read),
        stacking=about_all.stacking or _("Chỉ có một nhóm."),
        transition=about_all.transition,
        yearly_list=read.yearly_list or "",
        repayment=" ".join(about_all.repayment),
        missing=_missing(opened),
        step=version.before_step,
        seen=version.version,
    )


def _group_line(row: Row, data: Row, read: Version, law: Law, said: Sentences) -> dict[str, Any]:
    group = next(one for one in read.groups if one.code == row["code"])
    ordered = data_edits.groups_of(data)
    return {
        "row": row,
        "seen": mark(row),
        "sentence": said.rule(row.get("rule")),
        "seat": str(Seat(RuleOf.GROUP, row["code"])),
        "commitment": commitment_words(group.commitment),
        "benefits": _benefit_lines(row.get("benefits") or [], read, law, said),
        "may_rise": ordered[0] is not row,
        "may_sink": ordered[-1] is not row,
    }


def _benefit_lines(rows: list[Row], read: Version, law: Law, said: Sentences) -> list[dict[str, Any]]:
    known: dict[str, Benefit] = {one.code: one for one in read.benefits}
    return [
        {
            "row": row,
            "seen": mark(row),
            "said": sums.said(known[row["code"]], law, today()),
            "sentence": said.rule(row.get("rule")),
            "seat": str(Seat(RuleOf.BENEFIT, row["code"])),
            "may_rise": number > 0,
            "may_sink": number < len(rows) - 1,
        }
        for number, row in enumerate(rows)
    ]


def _rows(data: Row, part: Part, said: Sentences, texts: list[str]) -> list[dict[str, Any]]:
    rows: list[Row] = data.get(data_edits.LISTS[part]) or []
    return [
        {
            "number": number,
            "row": row,
            "seen": mark(row),
            "text": text,
            "sentence": said.rule(row.get("rule")),
            "seat": str(Seat(RuleOf(part.value), str(number))),
            "may_rise": number > 1,
            "may_sink": number < len(rows),
        }
        for number, (row, text) in enumerate(zip(rows, texts, strict=True), 1)
    ]


def _ladder_words(read: Version) -> str:
    return " < ".join(" = ".join(_(DEGREES[one]) for one in step) for step in read.ladder)


def _missing(opened: Opened) -> list[str]:
    """What stands against asking for approval."""
    found: list[str] = []
    try:
        refuse_unready(opened.session, opened.version, on=today())
    except PolicyRefused as refused:
        found += [str(one) for one in refused.problems]
    try:
        refuse_overlap(opened.version)
    except VersionsOverlap as overlap:
        found.append(overlap_words(overlap))
    return found
