"""«Trang của tôi»: where one's profile stands, what to add next, who may use it for what, and which needs fit."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.consents.operations import AlreadyGiven, NotGiven
from registry.consents.rules import LAWFUL_WITHOUT_CONSENT, PurposeCode
from registry.introductions.queries import Waiting, own_interests, waiting_for
from registry.introductions.views.blueprint import need_words
from registry.matching.views.fitting import Fitting, fitting_needs
from registry.offers.views.person import Told, policies_of
from registry.people.operations import EditedMeanwhile
from registry.people.rules import AvailabilityState, LegalBasis
from registry.policies.views.answered import page_law
from registry.registrations.forms import TASK, WHY, PauseForm
from registry.registrations.rules import PARTS, Task, TaskState, completeness_of
from registry.registrations.views.answers import answers_of, states_of
from registry.registrations.views.blueprint import bp
from registry.registrations.views.own import Own, address_of, open_own, registered
from registry.registrations.views.receipt import receipt_rows
from registry.registrations.views.saying import Saying, saying_of
from registry.registrations.views.specs import notices_of
from registry.registrations.views.ties import tie_lines
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

_PURPOSE = "<any(registry, matching, contact, policy_check, campaigns, other_provinces, statistics):muc_dich>"


@bp.get("/toi")
@require(Permission.PROFILE_OWN)
def mine() -> ResponseReturnValue:
    """One's own page; before anything was sent, the way to begin."""
    own = registered()
    if own is None or not own.is_sent:
        return redirect(url_for(".journey"), 303)
    return _page(own, PauseForm())


@bp.post(f"/toi/dong-y/{_PURPOSE}/<any(cho, rut):viec>")
@require(Permission.PROFILE_OWN)
def say(muc_dich: str, viec: str) -> ResponseReturnValue:
    """Give or withdraw one consent; in force at once."""
    own = _sent()
    purpose = PurposeCode(muc_dich)
    if _by_law(own) and purpose in LAWFUL_WITHOUT_CONSENT:
        raise NotVisible
    saying = saying_of(own)
    try:
        if viec == "cho":
            saying.agree(purpose)
            flash(_("Đã ghi sự đồng ý của bạn"), "ok")
        else:
            saying.withdraw(purpose)
            flash(_("Đã rút. Có hiệu lực từ bây giờ."), "ok")
    except (AlreadyGiven, NotGiven):
        own.session.rollback()
        return redirect(url_for(".mine", _anchor="dong-y"), 303)
    own.session.commit()
    return redirect(url_for(".mine", _anchor="dong-y"), 303)


@bp.post("/toi/tam-dung")
@require(Permission.PROFILE_OWN)
def pause() -> ResponseReturnValue:
    """Be found by nobody for a while."""
    own, form = _sent(), PauseForm()
    if not form.validate():
        return _page(own, form), 422
    return _state(own, AvailabilityState.PAUSED, int(form.months.data), form.reason.data or "")


@bp.post("/toi/san-sang")
@require(Permission.PROFILE_OWN)
def resume() -> ResponseReturnValue:
    """Be found again."""
    return _state(_sent(), AvailabilityState.AVAILABLE, 0, "")


def _state(own: Own, state: AvailabilityState, months: int, reason: str) -> ResponseReturnValue:
    try:
        saying_of(own).be(state, months, reason)
    except EditedMeanwhile:
        own.session.rollback()
        flash(_("Nơi khác vừa lưu mục này. Xem lại."), "warn")
        return redirect(url_for(".mine"), 303)
    own.session.commit()
    paused = state is AvailabilityState.PAUSED
    flash(
        _("Đã tạm dừng: không nhu cầu nào tìm thấy bạn") if paused else _("Bạn đang sẵn sàng nhận việc"), "ok"
    )
    return redirect(url_for(".mine"), 303)


def _sent() -> Own:
    own = open_own()
    if not own.is_sent:
        raise NotVisible
    return own


def _by_law(own: Own) -> bool:
    if own.person is not None:
        return own.person.legal_basis is LegalBasis.LAW
    return Task.POST in own.tasks


def _page(own: Own, form: PauseForm) -> str:
    states = states_of(answers_of(own))
    answered = {task for task, state in states.items() if state is not TaskState.NOT_STARTED}
    saying = saying_of(own)
    completeness = completeness_of(answered)
    return render_template(
        "registrations/mine.html",
        own=own,
        form=form,
        rows=receipt_rows(own),
        completeness=completeness,
        parts=[(TASK[part.task], part.weight, part.task in answered) for part in PARTS],
        next=None if completeness.next is None else _next(completeness.next.task),
        tasks=[_task(task, task in answered) for task in own.tasks if _is_editable(task)],
        agreements=_agreements(own, saying),
        by_law=_by_law(own),
        state=saying.state,
        is_kept=_by_law(own) or PurposeCode.REGISTRY in saying.agreed,
        paused_until=saying.paused_until,
        fitting=_fitting(own),
        policies=_policies(own),
        **_introductions(own),
        ties=tie_lines(own),
    )


def _fitting(own: Own) -> Fitting:
    if own.person is None:
        return Fitting(False, ())
    return fitting_needs(own.session, own.person, own.account.id, own.on)


def _policies(own: Own) -> Told | None:
    """What one may get under which policy; one's own data alone, so nothing is withheld."""
    if own.person is None:
        return None
    return policies_of(own.session, own.person, page_law(), on=own.on)


def _introductions(own: Own) -> dict[str, Any]:
    """The needs one is interested in, and what waits for an answer."""
    if own.person is None:
        return {"interests": [], "waiting": Waiting(0, 0)}
    return {
        "interests": [need_words(one.need) for one in own_interests(own.session, own.person)],
        "waiting": waiting_for(own.session, own.person, on=own.on),
    }


def _is_editable(task: Task) -> bool:
    return task not in {Task.CONSENT, Task.PAPERS}


def _next(task: Task) -> dict[str, Any]:
    return {"name": TASK[task], "why": WHY[task], "href": address_of(task)}


def _task(task: Task, is_there: bool) -> dict[str, Any]:
    return {"name": TASK[task], "href": address_of(task), "is_there": is_there}


def _agreements(own: Own, saying: Saying) -> list[dict[str, Any]]:
    """Every purpose with what stands; what a law orders cannot be switched off here."""
    by_law = _by_law(own)
    return [
        {
            "purpose": notice.purpose.code.value,
            "title": notice.title,
            "text": notice.text,
            "is_given": notice.purpose.code in saying.agreed,
            "is_law": by_law and notice.purpose.code in LAWFUL_WITHOUT_CONSENT,
        }
        for notice in notices_of(own)
    ]
