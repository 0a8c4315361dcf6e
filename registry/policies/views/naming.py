"""Names of what conditions speak of by code, in the language of the page: units, countries, fields of study."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from registry import formats
from registry.people.rules.vocabulary import field_of_code
from registry.places.models import AdministrativeUnit
from registry.places.queries import country_name, gazetteer, resolve_country
from registry.places.rules import Gazetteer
from registry.policies.forms.conditions import Countries
from registry.policies.models import PolicyScope, PolicyVersion
from registry.policies.queries.places import units_by_code
from registry.policies.rules.words import Words
from registry.web.i18n import current_language, gettext
from registry.web.i18n import gettext as _

EVERYWHERE = "VN"


class PageNames:
    """Looks names up; a code nobody knows stands for itself. The places of `versions` are read at once."""

    def __init__(self, session: Session, versions: Iterable[PolicyVersion] = ()) -> None:
        self._session = session
        codes = {one.unit_code for version in versions for one in version.scope} - {EVERYWHERE}
        self._units = units_by_code(session, codes) if codes else {}
        self._gazetteer: Gazetteer | None = None

    def unit(self, code: str) -> str:
        """An administrative unit «code@as_of», within its borders of then when it ended."""
        number, _at, as_of = code.partition("@")
        if number == EVERYWHERE:
            return _("cả nước")
        try:
            day = date.fromisoformat(as_of) if as_of else None
        except ValueError:
            return code
        if number not in self._units:
            self._units |= units_by_code(self._session, {number})
        found = next((one for one in self._units.get(number, ()) if _held(one, day)), None)
        if found is None:
            return code
        if found.valid_to is None:
            return self._words(found)
        day_words = formats.date(found.valid_to, current_language())
        return _("%(name)s (địa giới đến hết %(day)s)", name=found.full_name, day=day_words)

    def _words(self, unit: AdministrativeUnit) -> str:
        self._gazetteer = self._gazetteer or gazetteer(self._session)
        place = self._gazetteer.by_path(unit.path)
        return unit.full_name if place is None else place.words(current_language())

    def country(self, code: str) -> str:
        """A country by its code of two letters."""
        return country_name(code, current_language())

    def field(self, code: str) -> str:
        """A field of study; a code longer than the vocabulary's is named by the field it lies in."""
        found = field_of_code(code) or field_of_code(code[:3])
        if found is None:
            return _("mã ngành %(code)s", code=code)
        name = found.en if current_language() == "en" else found.vi
        return f"{name} ({code})"


def countries() -> Countries:
    """Countries in the language of the page; they are read in every language."""

    def code_of(text: str) -> str | None:
        found = resolve_country(text)
        return None if found is None else found.code

    return Countries(code_of, lambda code: country_name(code, current_language()))


def page_words(session: Session) -> Words:
    """Conditions as sentences in the language of the page."""
    return Words(PageNames(session), gettext)


def scope_words(names: PageNames, version: PolicyVersion) -> list[str]:
    """The places a version holds for; nothing when its text was not read so far."""
    return [names.unit(_code(one)) for one in version.scope]


def _code(scope: PolicyScope) -> str:
    return scope.unit_code if scope.as_of is None else f"{scope.unit_code}@{scope.as_of.isoformat()}"


def _held(unit: AdministrativeUnit, day: date | None) -> bool:
    """Whether the unit stood on a day; without one, whether it stands now."""
    if day is None:
        return unit.valid_to is None
    return unit.valid_from <= day and (unit.valid_to is None or unit.valid_to >= day)
