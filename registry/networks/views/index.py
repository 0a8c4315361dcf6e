"""«Mạng lưới»: what the room holds, each with its number and its way in."""

from flask import render_template
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, require, whole_viewer
from registry.accounts.rules import Permission
from registry.networks.queries.associations import associations
from registry.networks.queries.awards import awards
from registry.networks.queries.tasks import TaskFilter, late_tasks, ordered_tasks
from registry.networks.queries.visits import countries_of
from registry.networks.views.blueprint import bp
from registry.networks.views.origin import places_choices, total_from
from registry.web.clock import today
from registry.web.database import db_session


@bp.get("/mang-luoi")
@require(Permission.PROGRAMMES_READ)
def index() -> ResponseReturnValue:
    """Associations with their members, and the ways to everything else."""
    session, viewer, on = db_session(), current_viewer(), today()
    lines = associations(session, viewer, on=on)
    places = places_choices(session)
    return render_template(
        "networks/index.html",
        lines=lines,
        on=on,
        tasks=ordered_tasks(session, viewer, TaskFilter(), 1).total,
        late=late_tasks(session, viewer, on=on),
        visits=len(countries_of(session, viewer)),
        awards=awards(session, viewer, 1).total,
        origin=total_from(session, places[0][0]) if places else None,
        panels=whole_viewer().can(Permission.CANDIDACIES_READ),
        may_write=whole_viewer().can(Permission.PROGRAMMES_WRITE),
    )
