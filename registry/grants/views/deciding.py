"""One decision: what was asked and answered, who proposed it, and approving, refusing, revoking, taking back."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry import formats
from registry.accounts.access import current_viewer, proved_lately, require
from registry.accounts.queries import known_by
from registry.accounts.rules import Permission
from registry.grants import operations
from registry.grants.forms import acts as forms
from registry.grants.forms import words
from registry.grants.models import EligibilityDecision
from registry.grants.queries.listing import grant_of_decision
from registry.grants.queries.sealed import Tampered, frozen_of, ground_of, words_of
from registry.grants.rules import DecisionState, GrantState, decision_standing
from registry.grants.views.blueprint import (
    Opened,
    OpenedGrant,
    bp,
    day,
    done,
    home_of,
    keep_read,
    kept,
    not_possible,
    open_decision,
    shown_name,
)
from registry.grants.views.refusals import REFUSALS, put
from registry.needs.queries import get_need
from registry.policies.views.answered import need_words
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l


@bp.get("/ho-tro/quyet-dinh/<ma>")
@require(Permission.GRANTS_READ)
def decision(ma: str) -> ResponseReturnValue:
    """The decision with its frozen answer, clause by clause."""
    opened = open_decision(ma)
    found = opened.decision
    grant = grant_of_decision(opened.session, found)
    names = _names(opened)
    page = render_template(
        "grants/decision.html",
        found=found,
        head=head_of(found),
        need_words=need_words,
        answer=_frozen(opened),
        ground=ground_of(opened.session, found),
        grant=grant,
        standing=standing_of(
            found, opened, is_used=grant is not None and grant.state is not GrantState.PLANNED
        ),
        proposer=names.get(found.proposed_by_id, ("", ""))[1],
        decider=names.get(found.decided_by_id or 0, ("", ""))[1],
        steps=_steps(opened, names),
        need=None if found.need is None else get_need(opened.session, current_viewer(), found.need.public_id),
        may=_may(opened, grant is None or grant.state is GrantState.PLANNED),
    )
    keep_read("quyet-dinh", [found.person.public_id])
    return page


def head_of(found: EligibilityDecision) -> dict[str, Any]:
    """What every page of a decision says on top."""
    version = found.policy_version
    return {
        "name": shown_name(found.person),
        "person": found.person,
        "title": version.title,
        "version": _("phiên bản %(number)s", number=version.number),
        "policy": version.policy.code,
        "number": version.number,
        "decided_on": day(found.decided_on),
        "expires_on": day(found.expires_on),
    }


def standing_of(found: EligibilityDecision, opened: Opened, *, is_used: bool) -> tuple[Any, str]:
    """(words, kind of tag) of a decision today."""
    state = decision_standing(found.state, found.expires_on, opened.act.on, is_used=is_used)
    return words.DECISION[state], words.DECISION_TAG[state]


def _frozen(opened: Opened) -> dict[str, Any] | None:
    """What was frozen, in the words of the page; an answer that is not what was frozen is said to be so, and not shown."""
    try:
        frozen = frozen_of(opened.session, opened.decision)
    except Tampered:
        return {"tampered": True}
    return None if frozen is None else frozen


def _names(opened: Opened) -> dict[int, tuple[str, str]]:
    found = opened.decision
    ids = [found.proposed_by_id, found.decided_by_id, *(one.by_id for one in found.steps)]
    return known_by(opened.session, [one for one in ids if one is not None])


def _steps(opened: Opened, names: Mapping[int, tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {
            "when": formats.datetime(one.at, current_language()),
            "iso": one.at.isoformat(),
            "text": words.DECISION[one.state],
            "sub": " · ".join(
                part
                for part in (names.get(one.by_id or 0, ("", ""))[1], words_of(opened.session, one))
                if part
            ),
        }
        for one in opened.decision.steps
    ]


def _may(opened: Opened, nothing_committed: bool) -> dict[str, bool]:
    """What who looks may do with the decision as it stands."""
    found = opened.decision
    waits = found.state is DecisionState.PROPOSED
    approves = opened.can(Permission.GRANTS_APPROVE)
    is_own = found.proposed_by_id == opened.act.by
    return {
        "approve": waits and approves and not is_own,
        "needs_another": waits and approves and is_own,
        "take_back": waits and opened.can(Permission.GRANTS_DECIDE),
        "revoke": found.state is DecisionState.APPROVED and approves and nothing_committed,
    }


@bp.route("/ho-tro/quyet-dinh/<ma>/duyet", methods=["GET", "POST"])
@require(Permission.GRANTS_APPROVE)
@proved_lately
def approve(ma: str) -> ResponseReturnValue:
    """Approve with the paper's number and signer; the grant is planned at once."""
    opened = open_decision(ma)
    if opened.decision.state is not DecisionState.PROPOSED:
        return not_possible(opened)
    form: Any = forms.ApproveForm()
    if request.method != "POST":
        form.signed_on.data = min(opened.decision.decided_on, opened.act.on)
        return _page(opened, form, _("Duyệt quyết định"))
    if not form.validate():
        return _page(opened, form, _("Duyệt quyết định")), 422
    signed = operations.Signed(
        form.number.data,
        form.signed_on.data,
        form.signer_name.data,
        form.signer_post.data,
        form.expires_on.data,
    )
    try:
        grant = operations.approve_decision(
            opened.session, opened.decision, signed, opened.act, words=form.words.data or ""
        )
    except operations.NotPossible:
        return not_possible(opened)
    except REFUSALS as refused:
        return _again(opened, form, refused, _("Duyệt quyết định"))
    planned = OpenedGrant(opened.session, opened.decision, opened.act, grant)
    return done(planned, _("Đã duyệt. Khoản hỗ trợ được lập theo đúng kết quả đã đóng băng."))


_Act = Callable[..., None]
_REASONS: Mapping[str, tuple[Any, DecisionState, _Act, Any]] = {
    "tu-choi": (
        _l("Không duyệt"),
        DecisionState.PROPOSED,
        operations.refuse_decision,
        _l("Đã ghi: không duyệt."),
    ),
    "thu-hoi": (
        _l("Thu hồi quyết định"),
        DecisionState.APPROVED,
        operations.revoke_decision,
        _l("Đã thu hồi. Khoản hỗ trợ đã lên kế hoạch không chi nữa."),
    ),
}


@bp.route("/ho-tro/quyet-dinh/<ma>/<any('tu-choi', 'thu-hoi'):viec>", methods=["GET", "POST"])
@require(Permission.GRANTS_APPROVE)
@proved_lately
def refuse(ma: str, viec: str) -> ResponseReturnValue:
    """Refuse a proposal, or revoke what was approved, with the reason."""
    opened = open_decision(ma)
    heading, from_state, act, said = _REASONS[viec]
    if opened.decision.state is not from_state:
        return not_possible(opened)
    return _with_reason(opened, str(heading), act, lambda: done(opened, str(said)))


@bp.route("/ho-tro/quyet-dinh/<ma>/rut", methods=["GET", "POST"])
@require(Permission.GRANTS_DECIDE)
def take_back(ma: str) -> ResponseReturnValue:
    """Take a proposal back before anybody decided on it."""
    opened = open_decision(ma)
    if opened.decision.state is not DecisionState.PROPOSED:
        return not_possible(opened)
    said = _("Đã rút đề xuất.")
    return _with_reason(opened, _("Rút đề xuất"), operations.take_back_proposal, lambda: kept(opened, said))


def _with_reason(
    opened: Opened, heading: str, act: _Act, finish: Callable[[], ResponseReturnValue]
) -> ResponseReturnValue:
    form: Any = forms.ReasonForm()
    if request.method != "POST":
        return _page(opened, form, heading)
    if not form.validate():
        return _page(opened, form, heading), 422
    try:
        act(opened.session, opened.decision, opened.act, words=form.words.data)
    except operations.NotPossible:
        return not_possible(opened)
    except REFUSALS as refused:
        return _again(opened, form, refused, heading)
    return finish()


def _again(opened: Opened, form: Any, refused: Exception, heading: str) -> ResponseReturnValue:
    ma = opened.decision.public_id
    opened.session.rollback()
    put(form, refused)
    try:
        return _page(open_decision(ma), form, heading), 422
    except NotVisible:
        return not_possible(opened)


def _page(opened: Opened, form: Any, heading: str) -> str:
    page = render_template(
        "grants/act.html",
        form=form,
        heading=heading,
        hint="",
        back=home_of(opened),
        name=shown_name(opened.decision.person),
        title=opened.decision.policy_version.title,
    )
    keep_read("quyet-dinh", [opened.decision.person.public_id])
    return page
