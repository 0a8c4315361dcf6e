"""Consent by purpose with the notices in force: nothing ticked beforehand, declining as easy as agreeing.

Officials whose record a law orders read a notice with their rights instead.
"""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.consents.rules import PurposeCode
from registry.registrations import operations
from registry.registrations.forms import HEADING
from registry.registrations.rules import Audience, Task, TaskState, wording
from registry.registrations.views.answers import Drafts, entry_of, sent_values
from registry.registrations.views.blueprint import bp
from registry.registrations.views.own import Own, open_own
from registry.registrations.views.specs import make, notices_of, read
from registry.registrations.views.tasks import CHECK, LATER, next_address
from registry.registrations.views.telling import steps_of
from registry.web.i18n import gettext as _


@bp.route("/dang-ky/dong-y", methods=["GET", "POST"])
@require(Permission.PROFILE_OWN)
def agreement() -> ResponseReturnValue:
    """The first task; what was sent can be given and withdrawn on one's own page."""
    own = open_own()
    if own.is_sent:
        return redirect(url_for(".mine", _anchor="dong-y"), 303)
    if request.method != "POST":
        return _page(own, _opened(own))
    if request.form.get("then") == "decline":
        return _declined(own)
    return _agree(own)


def _opened(own: Own) -> Any:
    """As it was left. What somebody once agreed to in an older notice is asked anew."""
    stored = entry_of(Drafts(own), Task.CONSENT)
    if stored is None:
        return make(own, Task.CONSENT)
    form = stored.form
    if read(own, Task.CONSENT, form) is None and stored.state is TaskState.DONE:
        return make(own, Task.CONSENT)
    return form


def _agree(own: Own) -> ResponseReturnValue:
    drafts = Drafts(own)
    form = make(own, Task.CONSENT, sent=request.form.to_dict(flat=False))
    parsed = read(own, Task.CONSENT, form)
    stored = entry_of(drafts, Task.CONSENT)
    # Ticks are an answer to one question at one moment: the last one counts, whatever was ticked elsewhere.
    expected = 0 if stored is None else int(stored.version)
    state = TaskState.NEEDS_FIX if parsed is None else TaskState.DONE
    drafts.keep(Task.CONSENT, "", sent_values({}), expected, state)
    own.session.commit()
    if request.form.get("then") == LATER:
        return redirect(url_for(".journey"), 303)
    if parsed is None:
        return _page(own, form), 422
    if request.form.get("ve") == CHECK:
        return redirect(url_for(".check"), 303)
    return redirect(next_address(own, Task.CONSENT), 303)


def _declined(own: Own) -> ResponseReturnValue:
    """Nothing is kept of whoever does not agree; what was typed already goes after one more question."""
    has_answers = any(one for task in Task if task is not Task.CONSENT for one in Drafts(own).kept(task))
    if has_answers and request.form.get("sure") != "yes":
        return render_template("registrations/decline.html", own=own)
    operations.drop_registration(own.session, own.registration, by=own.account.id, at=own.at)
    own.session.commit()
    flash(_("Bạn không đồng ý nên không có gì được lưu. Tài khoản của bạn vẫn còn."), "info")
    return redirect(url_for("pages.home"), 303)


def _page(own: Own, form: Any) -> str:
    notices = notices_of(own)
    texts = {one.purpose.code.value: one for one in notices}
    return render_template(
        "registrations/agreement.html",
        own=own,
        form=form,
        heading=HEADING[Task.CONSENT],
        is_cadre=own.audience is Audience.CADRE,
        notices=notices,
        contact=texts[PurposeCode.CONTACT.value],
        texts={name: _beginning(one.text) for name, one in texts.items()},
        needed=PurposeCode.REGISTRY.value,
        steps=steps_of(own, Task.CONSENT),
        wording=wording(),
    )


def _beginning(text: str) -> str:
    """The first sentence of a notice, for beside the tick; the whole text stands below on the same page."""
    first, stop, _rest = text.partition(". ")
    return first + stop.strip()
