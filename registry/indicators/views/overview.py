"""«Chỉ tiêu»: every measure of a place for a period, training by category, the map, the line."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, require
from registry.accounts.rules import Permission
from registry.indicators.queries.categories import training_table
from registry.indicators.queries.overview import lines_of
from registry.indicators.queries.reading import contradictions_of
from registry.indicators.rules.figures import Period
from registry.indicators.rules.numbers import percent_words
from registry.indicators.rules.pace import elapsed
from registry.indicators.rules.periods import words_of
from registry.indicators.rules.restating import METHOD_WORDS, RestatedBy
from registry.indicators.views.blueprint import EARLIER, PLAN, bp, wanted
from registry.indicators.views.drawn import course_drawn, province_map, training_pairs
from registry.indicators.views.words import line_words
from registry.places.queries.former_provinces import place_words
from registry.places.rules import is_former_part
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.i18n import gettext as _


@bp.get("/chi-tieu")
@require(Permission.INDICATORS_READ)
def index() -> ResponseReturnValue:
    """The whole page."""
    session = db_session()
    asked = wanted(session)
    shared: dict[Any, Any] = {}
    lines = lines_of(session, asked.indicators, asked.period, asked.part, shared)
    training = training_table(session, asked.period, asked.place, asked.part, shared) if asked.part else None
    year = Period.year(asked.period.end.year)
    return render_template(
        "indicators/index.html",
        asked=asked,
        place=place_words(session, asked.part) if asked.part else "",
        period=words_of(asked.period),
        lines=[line_words(one, asked.period) for one in lines],
        by_plan=asked.compare == PLAN,
        compare=[(PLAN, _("Kế hoạch")), (EARLIER, _("Kỳ trước"))],
        open=contradictions_of(session, [one.id for one in asked.indicators], only_open=True),
        due=percent_words(100 * elapsed(year, asked.period.end)),
        training=training,
        pairs=training_pairs(training) if training else None,
        map=province_map(session, asked),
        course=course_drawn(session, lines, request.args.get("duong", "")),
        may_write=current_viewer().can(Permission.INDICATORS_WRITE),
        by_former=is_former_part(asked.part),
        method=_(METHOD_WORDS[RestatedBy.ROWS]),
        at=now(),
    )
