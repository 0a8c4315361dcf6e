"""The words of pages: Vietnamese msgids, English through gettext. Knows which language a request wants."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import flask_babel
from babel.support import NullTranslations
from flask import Flask, g, has_app_context, has_request_context, request, session
from flask.globals import _cv_app  # pyright: ignore[reportPrivateUsage] - see below
from flask_babel import Babel, get_locale
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from registry import formats
from registry.paths import TRANSLATIONS

LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"

# A page asks some seven hundred times: the variable itself answers ten times quicker than the proxies over it.
_context: Any = _cv_app


class _Sentences(dict[str, str]):
    """What one language says, by the sentence as it is written; each is looked for in the catalogue once."""

    # The sentences are those of our code and of the libraries, some four thousand; more would be a fault of ours.
    _MOST = 20_000

    def __init__(self, translations: Any) -> None:
        super().__init__()
        self.ngettext: Callable[[str, str, int], str] = translations.ngettext
        self._gettext: Callable[[str], str] = translations.gettext
        self.marked: dict[str, Markup] = {}

    def __missing__(self, written: str) -> str:
        if len(self) >= self._MOST:
            self.clear()
            self.marked.clear()
        said = self[written] = self._gettext(written)
        return said


_OUTSIDE = _Sentences(NullTranslations())
"""What is said where no page is made: the sentences as they are written."""

_by_translations: WeakKeyDictionary[Any, _Sentences] = WeakKeyDictionary()


def _sentences() -> _Sentences:
    """The sentences of the language of this request, looked for once.

    A page says some hundreds, and Flask-Babel looks for the language again at every one. They are kept where
    Flask-Babel forgets them by itself when the language is changed for a while.
    """
    kept = _kept()
    found: _Sentences | None = getattr(kept, "babel_translations", None)
    return _looked_for() if found is None else found


def _looked_for() -> _Sentences:
    if not has_app_context():
        return _OUTSIDE
    domain: Any = flask_babel.get_domain()  # pyright: ignore[reportUnknownMemberType]
    translations = domain.get_translations()
    found = _by_translations.get(translations)
    if found is None:
        found = _by_translations[translations] = _Sentences(translations)
    g._flask_babel.babel_translations = found
    return found


def _kept() -> Any:
    """What Flask-Babel keeps of this request; None before it was first asked, and outside."""
    try:
        return _context.get().g._flask_babel
    except (AttributeError, LookupError):
        return None


def gettext(string: str, **variables: Any) -> str:
    """The sentence in the language of the request, `%(name)s` filled in."""
    sentence = _sentences()[string]
    return sentence % variables if variables else sentence


def lazy_gettext(string: str, **variables: Any) -> Any:
    """As `gettext`, but looked up when shown: for sentences written at import.

    Typed loosely because the stubs of WTForms ask for `str` where a lazy sentence is what is meant.
    """
    return LazyString(gettext, string, **variables)


def lazy_words(words: Callable[..., str], *arguments: Any) -> Any:
    """What `words` says when it is shown: for words in data files, in the language of the page."""
    return LazyString(words, *arguments)


def ngettext(singular: str, plural: str, num: int, **variables: Any) -> str:
    """As `gettext`, by number; Vietnamese uses one form for both. `%(num)s` is written with its groups: «1.747»."""
    variables.setdefault("num", formats.number(num, locale=current_language()))
    sentence = _sentences().ngettext(singular, plural, num)
    return sentence % variables


def current_language() -> str:
    """The language of this request, `vi` when nothing else was chosen."""
    # Where Flask-Babel keeps it, once it has been looked for: a page asks several hundred times.
    locale = getattr(_kept(), "babel_locale", None) or get_locale()
    return DEFAULT_LANGUAGE if locale is None else locale.language


@contextmanager
def said_in(language: str) -> Generator[None]:
    """All sentences inside in this language, whatever that of the page is: for a file somebody wants in another one."""
    babel: Any = flask_babel  # its types are not whole
    with babel.force_locale(language):
        yield


def _wanted_language() -> str:
    """A choice made with the switch wins; the browser's header is not asked, Vietnamese comes first.

    Programs have no switch: they say what they want in the header.
    """
    if not has_request_context():
        return DEFAULT_LANGUAGE
    if request.path.startswith("/api/"):
        return request.accept_languages.best_match(LANGUAGES, DEFAULT_LANGUAGE)
    wanted = request.args.get("lang") or session.get("language")
    return wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE


def install(app: Flask) -> None:
    """Give the app its translations."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT_LANGUAGE
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Ho_Chi_Minh"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, locale_selector=_wanted_language)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    names: Any = app.jinja_env.globals
    names["gettext"] = names["_"] = _of_page
    names["ngettext"] = _of_page_by_number


def marked_sentence(written: str, /, **variables: Any) -> Markup:
    """The `gettext` of templates that escape, as `_of_page` below; kept for each language while nothing is filled in."""
    sentences = _sentences()
    if variables:
        return Markup(sentences[written]) % variables  # noqa: S704 - our own words
    found = sentences.marked.get(written)
    if found is None:
        said = Markup(sentences[written])  # noqa: S704 - our own words
        found = sentences.marked[written] = said % {} if "%" in said else said
    return found


# Whoever asks for the context of a template inside a block or a loop is given a copy of all of it: a page says some
# two hundred sentences, and these need to know only whether it escapes.


@pass_eval_context
def _of_page(place: EvalContext, string: str, /, **variables: Any) -> str:
    """The `gettext` of templates: markup where the page is, so that what is filled in is escaped; «%%» says «%»."""
    sentence = _sentences()[string]
    shown = Markup(sentence) if place.autoescape else sentence  # noqa: S704 - our own words
    return shown % variables if "%" in sentence else shown


@pass_eval_context
def _of_page_by_number(place: EvalContext, singular: str, plural: str, num: int, /, **variables: Any) -> str:
    """The `ngettext` of templates, with `%(num)s` written as in `ngettext` above."""
    variables.setdefault("num", formats.number(num, locale=current_language()))
    sentence = _sentences().ngettext(singular, plural, num)
    shown = Markup(sentence) if place.autoescape else sentence  # noqa: S704 - our own words
    return shown % variables
