"""Check your answers, send them once, and the page that says what happens next with its receipt."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.campaigns.views.public_pages import keep_arrival
from registry.people.operations import ConsentMissing
from registry.registrations.forms import TASK
from registry.registrations.operations import NotOpen, submit_registration
from registry.registrations.rules import IN_ROWS, RegistrationState, Task
from registry.registrations.views.assembling import Answered, answered, is_answered, person_draft
from registry.registrations.views.blueprint import bp
from registry.registrations.views.own import Own, address_of, open_own
from registry.registrations.views.receipt import next_steps, receipt_pdf, receipt_rows
from registry.registrations.views.telling import answered_lines, entry_lines, steps_of
from registry.web.attachments import attachment
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.turns import in_turn

# Who says these can show papers for them later; that none is there is said, and stops nobody.
_PROVEN_LATER = (Task.EDUCATION, Task.LANGUAGES, Task.SKILLS)


@bp.route("/dang-ky/kiem-tra", methods=["GET", "POST"])
@require(Permission.PROFILE_OWN)
def check() -> ResponseReturnValue:
    """All answers, each with the way to mend it, then sending. Sent twice, it is one record."""
    own = open_own()
    if own.is_sent:
        return redirect(url_for(".done"), 303)
    found = answered(own)
    if request.method != "POST":
        return _page(own, found)
    if not found.may_be_sent:
        return _page(own, found), 422
    return _send(own, found)


def _send(own: Own, found: Answered) -> ResponseReturnValue:
    session = own.session
    try:
        person = submit_registration(
            session, own.registration, person_draft(own, found), at=own.at, on=own.on
        )
        keep_arrival(person)
    except NotOpen:
        session.rollback()
        return redirect(url_for(".done"), 303)
    except ConsentMissing:
        session.rollback()
        flash(_("Cần sự đồng ý lưu hồ sơ trước khi gửi"), "warn")
        return redirect(url_for(".agreement"), 303)
    session.commit()
    return redirect(url_for(".done"), 303)


@bp.get("/dang-ky/xong")
@require(Permission.PROFILE_OWN)
def done() -> ResponseReturnValue:
    """The code of the profile and what happens next; the same whether an officer has to look first or not."""
    own = open_own()
    if not own.is_sent:
        return redirect(url_for(".journey"), 303)
    return render_template("registrations/done.html", own=own, rows=receipt_rows(own), next=next_steps())


@bp.get("/dang-ky/xong/bien-nhan.pdf")
@require(Permission.PROFILE_OWN)
@in_turn
def receipt() -> ResponseReturnValue:
    """The receipt to keep."""
    own = open_own()
    if own.registration.state is RegistrationState.OPEN:
        raise NotVisible
    return attachment(receipt_pdf(own), "application/pdf", f"bien-nhan-{own.registration.code}.pdf")


def _page(own: Own, found: Answered) -> str:
    return render_template(
        "registrations/check.html",
        own=own,
        form=None,
        sections=[_section(own, found, task) for task in own.tasks],
        found=found,
        errors=_errors(found),
        steps=steps_of(own, None),
        advice=_advice(own, found),
    )


def _errors(found: Answered) -> list[tuple[str, str]]:
    wrong = [(f"muc-{task}", _("Sửa mục «%(task)s»", task=TASK[task])) for task in found.wrong]
    missing = [(f"muc-{task}", _("Điền mục «%(task)s»", task=TASK[task])) for task in found.missing]
    return [*missing, *wrong]


def _advice(own: Own, found: Answered) -> list[str]:
    """What would help and stops nobody."""
    empty = [
        str(TASK[task]) for task in own.tasks if not is_answered(found, task) and task not in found.missing
    ]
    said: list[str] = []
    if empty:
        said.append(_("Chưa có: %(tasks)s. Bổ sung sau cũng được.", tasks=", ".join(empty)))
    if any(is_answered(found, task) for task in _PROVEN_LATER):
        said.append(
            _("Chưa có minh chứng kèm theo: các mục hiện là «tự khai». Cơ quan có thể hỏi xem bản chính.")
        )
    return said


def _section(own: Own, found: Answered, task: Task) -> dict[str, Any]:
    rows: list[tuple[str, str, str]] = []
    href = url_for_check(address_of(task))
    if task is Task.SKILLS:
        for one in found.skills:
            if one.card.on:
                level = _("bậc %(level)s", level=one.card.level) if one.card.level else _("chưa nêu bậc")
                rows.append((one.name, level, href))
    elif task in IN_ROWS:
        for entry in found.entries[task]:
            title, sub = entry_lines(own, task, entry)
            address = url_for(".entry", muc=task.value, dong=entry.row, ve="kiem-tra")
            rows.append((title, sub or "–", address))
    else:
        for entry in found.entries[task]:
            rows += [(label, value, href) for label, value in answered_lines(entry)]
    return {
        "task": task,
        "name": TASK[task],
        "rows": rows,
        "href": href,
        "is_wrong": task in found.wrong,
        "is_missing": task in found.missing,
        "is_there": is_answered(found, task),
    }


def url_for_check(address: str) -> str:
    """An address from which one comes back to the check."""
    return f"{address}?ve=kiem-tra"
