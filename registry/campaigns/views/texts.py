"""«Thư mời»: the texts of each step, a preview for a real person, a letter to oneself for a trial."""

from typing import Any

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, may, require
from registry.accounts.rules import Permission
from registry.audit.operations import record
from registry.campaigns.forms.campaign import TextForm
from registry.campaigns.forms.words import FIELD, LANGUAGE, LETTER
from registry.campaigns.models import Campaign, CampaignMessage
from registry.campaigns.operations.parts import save_message
from registry.campaigns.operations.sending import link_ends, own_values, written
from registry.campaigns.queries.audience import next_invited
from registry.campaigns.queries.campaigns import newest_texts, segments_of
from registry.campaigns.rules.texts import FIELDS, TextFault, faults_of
from registry.campaigns.rules.words import MessageStep
from registry.campaigns.views.blueprint import bp, head_of, page_of, paper, record_shown, session_and
from registry.campaigns.views.values import texts_of
from registry.mail.operations import queue_letter
from registry.mail.rules import Letter
from registry.matching.views.saved import people_found
from registry.people.queries import display_name
from registry.web.clock import now, today
from registry.web.i18n import LANGUAGES
from registry.web.i18n import gettext as _

_SAMPLES = 3
_NO_LINK = "…"


@bp.get("/chien-dich/<ma>/thu-moi")
@require(Permission.CAMPAIGNS_READ)
def texts(ma: str) -> ResponseReturnValue:
    """The newest text of each step and language."""
    session, campaign = session_and(ma)
    newest = newest_texts(session, campaign)
    return render_template(
        "campaigns/texts.html",
        **head_of(campaign, "texts"),
        rows=[
            {
                "step": step,
                "name": LETTER[step],
                "texts": [
                    (language, LANGUAGE[language], newest.get((step, language))) for language in LANGUAGES
                ],
            }
            for step in MessageStep
        ],
        values=texts_of(session, campaign),
    )


@bp.get("/chien-dich/<ma>/thu-moi/<any(invitation, reminder_1, reminder_2):buoc>/<any(vi, en):tieng>")
@require(Permission.CAMPAIGNS_WRITE)
def edit_text(ma: str, buoc: str, tieng: str) -> ResponseReturnValue:
    """The text as it is, to make a new version of."""
    session, campaign = session_and(ma, to_write=True)
    kept = newest_texts(session, campaign).get((MessageStep(buoc), tieng))
    data = {} if kept is None else {"subject": kept.subject, "body": kept.body}
    return _edit_page(session, campaign, TextForm(formdata=None, data=data), MessageStep(buoc), tieng)


@bp.post("/chien-dich/<ma>/thu-moi/<any(invitation, reminder_1, reminder_2):buoc>/<any(vi, en):tieng>")
@require(Permission.CAMPAIGNS_WRITE)
def save_text(ma: str, buoc: str, tieng: str) -> ResponseReturnValue:
    """A new version; an unknown field or a lone brace is refused before anything is saved."""
    session, campaign = session_and(ma, to_write=True)
    form, step = TextForm(), MessageStep(buoc)
    if form.validate():
        for field in (form.subject, form.body):
            field.errors = [fault_words(one) for one in faults_of(str(field.data))]
    if form.subject.errors or form.body.errors or form.errors:
        return _edit_page(session, campaign, form, step, tieng), 422
    save_message(
        session,
        campaign,
        step,
        tieng,
        subject=str(form.subject.data),
        body=str(form.body.data),
        by=current_account().id,
        at=now(),
    )
    session.commit()
    flash(_("Đã lưu bản mới. Thư đã gửi giữ nguyên bản của nó."), "ok")
    return redirect(page_of(campaign, "preview", buoc=buoc), 303)


def fault_words(fault: TextFault) -> str:
    """What is wrong with a text and how to mend it."""
    if fault.kind == "brace":
        return _(
            "Có dấu ngoặc nhọn đứng một mình. Viết trường là {ten}; không dùng ngoặc nhọn cho việc khác."
        )
    if fault.nearest:
        return _(
            "Không có trường {%(found)s}. Có phải bạn muốn viết {%(nearest)s}?",
            found=fault.found[:40],
            nearest=fault.nearest,
        )
    return _(
        "Không có trường {%(found)s}. Các trường dùng được: %(fields)s.",
        found=fault.found[:40],
        fields=", ".join(f"{{{one}}}" for one in FIELDS),
    )


def _edit_page(session: Session, campaign: Campaign, form: TextForm, step: MessageStep, language: str) -> str:
    return render_template(
        "campaigns/text_form.html",
        **head_of(campaign, "texts"),
        form=form,
        step=step,
        name=LETTER[step],
        language=LANGUAGE[language],
        fields=[(one, FIELD[one], texts_of(session, campaign)[language].get(one, "")) for one in FIELDS],
        back=page_of(campaign, "texts"),
    )


@bp.get("/chien-dich/<ma>/thu-moi/<any(invitation, reminder_1, reminder_2):buoc>/xem")
@require(Permission.CAMPAIGNS_WRITE)
def preview(ma: str, buoc: str) -> ResponseReturnValue:
    """The letter as the next people would get it; without anybody to write to, as oneself would."""
    session, campaign = session_and(ma, to_write=True)
    step = MessageStep(buoc)
    letters = _previews(session, campaign, step)
    record_shown("campaign.previewed", list({one["ma"] for one in letters if one["ma"]}), campaign)
    return render_template(
        "campaigns/preview.html",
        **head_of(campaign, "texts"),
        step=step,
        name=LETTER[step],
        letters=letters,
        back=page_of(campaign, "texts"),
    )


def _previews(session: Session, campaign: Campaign, step: MessageStep) -> list[dict[str, Any]]:
    newest = newest_texts(session, campaign)
    values = texts_of(session, campaign)
    sees = may(Permission.PEOPLE_READ, campaign)
    people = next_invited(
        session, campaign, segments_of(session, campaign), people_found, on=today(), limit=_SAMPLES * sees
    )
    viewer = current_viewer().limited_to(Permission.PEOPLE_READ)
    ends, of = link_ends(campaign, now()), paper(session)
    found: list[dict[str, Any]] = []
    for language in LANGUAGES:
        message = newest.get((step, language))
        if message is None:
            continue
        link, stop = of.answer_to(_NO_LINK), of.stop_at(_NO_LINK)
        for person in people[: _SAMPLES if language == "vi" else 1]:
            name = display_name(person, viewer)
            own = {**own_values(person, language, ends, link), "ten": name}
            subject, body = written(message, {**values[language], **own}, of.office, stop)
            found.append(
                {
                    "ma": person.public_id,
                    "to": name,
                    "subject": subject,
                    "body": body,
                    "lang": language,
                }
            )
        if not people:
            found.append({"ma": "", "to": "", "lang": language, **_to_oneself(session, campaign, message)})
    return found


def _to_oneself(session: Session, campaign: Campaign, message: CampaignMessage) -> dict[str, str]:
    of, values = paper(session), texts_of(session, campaign)[message.language]
    own = {
        "ten": current_account().display_name,
        "han_tra_loi": campaign.ends_on.strftime("%d/%m/%Y"),
        "lien_ket": of.answer_to(_NO_LINK),
    }
    subject, body = written(message, {**values, **own}, of.office, of.stop_at(_NO_LINK))
    return {"subject": subject, "body": body}


@bp.post("/chien-dich/<ma>/thu-moi/<any(invitation, reminder_1, reminder_2):buoc>/thu")
@require(Permission.CAMPAIGNS_WRITE)
def test_text(ma: str, buoc: str) -> ResponseReturnValue:
    """The letter to whoever asks, at the address they sign in with; its links lead nowhere."""
    session, campaign = session_and(ma, to_write=True)
    newest, me, at = newest_texts(session, campaign), current_account(), now()
    messages = [
        newest[key] for key in ((MessageStep(buoc), language) for language in LANGUAGES) if key in newest
    ]
    if not messages:
        abort(404)
    for message in messages:
        made = _to_oneself(session, campaign, message)
        words = (_("[Thử] %(subject)s", subject=made["subject"]), made["body"])
        queue_letter(
            session,
            Letter("campaign_test", message.language, me.email, account=me.public_id, words=words),
            at=at,
        )
    record(session, me.id, "campaign.tested", "campaign", campaign.public_id, detail={"step": buoc}, at=at)
    session.commit()
    flash(_("Đã gửi thư thử tới địa chỉ đăng nhập của bạn."), "ok")
    return redirect(page_of(campaign, "preview", buoc=buoc), 303)
