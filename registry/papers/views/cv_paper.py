"""A CV from a record: the head, the sections, and who made it when and what for."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry import formats
from registry.exports.forms import PURPOSE_WORDS
from registry.exports.rules.kinds import ExportPurpose
from registry.papers.operations import Taken
from registry.papers.rules.kinds import CvSection
from registry.papers.rules.telling import Telling
from registry.papers.views.blueprint import office_name
from registry.papers.views.cv_sections import Record, sections_of
from registry.papers.writers.paper import Paper
from registry.people import queries
from registry.people.models import Person
from registry.people.queries import Profile
from registry.people.views.cards import kind_words, place_words
from registry.places.queries import gazetteer
from registry.web.i18n import current_language, said_in
from registry.web.i18n import gettext as _


@dataclass(frozen=True)
class Maker:
    """Who takes a CV, and when: `name` is "" for a person who takes their own."""

    name: str
    on: date
    at: datetime


def cv_of(session: Session, person: Person, taken: Taken, maker: Maker) -> Paper:
    """The paper, in the language that was asked for. Whoever asks must have settled that the name may stand in it."""
    with said_in(taken.language):
        profile = queries.profile_of(session, person, on=maker.on, locale=taken.language)
        telling = telling_of(session, profile) if taken.is_hidden else None
        record = Record(session, person, profile, maker.on, telling)
        return Paper(
            title=_("Sơ yếu lý lịch ẩn danh") if taken.is_hidden else _("Sơ yếu lý lịch"),
            name=queries.anonymous_name(person) if taken.is_hidden else person.full_name,
            language=taken.language,
            office=office_name(session),
            headline=record.said(person.headline),
            note=_note() if taken.is_hidden else "",
            facts=_facts(record, has_about=CvSection.ABOUT in taken.sections),
            sections=sections_of(record, taken.sections),
            made=_made(taken, maker),
            page=_("Trang"),
            at=maker.at,
        )


def file_name(person: Person, taken: Taken) -> str:
    """What the file is called: by the code, as names have no place there."""
    return f"CV-an-danh-{person.code}" if taken.is_hidden else f"CV-{person.code}"


def telling_of(session: Session, profile: Profile) -> Telling:
    """What of this record a hidden CV must not tell."""
    person = profile.card.person
    assert isinstance(person, Person)  # noqa: S101 - a profile has the whole record
    known = {row.organisation_id for row in (*profile.experience, *profile.cadres)} | {person.organisation_id}
    bodies = [
        *(row.organisation_text for row in (*profile.experience, *profile.cadres, *profile.affinities)),
        *(row.school for row in profile.education),
        *(queries.organisation_name(session, one) for one in sorted(known - {None}, key=str)),
    ]
    places = [
        person.residence_text,
        person.origin_text,
        person.birthplace_text,
        *(row.place_text for row in (*profile.experience, *profile.affinities)),
        *profile.unit_words.values(),
    ]
    return Telling(
        (person.full_name, *(one.full_name for one in person.names)),
        tuple(one for one in bodies if one),
        tuple(one for one in places if one),
    )


def _note() -> str:
    return _(
        "Bản ẩn tên và liên hệ: không có tên, ngày sinh, liên hệ, nơi làm việc, trường và thành tích. "
        "Cơ quan giữ hồ sơ biết người này theo mã hồ sơ."
    )


def _facts(record: Record, *, has_about: bool) -> list[tuple[str, str]]:
    """The strip under the name: the code, what the person is to the registry, years of work; where they live, once."""
    card = record.profile.card
    is_below = has_about and record.is_named
    where = "" if is_below else place_words(card, gazetteer(record.session), is_named=record.is_named)
    rows = [
        (_("Mã hồ sơ"), record.person.code),
        (_("Đối tượng"), ", ".join(kind_words(card))),
        (_("Nơi đang ở"), where),
        (_("Số năm làm việc"), _years(card.years, record.person.stated_years)),
        (_("Ngày của dữ liệu"), formats.date(record.on, current_language())),
    ]
    return [(label, value) for label, value in rows if value]


def _years(worked: int | None, stated: int | None) -> str:
    if worked is not None:
        return formats.number(worked, locale=current_language())
    return "" if stated is None else _("%(years)s (tự khai)", years=stated)


def _made(taken: Taken, maker: Maker) -> str:
    at = formats.datetime(maker.at, current_language())
    if not maker.name:
        return _("Người có hồ sơ tự lập lúc %(at)s.", at=at)
    purpose = str(PURPOSE_WORDS[ExportPurpose(taken.purpose)])
    return _(
        "%(who)s lập lúc %(at)s. Mục đích: %(purpose)s (%(text)s). Có dữ liệu cá nhân: chỉ dùng cho mục đích này.",
        who=maker.name, at=at, purpose=purpose, text=taken.purpose_text,
    )  # fmt: skip
