"""Proposing a decision for a person: which policy, the facts of the application, what the engine says, which groups.

The answer is shown before anything is proposed; what is proposed carries the fingerprint of the answer that was seen.
"""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_viewer, require
from registry.accounts.rules import Permission
from registry.grants import operations
from registry.grants.forms.proposal import proposal_form
from registry.grants.queries.answering import Answered, answered_by
from registry.grants.views.blueprint import bp, own_act
from registry.grants.views.blueprint import keep_read as keep_shown
from registry.grants.views.refusals import REFUSALS, put
from registry.needs.models import Need
from registry.needs.queries import RegisterFilter, get_need, needs_with_ids, register_ids
from registry.needs.rules import OPEN_STATES, NeedState
from registry.offers.queries.asked import asked_rows
from registry.offers.queries.sheet import answers_for
from registry.offers.rules.asking import asking
from registry.people.views.loading import Opened, open_person
from registry.policies.models import PolicyVersion
from registry.policies.queries.law import law_of
from registry.policies.queries.versions import policy_of, version_numbered
from registry.policies.rules import Applicability, FactKind, Law, PolicyRefused, Words
from registry.policies.rules.states import VersionState
from registry.policies.views.answered import need_words
from registry.policies.views.naming import EVERYWHERE, PageNames, scope_words
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

_MOST_NEEDS = 200
_COUNTRIES = frozenset({"nationality", "residence_country"})
_LONGEST_NUMBER = 6


@dataclass(frozen=True)
class _Proposal:
    """A person, perhaps a need, and the version that is to be asked."""

    opened: Opened
    need: Need | None
    version: PolicyVersion
    law: Law


@bp.get("/ung-vien/<ma>/ho-tro/chon")
@require(Permission.GRANTS_DECIDE)
def choose(ma: str) -> ResponseReturnValue:
    """Every published version with what it says about the person and the need, to choose one."""
    opened = open_person(ma)
    need = _need(request.args.get("nhu-cau", ""))
    found = answers_for(opened.session, opened.person, need, {}, on=opened.on)
    names, ours = PageNames(opened.session, [version for version, _said in found]), _own_places()
    lines = [_line(version, said, names, ours) for version, said in found]
    page = render_template(
        "grants/choose.html",
        opened=opened,
        need=need,
        needs=_needs(opened),
        lines=sorted(lines, key=lambda line: line["rank"]),
    )
    keep_shown("de-xuat", [ma])
    return page


def _own_places() -> frozenset[str]:
    """Codes of the places that the viewer decides for, and of what they lie in."""
    scopes = current_viewer().scopes_for(Permission.GRANTS_DECIDE)
    return frozenset(code for one in scopes for code in one.unit_path.split("/") if code) | {EVERYWHERE}


def _line(version: PolicyVersion, said: Any, names: PageNames, ours: frozenset[str]) -> dict[str, Any]:
    titles = {one.code: one.title for one in said.groups}
    unknown = [one.title for one in said.groups if one.state.value == "unknown"]
    applies = said.applicable is Applicability.YES
    granted = [titles[one] for one in said.granted]
    is_far = bool(version.scope) and ours.isdisjoint(one.unit_code for one in version.scope)
    return {
        "version": version,
        "code": version.policy.code,
        "applies": applies,
        "reason": said.reason,
        "granted": granted,
        "unknown": unknown,
        "places": "; ".join(scope_words(names, version)),
        "rank": (not applies, is_far, not granted, not unknown, version.policy.code, version.number),
    }


def _needs(opened: Opened) -> list[Need]:
    states = frozenset({*OPEN_STATES, NeedState.FILLED})
    wanted = register_ids(opened.session, current_viewer(), RegisterFilter(states=states))
    return needs_with_ids(opened.session, current_viewer(), wanted[:_MOST_NEEDS])


def _words(session: Session) -> Words:
    """What is frozen is said in Vietnamese, whatever the language of the page."""
    return Words(PageNames(session))


def _need(ma: str) -> Need | None:
    """The need of an address; one the viewer may not see is as none that exists."""
    if not ma:
        return None
    found = get_need(db_session(), current_viewer(), ma)
    if found is None or found.state is NeedState.DRAFT:
        raise NotVisible
    return found


@bp.route("/ung-vien/<ma>/ho-tro/de-xuat/<chinh_sach>/<ban>", methods=["GET", "POST"])
@require(Permission.GRANTS_DECIDE)
def propose(ma: str, chinh_sach: str, ban: str) -> ResponseReturnValue:
    """The facts, the answer, the groups; sent with «then=propose» it is proposed, else computed anew."""
    opened = open_person(ma)
    policy = policy_of(opened.session, chinh_sach)
    number = int(ban) if ban.isdecimal() and len(ban) <= _LONGEST_NUMBER else 0
    version = None if policy is None else version_numbered(policy, number)
    if version is None or version.state is not VersionState.PUBLISHED:
        raise NotVisible
    about = _Proposal(opened, _need(request.args.get("nhu-cau", "")), version, law_of(opened.session))
    form = _form(about)
    if request.method != "POST":
        form.decided_on.data = opened.on
        return _page(about, form)
    if not form.validate():
        return _page(about, form), 422
    if request.form.get("then") != "propose":
        return _page(about, form, is_new=True)
    return _propose(about, form)


def _form(about: _Proposal) -> Any:
    opened = about.opened
    read = about.law.versions[f"{about.version.policy.code}@{about.version.number}"]
    rows = asked_rows(opened.session, opened.person, about.need, {}, on=opened.on)
    known = {name for part in ("person", "post") for name in _names(rows[part])}
    if "born" in known:
        known.add("age_on")
    asked = asking([read])
    places = PageNames(opened.session)
    names = {
        code: places.unit(code) if "@" in code else places.country(code)
        for one in asked.facts
        if one.fact.kind is FactKind.UNIT or one.fact.key in _COUNTRIES
        for code in one.codes
    }
    form = proposal_form(read, asked, known, names)()
    form["groups"].flags.required = True
    return form


def _names(rows: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for key, value in rows.items():
        found.append(key)
        if isinstance(value, dict):
            found += [f"{key}:{part}" for part in value]  # pyright: ignore[reportUnknownVariableType]
    return found


def _propose(about: _Proposal, form: Any) -> ResponseReturnValue:
    opened = about.opened
    rows = _rows(about, form)
    try:
        made = operations.propose_decision(
            opened.session,
            opened.person,
            about.need,
            about.version,
            rows,
            list(form.groups.data or []),
            own_act(),
            ground=form.ground.data or "",
            seen=request.form.get("seen", ""),
            words=_words(opened.session),
        )
    except (operations.NotPossible, *REFUSALS) as refused:
        opened.session.rollback()
        if isinstance(refused, operations.NotPossible):
            raise NotVisible from None
        put(form, refused)
        again = open_person(about.opened.person.public_id)
        return _page(_again(about, again), form), 422
    opened.session.commit()
    flash(_("Đã đề xuất. Người khác có quyền duyệt sẽ quyết định."), "ok")
    return redirect(url_for(".decision", ma=made.public_id), 303)


def _again(about: _Proposal, opened: Opened) -> _Proposal:
    need = None if about.need is None else _need(about.need.public_id)
    policy = policy_of(opened.session, about.version.policy.code)
    version = None if policy is None else version_numbered(policy, about.version.number)
    if version is None:
        raise NotVisible
    return _Proposal(opened, need, version, law_of(opened.session))


def _rows(about: _Proposal, form: Any) -> dict[str, Any]:
    opened = about.opened
    return asked_rows(
        opened.session, opened.person, about.need, form.rows(), on=form.decided_on.data or opened.on
    )


def _page(about: _Proposal, form: Any, *, is_new: bool = False) -> str:
    """`is_new`: the facts were just changed, so that the groups follow the new answer."""
    answered = _answered(about, form)
    if answered is not None and (is_new or request.method != "POST"):
        form.groups.data = list(answered.said.granted)
    page = render_template(
        "grants/propose.html",
        about=about,
        opened=about.opened,
        form=form,
        facts=[form.field_of(one) for one in form.wanted],
        need_words=need_words,
        answer=None if answered is None else answered.frozen["answer"],
        applies=answered is not None and answered.said.applicable is Applicability.YES,
        seen="" if answered is None else answered.mark,
    )
    keep_shown("de-xuat", [about.opened.person.public_id])
    return page


def _answered(about: _Proposal, form: Any) -> Answered | None:
    """What the engine says to the facts as typed; nothing while they cannot be read."""
    try:
        rows = _rows(about, form)
        return answered_by(
            about.opened.session,
            about.version,
            rows,
            [],
            law=about.law,
            words=_words(about.opened.session),
        )
    except (PolicyRefused, ValueError):
        return None
