"""All candidacies in scope, filtered by the address: what is overdue, whose, where; and what is due besides."""

from datetime import timedelta
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.candidacies import queries
from registry.candidacies.forms.words import STAGE
from registry.candidacies.rules import ENDS, Stage
from registry.candidacies.views.blueprint import bp, naming
from registry.candidacies.views.shown import line_of
from registry.introductions.rules import local_day
from registry.matching.views.blueprint import record_shown
from registry.people.queries import display_name, is_public_id
from registry.places.queries import provinces
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.paging import Page, page_number

_LONGEST = 200
TOLD_DAYS = 14


@bp.get("/ung-tuyen")
@require(Permission.CANDIDACIES_READ)
def index() -> ResponseReturnValue:
    """The register of candidacies."""
    session, viewer, on = db_session(), current_viewer(), today()
    wanted = wanted_in(request.args)
    number = page_number(request.args.get("trang"))
    found = queries.listed(session, viewer, wanted, on=on, page=number)
    names = naming(viewer, None)
    checks = queries.checks_due(session, viewer, on=on)
    late = queries.late_opinions(session, viewer, on=on)
    shown = [one.person.public_id for one in found.rows] + [one.candidacy.person.public_id for one in checks]
    record_shown("candidacy.listed", shown)
    lines = [
        {**line_of(one, names), "need": one.need.title, "need_ma": one.need.public_id} for one in found.rows
    ]
    return render_template(
        "candidacies/index.html",
        lines=lines,
        listed=Page(found.rows, number, found.total, queries.PAGE_ROWS),
        wanted=wanted,
        args=args_of(wanted),
        stages=[(one.value, STAGE[one], found.by_stage.get(one, 0), one in wanted.stages) for one in Stage],
        units=[("", _("Mọi nơi")), *((unit.path, unit.full_name) for unit in provinces(session))],
        owner=request.args.get("phu-trach", ""),
        checks=[
            {
                "name": display_name(one.candidacy.person, names),
                "ma": one.candidacy.public_id,
                "months": one.months,
                "due_on": one.due_on,
            }
            for one in checks
        ],
        late=[
            {
                "name": display_name(one.candidacy.person, names),
                "ma": one.candidacy.public_id,
                "due_on": one.due_on,
            }
            for one in late
            if one.candidacy is not None
        ],
        elsewhere=_elsewhere(names),
    )


def _elsewhere(names: Any) -> list[dict[str, Any]]:
    """What closed of late under whoever looks, since the person took another post."""
    on = today()
    rows = queries.closed_elsewhere(
        db_session(), current_viewer(), by=current_account().id, since=on - timedelta(days=TOLD_DAYS), on=on
    )
    return [
        {
            "name": display_name(one.person, names),
            "ma": one.public_id,
            "need": one.need.title,
            "on": None if one.closed_at is None else local_day(one.closed_at),
        }
        for one in rows
    ]


def wanted_in(args: MultiDict[str, str]) -> queries.Wanted:
    """The filter in an address; what it does not understand it leaves out."""
    known = {str(one) for one in Stage}
    stages = frozenset(Stage(one) for one in args.getlist("buoc") if one in known)
    need = args.get("nhu-cau", "")
    owner = {"toi": current_account().id, "chua-ai": 0}.get(args.get("phu-trach", ""))
    return queries.Wanted(
        stages=stages,
        owner=owner,
        is_overdue=args.get("qua-han") == "1",
        need=need if is_public_id(need) else "",
        unit_path=args.get("dia-ban", "")[:_LONGEST],
        is_open=args.get("ca-da-dong") != "1" and not stages & ENDS,
    )


def args_of(wanted: queries.Wanted) -> dict[str, Any]:
    """The filter as it stands in the address; standard values are left out."""
    owner = {None: "", 0: "chua-ai"}.get(wanted.owner, "toi")
    named = {
        "buoc": [str(one) for one in Stage if one in wanted.stages],
        "phu-trach": owner,
        "qua-han": "1" if wanted.is_overdue else "",
        "nhu-cau": wanted.need,
        "dia-ban": wanted.unit_path,
        "ca-da-dong": "" if wanted.is_open or wanted.stages else "1",
    }
    return {name: value for name, value in named.items() if value}
