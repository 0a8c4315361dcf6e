"""The words of pages: Vietnamese msgids, English through gettext. Knows which language a request wants."""

from flask import Flask, has_request_context, request, session
from flask_babel import Babel, get_locale, gettext, lazy_gettext, ngettext

from registry.paths import TRANSLATIONS

LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "current_language", "gettext", "install", "lazy_gettext", "ngettext"]


def current_language() -> str:
    """The language of this request, `vi` when nothing else was chosen."""
    locale = get_locale()
    return DEFAULT_LANGUAGE if locale is None else locale.language


def _wanted_language() -> str:
    """A choice made with the switch wins; the browser's header is not asked, Vietnamese comes first."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    wanted = request.args.get("lang") or session.get("language")
    return wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE


def install(app: Flask) -> None:
    """Give the app its translations."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT_LANGUAGE
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Ho_Chi_Minh"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, locale_selector=_wanted_language)
    app.jinja_env.add_extension("jinja2.ext.i18n")
