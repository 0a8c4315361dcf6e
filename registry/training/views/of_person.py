"""Courses of one person: for the offices that may see both, and «Khóa học của tôi» for oneself."""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, require, whole_viewer
from registry.accounts.rules import Permission
from registry.people.queries import own_record
from registry.people.views.loading import open_person
from registry.training.forms import words
from registry.training.models import Participation
from registry.training.queries.participants import taken_by
from registry.training.rules import CreditKind
from registry.training.views.blueprint import bp, keep_read
from registry.web.database import db_session


@bp.get("/ung-vien/<ma>/dao-tao")
@require(Permission.PEOPLE_READ)
def of_person(ma: str) -> ResponseReturnValue:
    """What a person took part in, as far as the viewer may see the classes."""
    opened = open_person(ma)
    found = taken_by(opened.session, opened.person, whole_viewer())
    page = render_template(
        "training/of_person.html",
        opened=opened,
        name=opened.name,
        lines=[line_of(one) for one in found],
    )
    keep_read("dao-tao", [ma])
    return page


@bp.get("/toi/dao-tao")
@require(Permission.PROFILE_OWN)
def own_courses() -> ResponseReturnValue:
    """All one's own courses with results and certificates."""
    session = db_session()
    person = own_record(session, current_account().id)
    found: Sequence[Participation] = () if person is None else taken_by(session, person)
    return render_template("training/own.html", lines=[line_of(one) for one in found])


def line_of(one: Participation) -> dict[str, Any]:
    """A participation as the list of a person shows it."""
    given = [row for row in one.credits if row.withdrawn_at is None]
    return {
        "row": one,
        "held": one.session,
        "course": one.session.course,
        "kind": words.KIND[one.session.course.kind],
        "state": (words.PARTICIPATION[one.state], words.PARTICIPATION_TAG.get(one.state, "")),
        "result": None
        if one.result is None
        else (words.RESULT[one.result], words.RESULT_TAG.get(one.result, "")),
        "grade": None if one.grade_tenths is None else one.grade_tenths / 10,
        "skills": [row.what for row in given if row.kind is CreditKind.SKILL],
        "political_theory": _rank(given, CreditKind.POLITICAL_THEORY, words.POLITICAL_THEORY),
        "state_management": _rank(given, CreditKind.STATE_MANAGEMENT, words.STATE_MANAGEMENT),
    }


def _rank(given: list[Any], kind: CreditKind, named: Any) -> Any:
    return next((named.get(row.rank) for row in given if row.kind is kind), None)
