"""What an import made, offered to the lists of people and needs, which know nothing of imports."""

from typing import cast

from flask import Flask
from flask.sansio.blueprints import BlueprintSetupState
from sqlalchemy.orm import Session

from registry.accounts.access import current_viewer
from registry.exchange.queries.batches import made_by
from registry.exchange.views.blueprint import bp, known_batch
from registry.web.i18n import gettext as _
from registry.web.origins import Origin, offer_origin

ORIGIN = "import"


def _import_of(session: Session, key: str) -> Origin | None:
    batch = known_batch(session, current_viewer(), key)
    if batch is None:
        return None
    name = batch.file_name or _("Tệp không tên")
    return Origin(key, _("Từ đợt nhập %(name)s", name=name), made_by(batch))


@bp.record_once
def offer(state: BlueprintSetupState) -> None:
    """Offer it in the application the room is put into."""
    offer_origin(cast("Flask", state.app), ORIGIN, _import_of)
