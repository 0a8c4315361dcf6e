"""«Tự đánh giá»: who was asked, who sent, who did not; asking and sending."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.organisations.views.blueprint import may_at
from registry.programmes.forms.words import VERDICT, VERDICT_TAG
from registry.programmes.forms.work import ReviewForm, RoundForm
from registry.programmes.models import SelfReview
from registry.programmes.operations.tasks import ReviewTerms, ask_reviews, send_review
from registry.programmes.queries.people import names_of
from registry.programmes.queries.programmes import document_of
from registry.programmes.queries.tasks import agencies_with_tasks, review_of, rounds
from registry.programmes.rules.words import ReviewVerdict
from registry.programmes.views.blueprint import (
    agency_choices,
    agency_ids,
    bp,
    by,
    document_choices,
    form_page,
    head_of,
    opened,
    opened_to_write,
    page_of,
    reader,
    saved,
)
from registry.web.clock import now, today
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.get("/chuong-trinh/<ma>/tu-danh-gia")
@require(Permission.PROGRAMMES_READ)
def reviews(ma: str) -> ResponseReturnValue:
    """Every round: missing ones first, then what was sent; an agency sees its own lines."""
    session, programme = opened(ma)
    head = head_of(programme, "reviews")
    found: list[dict[str, Any]] = []
    for one in rounds(session, programme):
        seen = [
            review
            for review in one.reviews
            if head["is_whole"] or may_at(Permission.PROGRAMMES_READ, review.organisation)
        ]
        missing = [review for review in seen if review.sent_at is None]
        sent = [review for review in seen if review.sent_at is not None]
        if seen:
            found.append({"round": one, "missing": missing, "sent": sent, "is_over": one.due_on < today()})
    return render_template(
        "programmes/reviews.html",
        **head,
        rounds=found,
        verdict_words=VERDICT,
        verdict_tags=VERDICT_TAG,
        may_send=_may_send,
        not_asked=_not_asked(found, agencies_with_tasks(session, programme)) if head["is_whole"] else [],
    )


def _may_send(review: SelfReview) -> bool:
    return may_at(Permission.PROGRAMMES_WRITE, review.organisation)


def _not_asked(found: list[dict[str, Any]], agencies: Any) -> list[Any]:
    """Agencies with a task that the newest round did not ask; none where no round was."""
    if not found:
        return []
    asked = {one.organisation_id for one in found[0]["round"].reviews}
    return [one for one in agencies if one.id not in asked]


@bp.route("/chuong-trinh/<ma>/tu-danh-gia/hoi", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def ask(ma: str) -> ResponseReturnValue:
    """Ask agencies for self-reviews; those that lead or co-operate are chosen beforehand."""
    session, programme = opened_to_write(ma)
    chosen = [one.public_id for one in agencies_with_tasks(session, programme)]
    form = RoundForm() if request.method == "POST" else RoundForm(formdata=None, data={"agencies": chosen})
    form.offer(agency_choices(session, programme), document_choices(session, programme))
    back = page_of(programme, "reviews")
    if request.method != "POST" or not form.validate():
        page = form_page(programme, form, _("Yêu cầu tự đánh giá"), back)
        return (page, 422) if request.method == "POST" else page
    known = agency_ids(session, programme)
    ask_reviews(
        session,
        programme,
        str(form.title.data),
        [known[one] for one in form.agencies.data or () if one in known],
        due_on=form.due_on.data or today(),
        document=document_of(session, programme, str(form.document.data)) if form.document.data else None,
        by=by(),
        at=now(),
        on=today(),
    )
    return saved(session, back)


@bp.get("/chuong-trinh/<ma>/tu-danh-gia/<ban>")
@require(Permission.PROGRAMMES_READ)
def review(ma: str, ban: str) -> ResponseReturnValue:
    """What an agency sent."""
    session, programme = opened(ma)
    found = review_of(session, reader(), programme, ban)
    if found is None:
        raise NotVisible
    return render_template(
        "programmes/review.html",
        **head_of(programme, "reviews"),
        review=found,
        verdict_words=VERDICT,
        verdict_tags=VERDICT_TAG,
        who=names_of(session, [found.sent_by_id]).get(found.sent_by_id or 0, ""),
        may_send=_may_send(found),
    )


@bp.route("/chuong-trinh/<ma>/tu-danh-gia/<ban>/gui", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def send(ma: str, ban: str) -> ResponseReturnValue:
    """Send the review of an agency of one's own."""
    session, programme = opened(ma)
    found = review_of(session, reader(), programme, ban)
    if found is None or not _may_send(found):
        raise NotVisible
    form = ReviewForm() if request.method == "POST" else ReviewForm(formdata=None, data=_typed(found))
    back = page_of(programme, "review", ban=found.public_id)
    if request.method != "POST" or not form.validate():
        page = form_page(
            programme,
            form,
            _("Gửi tự đánh giá"),
            back,
            about=f"{found.organisation.name}: {found.round.title}",
        )
        return (page, 422) if request.method == "POST" else page
    terms = ReviewTerms(
        verdict=ReviewVerdict(form.verdict.data),
        results=str(form.results.data),
        obstacles=str(form.obstacles.data or ""),
        proposals=str(form.proposals.data or ""),
        head_name=str(form.head_name.data),
    )
    send_review(session, programme, found, terms, by=by(), at=now())
    return saved(session, back)


def _typed(found: SelfReview) -> dict[str, Any]:
    names = ("results", "obstacles", "proposals", "head_name")
    return {name: getattr(found, name) for name in names} | {
        "verdict": None if found.verdict is None else found.verdict.value
    }
