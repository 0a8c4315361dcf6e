"""«Điền nhanh từ CV»: a file is received, read by the worker, and shown item by item; only what is confirmed is kept."""

from collections.abc import Sequence
from typing import Any

from flask import (
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.audit.operations import record
from registry.config import Settings
from registry.exchange.forms import CvForm
from registry.exchange.models import CvFile
from registry.exchange.operations.cvs import forget_cv, receive_cv
from registry.exchange.queries.cvs import cv_items, cv_name, cv_of
from registry.exchange.readers.cv.found import MAX_FILE_BYTES, READER, SURE_FROM, CvRefused, Item
from registry.exchange.rules.cvs import CV_REFUSALS, CvState
from registry.jobs.waking import wake_worker
from registry.people.operations import AlreadyClaimed, EditedMeanwhile, confirm_profile
from registry.registrations.rules import Task, TaskState
from registry.registrations.views.answers import Drafts, answers_of, entry_of
from registry.registrations.views.blueprint import bp
from registry.registrations.views.cards import Card, Shown, cards_in, show
from registry.registrations.views.confirming import (
    is_settled,
    new_cards,
    rows_of,
    said_of,
    take_rows,
    take_skills,
    take_values,
)
from registry.registrations.views.offers import Offer, groups_of, offers_of, seen_mark
from registry.registrations.views.own import Own, open_own
from registry.skills.rules import level_of
from registry.text import TextRefused, clean
from registry.web.i18n import gettext as _

_AGAIN_SECONDS = 2
_SLOWLY_SECONDS = 10
_LONG_AFTER_SECONDS = 30
_NAME_LIMIT = 120
_ALL_SURE = "ro"
"""What an address says when somebody asked for all that was read well to be ticked."""


@bp.get("/dang-ky/tu-tep")
@require(Permission.PROFILE_OWN)
def prefill() -> ResponseReturnValue:
    """Where the file stands: none yet, waiting, unreadable, or what was found in it."""
    own = _opened()
    cv = cv_of(own.session, own.account.id)
    if cv is None:
        return _upload_page(own, CvForm())
    if cv.state is CvState.WAITING:
        return _waiting_page(own, cv)
    if cv.state is CvState.UNREADABLE:
        return _upload_page(own, CvForm(), _(CV_REFUSALS[cv.refusal]), cv_name(own.session, cv))
    return _review(own, cv)


@bp.post("/dang-ky/tu-tep")
@require(Permission.PROFILE_OWN)
def upload_cv() -> ResponseReturnValue:
    """Receive a file; a later one takes the place of an earlier one."""
    own, form = _opened(), CvForm()
    if not form.validate() or not _is_received(own, form):
        return _upload_page(own, form), 422
    try:
        own.session.commit()
    except IntegrityError:  # two windows at the same moment: the one that came first is read
        own.session.rollback()
    _wake()
    return redirect(url_for(".prefill"), 303)


def _opened() -> Own:
    """The journey of somebody who agreed that what they say is kept: a CV says far more than one page asks."""
    own = open_own()
    agreed = entry_of(Drafts(own), Task.CONSENT)
    if not own.is_sent and (agreed is None or agreed.state is not TaskState.DONE):
        flash(_("Đọc và đồng ý trước, rồi gửi CV."), "info")
        abort(redirect(url_for(".agreement"), 303))
    return own


@bp.post("/dang-ky/tu-tep/bo")
@require(Permission.PROFILE_OWN)
def drop_cv() -> ResponseReturnValue:
    """Forget the file and what was found in it; nothing of it is in the profile."""
    own = open_own()
    forget_cv(own.session, own.account.id)
    own.session.commit()
    flash(_("Đã xóa tệp CV. Không có gì của tệp được đưa vào hồ sơ."), "ok")
    return redirect(_back(own), 303)


@bp.post("/dang-ky/tu-tep/xac-nhan")
@require(Permission.PROFILE_OWN)
def confirm_cv() -> ResponseReturnValue:
    """Take over what is ticked; shown once more when something was typed elsewhere meanwhile, or is to be mended."""
    own = open_own()
    cv = cv_of(own.session, own.account.id, to_write=True)
    if cv is None or cv.state is not CvState.READY or cv.public_id != request.form.get("cv"):
        flash(_("Tệp này đã được xử lý hoặc đã thay bằng tệp khác."), "info")
        return redirect(url_for(".prefill"), 303)
    offers = offers_of(own, answers_of(own), cv_items(own.session, cv), request.form)
    skills = new_cards(own, cards_in(request.form.to_dict(flat=False)))
    if seen_mark(offers) != request.form.get("seen"):
        flash(_("Hồ sơ vừa được sửa ở nơi khác. Xem lại các chỗ khác nhau, rồi xác nhận."), "warn")
        return _page(own, cv, offers, skills), 409
    if not _is_right(own, offers, skills):
        return _page(own, cv, offers, skills), 422
    return _take_over(own, cv, offers, skills)


def _is_right(own: Own, offers: Sequence[Offer], skills: Sequence[Shown]) -> bool:
    """Whether all that is ticked may be written. Drafts take what is to be mended; a record does not."""
    wrong = [one for one in offers if one.form.on.data and not one.form.validate()]
    ready = rows_of(own, offers)
    if own.person is None:
        return not wrong
    return not wrong and all(one.parsed is not None for one in ready) and is_settled(skills)


def _take_over(own: Own, cv: CvFile, offers: Sequence[Offer], skills: Sequence[Shown]) -> ResponseReturnValue:
    answers = answers_of(own)
    try:
        taken = take_rows(answers, rows_of(own, offers)) + take_skills(own, skills)
        if isinstance(answers, Drafts):
            taken += take_values(own, answers, offers)
        elif own.person is not None and taken:
            confirm_profile(own.session, own.person, on=own.on, by=own.account.id, at=own.at)
    except (AlreadyClaimed, EditedMeanwhile, StaleDataError):
        own.session.rollback()
        flash(_("Hồ sơ vừa được sửa ở nơi khác. Xem lại, rồi xác nhận."), "warn")
        return redirect(url_for(".prefill"), 303)
    by = own.account.id
    detail = {"taken": taken, "reader": READER}
    record(own.session, by, "cv.confirmed", "cv_file", cv.public_id, detail=detail, at=own.at)
    forget_cv(own.session, own.account.id)
    own.session.commit()
    flash(said_of(taken) if taken else _("Không đưa mục nào vào hồ sơ. Đã xóa tệp CV."), "ok")
    return redirect(_back(own), 303)


def _is_received(own: Own, form: CvForm) -> bool:
    """Keep the file; False with the reason beside the field."""
    sent: Any = form.file.data
    content = sent.stream.read(MAX_FILE_BYTES + 1)
    try:
        receive_cv(own.session, own.account.id, content, _file_name(sent.filename or ""), at=own.at)
    except CvRefused as refused:
        form.file.errors = [_(CV_REFUSALS[refused.code])]
        return False
    return True


def _file_name(sent: str) -> str:
    """The last part of the name, without what no name may hold; it is shown and says the kind, nothing else."""
    last = sent.replace("\\", "/").rsplit("/", 1)[-1]
    suffix = last.rpartition(".")[2][:5] if "." in last else ""
    try:
        return clean(last[-_NAME_LIMIT:], limit=_NAME_LIMIT)
    except TextRefused:
        return f"CV.{suffix}" if suffix.isascii() and suffix.isalpha() else ""


def _wake() -> None:
    configuration: Any = current_app.config
    settings: Settings = configuration["REGISTRY_SETTINGS"]
    wake_worker(settings)


def _review(own: Own, cv: CvFile) -> ResponseReturnValue:
    items = cv_items(own.session, cv)
    ticked = request.args.get("chon") == _ALL_SURE
    offers = offers_of(own, answers_of(own), items, ticked=ticked)
    shown = new_cards(own, [_card(one, ticked=ticked) for one in items if one.part == "skill"])
    return _page(own, cv, offers, _ticked(own, shown))


def _card(item: Item, *, ticked: bool) -> Card:
    return Card(item.fields["skill"], on=ticked and item.sure >= SURE_FROM)


def _ticked(own: Own, shown: Sequence[Shown]) -> list[Shown]:
    """The cards with the level their words say; one that may mean several skills is not ticked."""
    cards: list[Card] = []
    for one in shown:
        level, skill = one.read.resolution.level, one.read.skill
        said = ""
        if level is not None and level.rank and skill is not None and level.scale == skill.scale:
            said = str(level_of(skill.scale, level.rank))
        cards.append(Card(one.card.typed, on=one.card.on and not one.is_question, level=said))
    return show(own.session, cards)


def _page(own: Own, cv: CvFile, offers: Sequence[Offer], skills: Sequence[Shown]) -> str:
    sources = {one.fields["skill"]: one for one in cv_items(own.session, cv) if one.part == "skill"}
    errors = [pair for one in offers if one.form.on.data for pair in one.form.error_list()]
    errors += [pair for one in skills for pair in one.form.error_list()]
    return render_template(
        "registrations/prefill_review.html",
        own=own,
        cv=cv,
        name=cv_name(own.session, cv),
        groups=groups_of(own, offers),
        cards=skills,
        sources=sources,
        seen=seen_mark(offers),
        errors=errors,
        back=_back(own),
        reader=READER,
        all_sure=url_for(".prefill", chon=_ALL_SURE),
    )


def _upload_page(own: Own, form: CvForm, refusal: str = "", name: str = "") -> str:
    return render_template(
        "registrations/prefill.html", own=own, form=form, refusal=refusal, name=name, back=_back(own)
    )


def _waiting_page(own: Own, cv: CvFile) -> Response:
    """A page that loads itself again, more slowly when it takes long; without any script."""
    waited = (own.at - cv.created_at).total_seconds()
    is_stuck = cv.job is not None and cv.job.state.is_over
    takes_long = waited > _LONG_AFTER_SECONDS
    page = render_template(
        "registrations/prefill_waiting.html",
        own=own,
        name=cv_name(own.session, cv),
        takes_long=takes_long,
        is_stuck=is_stuck,
        back=_back(own),
    )
    answer = make_response(page)
    if not is_stuck:
        answer.headers["Refresh"] = str(_SLOWLY_SECONDS if takes_long else _AGAIN_SECONDS)
    return answer


def _back(own: Own) -> str:
    return url_for(".mine") if own.is_sent else url_for(".journey")
