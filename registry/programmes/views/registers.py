"""«Kiến nghị»: the register with the age of each, and its steps."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.programmes.forms.words import MOVE_RECOMMENDATION, RECOMMENDATION, RECOMMENDATION_TAG
from registry.programmes.forms.work import AnswerForm, ForwardForm, RecommendationForm
from registry.programmes.models import Programme, Recommendation
from registry.programmes.operations.registers import (
    RecommendationTerms,
    move_recommendation,
    raise_recommendation,
)
from registry.programmes.queries.registers import recommendation_of, recommendations
from registry.programmes.rules.registers import NEXT, age_days
from registry.programmes.rules.words import RecommendationState
from registry.programmes.views.blueprint import (
    agency_choices,
    agency_ids,
    bp,
    by,
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


@bp.get("/chuong-trinh/<ma>/kien-nghi")
@require(Permission.PROGRAMMES_READ)
def recommended(ma: str) -> ResponseReturnValue:
    """The register, the oldest first."""
    session, programme = opened(ma)
    head = head_of(programme, "recommended")
    return render_template(
        "programmes/recommended.html",
        **head,
        lines=[
            {
                "one": one,
                "age": age_days(one.raised_on, one.done_on, today()),
                "is_late": one.due_on is not None and one.answered_on is None and one.due_on < today(),
                "moves": _moves(programme, one) if head["may_write"] else [],
            }
            for one in recommendations(session, reader(), programme)
        ],
        words=RECOMMENDATION,
        tags=RECOMMENDATION_TAG,
    )


def _moves(programme: Programme, one: Recommendation) -> list[dict[str, Any]]:
    return [
        {
            "text": MOVE_RECOMMENDATION[target],
            "href": page_of(programme, "move_recommended", kien_nghi=one.public_id, toi=target.value),
        }
        for target in NEXT[one.state]
    ]


@bp.route("/chuong-trinh/<ma>/kien-nghi/ghi", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def recommend(ma: str) -> ResponseReturnValue:
    """Enter a recommendation."""
    session, programme = opened_to_write(ma)
    form = (
        RecommendationForm()
        if request.method == "POST"
        else RecommendationForm(formdata=None, data={"raised_on": today()})
    )
    form.offer(agency_choices(session, programme))
    back = page_of(programme, "recommended")
    if request.method != "POST" or not form.validate():
        page = form_page(programme, form, _("Ghi kiến nghị"), back)
        return (page, 422) if request.method == "POST" else page
    terms = RecommendationTerms(
        proposer=str(form.proposer.data),
        words=str(form.words.data),
        raised_on=form.raised_on.data or today(),
        organisation_id=agency_ids(session, programme).get(str(form.agency.data)),
        due_on=form.due_on.data,
    )
    raise_recommendation(session, programme, terms, by=by(), at=now())
    return saved(session, back)


@bp.route("/chuong-trinh/<ma>/kien-nghi/<kien_nghi>/chuyen", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def move_recommended(ma: str, kien_nghi: str) -> ResponseReturnValue:
    """Send it on, keep the answer, or close it with what came of it."""
    session, programme = opened_to_write(ma)
    found = recommendation_of(session, reader(), programme, kien_nghi)
    if found is None:
        raise NotVisible
    wanted = request.args.get("toi", "")
    target = RecommendationState(wanted) if wanted in set(RecommendationState) else None
    if target is None or target not in NEXT[found.state]:
        flash(_("Kiến nghị đang ở trạng thái không chuyển như vậy được."), "warn")
        return redirect(page_of(programme, "recommended"), 303)
    return _step(session, programme, found, target)


def _step(
    session: Session, programme: Programme, found: Recommendation, target: RecommendationState
) -> ResponseReturnValue:
    kind = ForwardForm if target is RecommendationState.FORWARDED else AnswerForm
    form: Any = kind() if request.method == "POST" else kind(formdata=None, data={"on": today()})
    if isinstance(form, ForwardForm):
        form.offer(agency_choices(session, programme))
    back = page_of(programme, "recommended")
    heading = str(MOVE_RECOMMENDATION[target])
    if request.method != "POST" or not form.validate() or _is_early(form, found):
        page = form_page(programme, form, heading, back, about=found.proposer, words=found.words)
        return (page, 422) if request.method == "POST" else page
    is_sent_on = isinstance(form, ForwardForm)
    agency = agency_ids(session, programme).get(str(form.agency.data)) if is_sent_on else None
    move_recommendation(
        session,
        found,
        target,
        words="" if is_sent_on else str(form.words.data),
        on=form.on.data or today(),
        organisation_id=agency,
        by=by(),
        at=now(),
    )
    return saved(session, back)


def _is_early(form: Any, found: Recommendation) -> bool:
    """Whether the day lies before it was raised or after today; then it is said beside the field."""
    if found.raised_on <= form.on.data <= today():
        return False
    form.on.errors = [_("Ngày phải từ ngày nêu kiến nghị đến hôm nay")]
    return True
