"""The beginning of the journey: «Bạn là ai?», then the list of tasks, resumed wherever somebody left it."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_sign_in, require
from registry.accounts.rules import Permission
from registry.people.queries import own_record
from registry.registrations import operations
from registry.registrations.forms import AUDIENCE, AUDIENCE_HINTS, TASK, TASK_STATE, AudienceForm
from registry.registrations.operations import NotOpen
from registry.registrations.queries import Kept
from registry.registrations.rules import ABROAD, MINUTES, REQUIRED, Audience, TaskState
from registry.registrations.views.answers import Drafts, states_of
from registry.registrations.views.blueprint import bp
from registry.registrations.views.own import Own, address_of, registered
from registry.web.clock import now
from registry.web.database import db_session


@bp.get("/dang-ky")
@require(Permission.PROFILE_OWN)
def journey() -> ResponseReturnValue:
    """The list of tasks; before it, who somebody is; after sending, one's own page."""
    own = registered()
    if own is None:
        return _ask(AudienceForm())
    if own.is_sent:
        return redirect(url_for(".mine"), 303)
    return _tasks(own)


@bp.get("/dang-ky/ban-la-ai")
@require(Permission.PROFILE_OWN)
def who() -> ResponseReturnValue:
    """Say anew who one is; what was typed stays."""
    own = registered()
    if own is None or own.is_sent:
        return redirect(url_for(".journey"), 303)
    return _ask(AudienceForm(data={"audience": own.audience.value}))


@bp.post("/dang-ky")
@require(Permission.PROFILE_OWN)
def begin() -> ResponseReturnValue:
    """Begin, or go on as somebody else."""
    form, account = AudienceForm(), current_account()
    if not form.validate():
        return _ask(form), 422
    session = db_session()
    if own_record(session, account.id) is not None:
        return redirect(url_for(".mine"), 303)
    try:
        operations.begin_registration(
            session, account.id, account.public_id, Audience(form.audience.data), at=now()
        )
    except NotOpen:
        session.rollback()
        return redirect(url_for(".journey"), 303)
    session.commit()
    return redirect(url_for(".journey"), 303)


def _ask(form: AudienceForm) -> str:
    hints = {audience.value: text for audience, text in AUDIENCE_HINTS.items()}
    return render_template("registrations/who.html", form=form, hints=hints)


def _tasks(own: Own) -> str:
    drafts = Drafts(own)
    states = states_of(drafts)
    lines: list[dict[str, Any]] = [
        {
            "task": task,
            "name": TASK[task],
            "href": address_of(task),
            "state": states[task],
            "state_words": TASK_STATE[states[task]],
            "minutes": MINUTES[task],
            "is_required": task in REQUIRED,
        }
        for task in own.tasks
    ]
    waiting = [line for line in lines if line["state"] is not TaskState.DONE]
    return render_template(
        "registrations/journey.html",
        own=own,
        lines=lines,
        done=len(lines) - len(waiting),
        minutes=sum(line["minutes"] for line in waiting),
        audience=AUDIENCE[own.audience],
        is_abroad=own.audience in ABROAD,
        next=next(iter(waiting), None),
        may_send=all(states[task] is TaskState.DONE for task in REQUIRED),
        elsewhere=_saved_elsewhere(drafts.all_kept()),
    )


def _saved_elsewhere(kept: list[Kept]) -> Kept | None:
    """The last save, when it came from another sign-in than this one."""
    last = max(kept, key=lambda one: one.saved_at, default=None)
    return None if last is None or last.sign_in == current_sign_in().public_id else last
