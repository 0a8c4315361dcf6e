"""What letters of a request carry, and how many of them a request may cause. No routes here."""

from typing import Any, cast

from flask import current_app, flash, url_for
from sqlalchemy.orm import Session

from registry.accounts import operations
from registry.accounts.access import tools
from registry.accounts.operations import LetterPaper
from registry.accounts.rules import folded_email
from registry.accounts.rules.links import LinkPurpose
from registry.accounts.views.words import wait_sentence
from registry.config import Settings
from registry.web.clock import now
from registry.web.database import write_session
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.installation import installation
from registry.web.limits import client_network

# One that is good for a code alone has no page.
_PLACES = {
    LinkPurpose.REGISTRATION: "accounts.confirm_registration",
    LinkPurpose.PASSWORD: "accounts.new_password",
    LinkPurpose.EMAIL: "accounts.confirm_email",
    LinkPurpose.INVITATION: "people.take_over",
}


def settings() -> Settings:
    """The settings of this installation."""
    return cast("Settings", current_app.config["REGISTRY_SETTINGS"])


def letter_paper(session: Session) -> LetterPaper:
    """What every letter carries. Addresses begin with the configured public one, whatever the request says of itself."""
    public_url = settings().public_url.rstrip("/")

    def whole(endpoint: str, **values: Any) -> str:
        return public_url + url_for(endpoint, **values)

    return LetterPaper(
        language=current_language(),
        office=installation(session).tenant.name,
        addresses={
            "home": whole("pages.home"),
            "sign_in": whole("accounts.sign_in"),
            "register": whole("accounts.register"),
            "forgot": whole("accounts.forgotten"),
        },
        link_to=lambda purpose, token: whole(_PLACES[purpose], ma=token) if purpose in _PLACES else "",
    )


def told_to_wait(email: str) -> bool:
    """Count a request for the same letter once more, and say what comes of it. Commits. True: no letter may go now."""
    wait = letter_wait(email)
    flash(
        wait_sentence(wait) if wait else _("Đã gửi lại. Chỉ thư mới nhất dùng được."),
        "warn" if wait else "ok",
    )
    return bool(wait)


def letter_wait(email: str) -> int:
    """Count a request for a letter to this address; the whole seconds it must wait, 0 when it may go on. Commits."""
    if not tools().rate_limits:
        return 0
    session = write_session()
    wait = operations.claim_letter_request(session, folded_email(email), client_network(), at=now())
    session.commit()
    return -int(-wait.total_seconds() // 1)
