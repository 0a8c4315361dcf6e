"""The words of pages: Vietnamese msgids, English through gettext. Knows which language a request wants."""

from collections.abc import Callable
from typing import Any

import flask_babel
from flask import Flask, has_request_context, request, session
from flask_babel import Babel, get_locale
from flask_babel.speaklater import LazyString

from registry.paths import TRANSLATIONS

LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"

# Flask-Babel types its variables as unknown; these three say what they are.


def gettext(string: str, **variables: Any) -> str:
    """The sentence in the language of the request, `%(name)s` filled in."""
    return flask_babel.gettext(string, **variables)  # pyright: ignore[reportUnknownMemberType]


def lazy_gettext(string: str, **variables: Any) -> Any:
    """As `gettext`, but looked up when shown: for sentences written at import.

    Typed loosely because the stubs of WTForms ask for `str` where a lazy sentence is what is meant.
    """
    return flask_babel.lazy_gettext(string, **variables)  # pyright: ignore[reportUnknownMemberType]


def lazy_words(words: Callable[..., str], *arguments: Any) -> Any:
    """What `words` says when it is shown: for words in data files, in the language of the page."""
    return LazyString(words, *arguments)


def ngettext(singular: str, plural: str, num: int, **variables: Any) -> str:
    """As `gettext`, by number; Vietnamese uses one form for both."""
    return flask_babel.ngettext(singular, plural, num, **variables)  # pyright: ignore[reportUnknownMemberType]


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
