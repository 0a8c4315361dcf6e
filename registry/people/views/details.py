"""What a record says, in words: the same for its page and for a paper made from it."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry import formats
from registry.people import queries
from registry.people.forms import words
from registry.people.models import Experience, Person
from registry.people.queries import Profile
from registry.people.rules import Span, Stretch, career_line, shown_phone
from registry.people.rules.kinds import ContactKind
from registry.people.views.cards import availability_words
from registry.people.views.claim_words import experience_words, skill_label
from registry.people.views.resolving import HOME_COUNTRY
from registry.places.queries import country_name, describe_unit
from registry.skills.rules import LevelScale, highest_level, level_of
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


def self_lines(profile: Profile) -> list[tuple[str, Any]]:
    """Who a person is, for whoever may know the name: (what, its value, None or "" where nobody said)."""
    person: Any = profile.card.person
    sex = None if person.sex is None else words.SEX[person.sex]
    nations = ", ".join(country_name(row.country, current_language()) for row in person.nationalities)
    return [
        (_("Ngày sinh"), None if person.birth is None else person.birth.text),
        (_("Giới tính"), sex),
        (_("Quốc tịch"), nations),
        (_("Quê quán (gốc)"), _unit_words(profile, person.origin_unit_id, person.origin_text)),
        (_("Nơi sinh"), _unit_words(profile, person.birthplace_unit_id, person.birthplace_text)),
        (_("Nơi đang ở"), _residence_words(profile, person)),
    ]


def _unit_words(profile: Profile, unit_id: int | None, typed: str) -> str:
    return profile.unit_words.get(unit_id or 0, typed)


def _residence_words(profile: Profile, person: Person) -> str:
    """The place; with the country where it is another one, or where nothing else is known."""
    place = _unit_words(profile, person.residence_unit_id, person.residence_text)
    country = person.residence_country
    if not country or (place and country == HOME_COUNTRY):
        return place
    return ", ".join(part for part in (place, country_name(country, current_language())) if part)


def contact_lines(session: Session, person: Person) -> list[tuple[str, str]]:
    """The ways to reach a person whom the viewer may name, in clear, those preferred first."""
    clear = queries.contacts_in_clear(session, person)
    rows = sorted(person.contacts, key=lambda row: (not row.is_preferred, row.id))
    return [
        (
            str(words.CONTACT[row.kind]),
            shown_phone(clear[row.id]) if row.kind is ContactKind.PHONE else clear[row.id],
        )
        for row in rows
    ]


def skill_rows(profile: Profile) -> list[dict[str, Any]]:
    """Claims with what their bars need: the level on the scale of the concept."""
    found: list[dict[str, Any]] = []
    for line in profile.card.skills:
        scale = line.scale or LevelScale.GENERAL
        level = None if line.claim.level is None else level_of(scale, line.claim.level)
        found.append(
            {"line": line, "name": skill_label(line), "level": level, "highest": highest_level(scale)}
        )
    return found


def career_rows(profile: Profile, on: date, *, is_named: bool) -> list[dict[str, Any]]:
    """Posts and the stretches between them that nobody wrote down, newest first; employers of named people only."""
    rows = {row.id: row for row in profile.experience}
    spans = [Span(row.id, row.started, row.ended, row.is_ongoing) for row in profile.experience]
    return [
        _gap(one) if isinstance(one, Stretch) else _post(profile, rows[one.key], on, is_named=is_named)
        for one in career_line(spans, on)
    ]


def _gap(stretch: Stretch) -> dict[str, Any]:
    """A stretch nobody wrote down, told without any judgement."""
    when = _("%(first)s – %(last)s", first=stretch.first.text, last=stretch.last.text)
    return {"when": when, "text": _("Chưa ghi"), "gap": True}


def _post(profile: Profile, row: Experience, on: date, *, is_named: bool) -> dict[str, Any]:
    start = row.started.text if row.started else _("không rõ")
    end = _("nay") if row.is_ongoing else (row.ended.text if row.ended else _("không rõ"))
    where = [row.organisation_text, _unit_words(profile, row.unit_id, row.place_text)]
    details = [part for part in where if part] if is_named else []
    return {
        "when": _("%(first)s – %(last)s", first=start, last=end),
        "text": experience_words(row),
        "sub": ", ".join(details),
        "row": row,
        "evidence": row.evidence_on(on),
    }


def wish_lines(session: Session, profile: Profile) -> list[tuple[str, str]]:
    """When the person could start, in which form, and where."""
    statement = profile.availability
    lines = [(_("Nhận việc"), availability_words(profile.card))]
    if statement is not None:
        language = current_language()
        if statement.paused_until is not None:
            lines.append((_("Tạm dừng đến hết"), formats.date(statement.paused_until, language)))
        lines.append((_("Có thể bắt đầu"), formats.date(statement.from_on, language)))
        lines.append((_("Hình thức"), ", ".join(words.listed(words.WORK_FORM, statement.forms))))
        lines.append((_("Ngày nói"), formats.date(statement.stated_on, language)))
    lines.append((_("Nơi nhận việc"), "; ".join(_places(session, profile))))
    return lines


def _places(session: Session, profile: Profile) -> list[str]:
    language = current_language()
    return [
        describe_unit(session, row.unit_path, locale=language)
        if row.unit_path
        else str(words.PLACE[row.kind])
        for row in profile.places
    ]
