"""Which letters a person wants: from the link in a letter, without signing in, and from their own page."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import public, require
from registry.accounts.rules import Permission
from registry.people.operations.letters import allow_letters, stop_letters
from registry.people.queries.writing import may_write, read_stop_mark, stopped_topics, stopper
from registry.people.rules.letters import LetterTopic, StopWay
from registry.privacy.forms import words
from registry.privacy.views.blueprint import Own, bp, must_own, own_record
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.forms import exempt_from_token
from registry.web.i18n import gettext as _

_STOP, _ALLOW = "dung", "nhan-lai"
_TOPIC = f"<any({', '.join(LetterTopic)}):loai>"


@bp.route("/thu/dung/<ma>", methods=["GET", "POST"])
@exempt_from_token
@public
def stop_by_link(ma: str) -> ResponseReturnValue:
    """Stop the kind of letters this one was of. Looking stops nothing: programs that read mail open every link.

    It is posted to by our button and by the button of mail programs (RFC 8058), which hold no cookie and no token of a
    form: the signed mark in the address is what lets them. Nothing tells whom the letter was for.
    """
    session = db_session()
    mark = read_stop_mark(session, ma)
    if mark is None:
        raise NotVisible
    state = ""
    if request.method == "POST":
        person, is_allowing = stopper(session, mark), request.form.get("viec") == _ALLOW
        if person is not None and is_allowing:
            allow_letters(session, person, mark.topic, by=None, at=now())
        elif person is not None:
            stop_letters(session, person, mark.topic, StopWay.LINK, by=None, at=now())
        session.commit()
        state = _ALLOW if is_allowing else _STOP
    return render_template(
        "privacy/letters_stop.html", topic=words.TOPIC[mark.topic], state=state, stop=_STOP, allow=_ALLOW
    )


@bp.get("/toi/thu")
@require(Permission.PROFILE_OWN)
def letters() -> ResponseReturnValue:
    """Every kind of letters with whether it goes, and those nobody can stop."""
    mine = own_record()
    if mine is None:
        return render_template("privacy/no_record.html", title=_("Thư gửi tới bạn"))
    return render_template("privacy/letters.html", topics=_topics(mine), stop=_STOP, allow=_ALLOW)


@bp.post(f"/toi/thu/{_TOPIC}/<any({_STOP}, '{_ALLOW}'):viec>")
@require(Permission.PROFILE_OWN)
def choose_letters(loai: str, viec: str) -> ResponseReturnValue:
    """Stop a kind of letters, or let them come again."""
    mine, topic = must_own(), LetterTopic(loai)
    if viec == _STOP:
        stop_letters(mine.session, mine.person, topic, StopWay.PAGE, by=mine.by, at=mine.at)
        flash(_("Đã dừng loại thư này. Có hiệu lực từ bây giờ."), "ok")
    else:
        allow_letters(mine.session, mine.person, topic, by=mine.by, at=mine.at)
        flash(_("Đã ghi: bạn nhận lại loại thư này."), "ok")
    mine.session.commit()
    return redirect(url_for(".letters"), 303)


def _topics(mine: Own) -> list[dict[str, Any]]:
    stopped = stopped_topics(mine.session, mine.person)
    return [
        {
            "topic": topic.value,
            "title": words.TOPIC[topic],
            "hint": words.TOPIC_HINT[topic],
            "is_stopped": topic in stopped,
            "goes": may_write(mine.session, mine.person, topic, on=mine.on),
        }
        for topic in LetterTopic
    ]
