"""The list of a class as it may leave."""

from flask import url_for

from registry.accounts.access import current_viewer
from registry.exports.queries.training_rows import trained_ids, trained_total
from registry.exports.rules.kinds import ExportKind, ExportList
from registry.exports.views.blueprint import Args
from registry.exports.views.offers import Offer
from registry.training.queries.sessions import session_of
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


def training_offer(ma: str, _args: Args) -> Offer:
    """Whoever of the class is in the registry and may be seen. Raises NotVisible."""
    session, viewer, on = db_session(), current_viewer(), today()
    held = session_of(session, viewer, ma)
    if held is None:
        raise NotVisible
    return Offer(
        ExportKind.PEOPLE,
        "",
        trained_total(session, viewer, ma, on=on),
        lambda _columns: trained_ids(viewer, ma, on=on),
        url_for("training.show", ma=ma),
        (_("Lớp %(code)s, chỉ người có hồ sơ", code=held.code),),
        subject=ExportList.TRAINING.value,
        address=ma,
    )
