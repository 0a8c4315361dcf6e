"""The person's answer to a notice: one button behind the link of the letter, or when signed in. Looking answers nothing."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, public, require
from registry.accounts.rules import Permission
from registry.accounts.rules.links import link_hash
from registry.consents.queries import current_notice
from registry.people.queries import get_own
from registry.privacy.forms import words
from registry.privacy.forms.parameters import AnswerForm
from registry.privacy.models import RetentionNotice
from registry.privacy.operations.retaining import CONSENT_TO_STAY, NoticeOver, keep, let_go
from registry.privacy.queries.retention import notice_by_token, notices_to
from registry.privacy.rules.retention import RetentionAction, retention_rule
from registry.privacy.views.blueprint import bp
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

_KEEP, _LET_GO = "giu", "thoi"


@bp.route("/giu-lai/<ma>", methods=["GET", "POST"])
@public
def answer_by_link(ma: str) -> ResponseReturnValue:
    """The question of a letter. It names nobody: whoever has the letter knows whom it is about."""
    session = db_session()
    notice = notice_by_token(session, link_hash(ma[:100]))
    if notice is None:
        return render_template("privacy/keep_over.html"), 404
    form = AnswerForm()
    if request.method != "POST" or not form.validate():
        return render_template("privacy/keep.html", one=_question(session, notice), form=form, mark=ma)
    sentence = _answered(session, notice, None, _KEEP)
    if sentence is None:
        return redirect(url_for("pages.home"), 303)
    return render_template("privacy/kept.html", sentence=sentence)


@bp.post(f"/toi/luu-giu/<ma>/<any({_KEEP}, {_LET_GO}):viec>")
@require(Permission.PROFILE_OWN)
def answer_own(ma: str, viec: str) -> ResponseReturnValue:
    """The same when signed in; the person may also say that nothing is to be kept."""
    session, account = db_session(), current_account()
    mine = notices_to(session, get_own(session, account.id), account.id)
    notice = next((one for one in mine if one.public_id == ma), None)
    if notice is None:
        raise NotVisible
    sentence = _answered(session, notice, account.id, viec)
    if sentence is not None:
        flash(sentence, "ok")
    return redirect(url_for("registrations.mine"), 303)


def _answered(session: Session, notice: RetentionNotice, by: int | None, act: str) -> str | None:
    """Keep the answer; the sentence that says so, None when the question was over."""
    try:
        if act == _LET_GO:
            let_go(session, notice, by=by, at=now())
            sentence = _("Đã ghi: không giữ lại. Phần đó được xóa trong lần chạy tới, chậm nhất là ngày mai.")
        else:
            keep(session, notice, language=current_language(), by=by, at=now())
            sentence = _("Đã ghi câu trả lời của bạn. Cảm ơn bạn.")
    except NoticeOver:
        session.rollback()
        flash(_("Câu hỏi này đã được trả lời hoặc đã hết."), "warn")
        return None
    session.commit()
    return sentence


@bp.app_template_global("own_questions")
def own_questions() -> list[dict[str, Any]]:
    """What whoever is signed in was told and has not answered, for pages about oneself in rooms below this one."""
    session, account = db_session(), current_account()
    return [_question(session, one) for one in notices_to(session, get_own(session, account.id), account.id)]


def _question(session: Session, notice: RetentionNotice) -> dict[str, Any]:
    """A notice in words, with the text of the agreement that keeping asks for, if it asks for one."""
    rule = retention_rule(notice.rule, today())
    purpose = None if rule is None else CONSENT_TO_STAY.get(rule.counted_from)
    consent = None if purpose is None else current_notice(session, purpose, current_language(), today())
    return {
        "notice": notice,
        "title": words.QUESTION.get(notice.rule, words.QUESTION["profile"]),
        "text": words.QUESTION_TEXT.get(notice.rule, words.QUESTION_TEXT["profile"]),
        "button": words.KEEP.get(notice.rule, words.KEEP["profile"]),
        "consent": consent,
        "may_let_go": rule is not None and rule.action is not RetentionAction.ASK,
        "keep": _KEEP,
        "let_go": _LET_GO,
    }
