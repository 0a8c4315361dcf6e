"""The words of a request, opened for those who may read them."""

from sqlalchemy.orm import Session

from registry.db.keys import keyring_of
from registry.privacy.models import RightsRequest, RightsStep


def words_place(request: RightsRequest) -> str:
    """Where sealed words belong: moved to another person's request they do not open."""
    return f"rights_step.words:{request.person.public_id}"


def words_of(session: Session, request: RightsRequest, step: RightsStep) -> str:
    """What was written with a step; empty when nothing was."""
    if step.words_sealed is None:
        return ""
    return keyring_of(session).open(step.words_sealed, words_place(request))
