"""Everything published, made ready for the rule engine and kept until a row of it changes. Reads only.

To read and prepare all versions costs some seventy milliseconds and forty statements; what they are made of is read in
seven narrow statements, and as long as it is the same, so is what was prepared.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import formats
from registry.people.rules.vocabulary import field_of_code
from registry.places.queries import country_name, gazetteer
from registry.places.rules import Gazetteer, Place
from registry.policies.models import (
    DocumentLink,
    FigureVerification,
    LegalDocument,
    Parameter,
    ParameterValue,
    Policy,
    PolicyVersion,
    YearlyList,
    YearlyListYear,
)
from registry.policies.queries.law import law_of
from registry.policies.queries.places import units_by_code
from registry.policies.rules import Law, Ready, Words, prepare
from registry.policies.rules.states import VersionState

_MOST_KEPT = 4
_MADE_OF = (
    select(
        PolicyVersion.id,
        Policy.code,
        PolicyVersion.number,
        PolicyVersion.body_sha256,
        PolicyVersion.closed_on,
    )
    .join(Policy)
    .where(PolicyVersion.state == VersionState.PUBLISHED)
    .order_by(Policy.code, PolicyVersion.number),
    select(
        *(LegalDocument.id, LegalDocument.code, LegalDocument.number, LegalDocument.title),
        *(LegalDocument.issuer, LegalDocument.status, LegalDocument.signed_on, LegalDocument.effective_from),
        *(LegalDocument.effective_to, LegalDocument.effective_after_days),
    ).order_by(LegalDocument.id),
    select(DocumentLink.document_id, DocumentLink.other_id, DocumentLink.kind).order_by(DocumentLink.id),
    select(Parameter.key, Parameter.of, Parameter.name).order_by(Parameter.id),
    select(
        ParameterValue.parameter_id,
        ParameterValue.value_vnd,
        ParameterValue.valid_from,
        ParameterValue.valid_to,
    ).order_by(ParameterValue.id),
    select(YearlyList.code, YearlyListYear.year, YearlyListYear.field_codes)
    .join(YearlyListYear)
    .order_by(YearlyListYear.id),
    select(
        *(FigureVerification.version_id, FigureVerification.document_id),
        *(FigureVerification.parameter_value_id, FigureVerification.figure, FigureVerification.figure_sha256),
    ).order_by(FigureVerification.id),
)
_kept: dict[tuple[object, ...], "ReadyLaw"] = {}
_keeping = threading.Lock()
Translate = Callable[[str], str]


@dataclass(frozen=True)
class ReadyLaw:
    """All that is published, in one language: the law, (row id, ready version) by code and number, and the words."""

    law: Law
    versions: tuple[tuple[int, Ready], ...]
    words: Words


def ready_law(session: Session, *, locale: str = "vi", translate: Translate = str) -> ReadyLaw:
    """Everything published, ready to answer; sentences in the language of `locale` through `translate`."""
    rows = [session.execute(one).all() for one in _MADE_OF]
    key = (locale, translate is str, repr(rows))
    with _keeping:
        known = _kept.get(key)
    if known is not None:
        return known
    made = _make(session, rows[0], locale, translate)
    with _keeping:
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = made
    return made


def _make(session: Session, published: Any, locale: str, translate: Translate) -> ReadyLaw:
    law = law_of(session)
    words = Words(_names(session, law, locale, translate), translate)
    ready = (
        (row, prepare(law.versions[f"{code}@{number}"], law, words)) for row, code, number, *_ in published
    )
    return ReadyLaw(law, tuple(ready), words)


class KeptNames:
    """Names of what conditions and people speak of, none of them read from a database any more."""

    def __init__(
        self, units: Mapping[str, str], places: Gazetteer, locale: str, translate: Translate
    ) -> None:
        self._units, self._places, self._locale, self._translate = units, places, locale, translate

    def unit(self, code: str) -> str:
        """An administrative unit «code@as_of», within its borders of then when it ended."""
        return self._units.get(code) or self._place(code) or code

    def _place(self, code: str) -> str:
        """A unit that no version speaks of: where a person comes from or works may be any."""
        number, _at, as_of = code.partition("@")
        day = date.fromisoformat(as_of) if as_of else None
        found = next((one for one in self._places.by_code(number) if _held(one, day)), None)
        return _unit_words(found, self._locale, self._translate)

    def country(self, code: str) -> str:
        """A country by its code of two letters."""
        return country_name(code, self._locale)

    def field(self, code: str) -> str:
        """A field of study; a code longer than the vocabulary's is named by the field it lies in."""
        found = field_of_code(code) or field_of_code(code[:3])
        if found is None:
            return self._translate("mã ngành %(code)s") % {"code": code}
        return f"{found.en if self._locale == 'en' else found.vi} ({code})"


def _names(session: Session, law: Law, locale: str, translate: Translate) -> KeptNames:
    """The names of all units that versions speak of, in their scopes or their conditions."""
    codes = {code for version in law.versions.values() for code in version.scope | _units_of(version)}
    units = units_by_code(session, {code.partition("@")[0] for code in codes})
    places = gazetteer(session)
    named: dict[str, str] = {}
    for code in codes:
        number, _at, as_of = code.partition("@")
        day = date.fromisoformat(as_of) if as_of else None
        for unit in units.get(number, ()):
            if _held(unit, day):
                named[code] = _unit_words(places.by_path(unit.path), locale, translate) or unit.full_name
    return KeptNames(named | {"VN": translate("cả nước")}, places, locale, translate)


def _units_of(version: Any) -> set[str]:
    """Whatever in the rules of a version looks like a unit."""
    return {one for one in _texts(version) if "@" in one and one[:1].isdigit()}


def _texts(found: Any) -> Any:
    if isinstance(found, str):
        yield found
    elif isinstance(found, (tuple, frozenset)):
        for one in cast("tuple[Any, ...]", found):
            yield from _texts(one)
    elif hasattr(found, "__dataclass_fields__"):
        for name in found.__dataclass_fields__:
            yield from _texts(getattr(found, name))


def _held(unit: Any, day: date | None) -> bool:
    if day is None:
        return unit.valid_to is None
    return unit.valid_from <= day and (unit.valid_to is None or unit.valid_to >= day)


def _unit_words(place: Place | None, locale: str, translate: Translate) -> str:
    if place is None:
        return ""
    if place.is_current:
        return place.words(locale)
    said = translate("%(name)s (địa giới đến hết %(day)s)")
    return said % {"name": place.full_name, "day": formats.date(place.valid_to, locale)}
