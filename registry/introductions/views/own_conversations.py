"""«Trao đổi»: a person's conversations with units: reading, answering, stopping, taking up again."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.introductions import operations, queries
from registry.introductions.forms import MessageForm
from registry.introductions.models import Conversation
from registry.introductions.rules import Side
from registry.introductions.views.blueprint import (
    REFUSALS,
    Own,
    bp,
    must_own,
    need_words,
    own_or_none,
    refusal,
)
from registry.introductions.views.shown import message_lines
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.get(operations.OWN_CONVERSATIONS)
@require(Permission.PROFILE_OWN)
def own_conversations() -> ResponseReturnValue:
    """All conversations, the one that moved last first."""
    own = own_or_none()
    if own is None:
        return render_template("introductions/no_record.html", title=_("Trao đổi với các đơn vị"))
    lines = queries.own_conversations(own.session, own.person)
    return render_template(
        "introductions/own_conversations.html",
        lines=[(line, need_words(line.conversation.need)) for line in lines],
    )


@bp.get(f"{operations.OWN_CONVERSATIONS}/<ma>")
@require(Permission.PROFILE_OWN)
def own_conversation(ma: str) -> ResponseReturnValue:
    """One conversation."""
    own, talk = _opened(ma)
    return _page(own, talk, MessageForm())


@bp.post(f"{operations.OWN_CONVERSATIONS}/<ma>")
@require(Permission.PROFILE_OWN)
def answer(ma: str) -> ResponseReturnValue:
    """Answer; what the unit wrote counts as read."""
    own, talk = _opened(ma)
    form = MessageForm()
    if not form.validate():
        return _page(own, talk, form), 422
    words = form.message.data or ""
    try:
        operations.write_to_unit(own.session, own.person, talk.need, words=words, by=own.by, at=own.at)
    except REFUSALS as refused:
        own.session.rollback()
        form.message.errors = [refusal(refused)]
        return _page(*_opened(ma), form), 422
    own.session.commit()
    flash(_("Đã gửi tin cho đơn vị."), "ok")
    return redirect(url_for(".own_conversation", ma=ma), 303)


@bp.post(f"{operations.OWN_CONVERSATIONS}/<ma>/<any('doc', 'dung', 'mo-lai'):viec>")
@require(Permission.PROFILE_OWN)
def about_conversation(ma: str, viec: str) -> ResponseReturnValue:
    """Say that it is read, stop it, or take it up again."""
    own, talk = _opened(ma)
    if viec == "doc":
        operations.mark_read_by_person(own.session, talk, by=own.by, at=own.at)
    elif viec == "dung":
        operations.stop_conversation(own.session, talk, by=own.by, at=own.at)
        flash(_("Đã dừng. Đơn vị không nhắn cho bạn về nhu cầu này được nữa."), "ok")
    else:
        operations.resume_conversation(own.session, talk, by=own.by, at=own.at)
        flash(_("Đã mở lại cuộc trao đổi."), "ok")
    own.session.commit()
    return redirect(url_for(".own_conversation", ma=ma), 303)


def _opened(ma: str) -> tuple[Own, Conversation]:
    own = must_own()
    talk = queries.own_conversation(own.session, own.person, ma)
    if talk is None:
        raise NotVisible
    return own, talk


def _page(own: Own, talk: Conversation, form: MessageForm) -> str:
    need = need_words(talk.need)
    return render_template(
        "introductions/own_conversation.html",
        talk=talk,
        need=need,
        lines=message_lines(own, talk, Side.PERSON),
        form=form,
        may_write=talk.stopped_at is None
        and not need["is_over"]
        and queries.is_reachable(own.session, own.person, on=own.on),
        is_named=bool(own.person.agrees_to_be_named),
        code=own.person.code,
    )
