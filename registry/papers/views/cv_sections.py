"""The sections of a CV from a record. A hidden one holds what an anonymous profile shows, less the texts that tell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry.papers.forms import SECTION_WORDS
from registry.papers.rules.kinds import CvSection
from registry.papers.rules.telling import Telling
from registry.papers.writers.paper import Block, Entries, Entry, Facts, Prose, Section, Table
from registry.people.forms import words
from registry.people.models import Achievement, Education, Person
from registry.people.queries import Profile
from registry.people.rules import EvidenceState, degree_of_code, field_of_code, language_of_code
from registry.people.views.claim_words import education_words, language_words
from registry.people.views.details import career_rows, contact_lines, self_lines, skill_rows, wish_lines
from registry.people.views.ties import shown_ties
from registry.web.i18n import gettext as _

_SHOWN_EVIDENCE = frozenset({EvidenceState.VERIFIED, EvidenceState.ATTACHED})


@dataclass(frozen=True)
class Record:
    """A record to make a CV of. With `telling` the CV is hidden, and no text stands in it that tells."""

    session: Session
    person: Person
    profile: Profile
    on: date
    telling: Telling | None

    @property
    def is_named(self) -> bool:
        """Whether the CV says who it is about."""
        return self.telling is None

    def said(self, text: str) -> str:
        """What somebody typed, "" where it may not stand here."""
        return text if self.telling is None else self.telling.kept(text)


def sections_of(record: Record, wanted: Sequence[CvSection]) -> list[Section]:
    """The wanted sections that may stand there and have something in them."""
    found: list[Section] = []
    for one in wanted:
        if record.is_named or not one.says_who:
            block = _BLOCKS[one](record)
            if block is not None:
                found.append(Section(str(SECTION_WORDS[one]), [block]))
    return found


def _about(record: Record) -> Block | None:
    return _facts([(label, str(value or "")) for label, value in self_lines(record.profile)])


def _contacts(record: Record) -> Block | None:
    return _facts(contact_lines(record.session, record.person))


def _wishes(record: Record) -> Block | None:
    return _facts(wish_lines(record.session, record.profile))


def _facts(rows: Sequence[tuple[str, str]]) -> Block | None:
    said = [(label, value) for label, value in rows if value]
    return Facts(said) if said else None


def _summary(record: Record) -> Block | None:
    texts = [one for one in record.person.summary.splitlines() if one.strip()]
    return Prose(texts) if texts else None


def _skills(record: Record) -> Block | None:
    rows = [
        [one["name"], _level(one["level"], one["highest"]), _evidence(one["line"].evidence)]
        for one in skill_rows(record.profile)
        if one["level"] != 0 and (not one["line"].is_pending or record.said(one["name"]))
    ]
    columns = [_("Kỹ năng"), _("Bậc"), _("Minh chứng")]
    return Table(columns, [6, 2, 4], rows) if rows else None


def _level(level: int | None, highest: int) -> str:
    return "" if level is None else _("%(level)s trên %(highest)s", level=level, highest=highest)


def _evidence(state: EvidenceState) -> str:
    """What a paper or an officer stands behind; the rest is the person's own word."""
    return str(words.EVIDENCE[state if state in _SHOWN_EVIDENCE else EvidenceState.SELF_DECLARED])


def _career(record: Record) -> Block | None:
    posts = career_rows(record.profile, record.on, is_named=record.is_named)
    rows = [
        Entry(one["when"], record.said(one["text"]) or _("Kinh nghiệm"), _details(record, one))
        for one in posts
        if not one.get("gap")
    ]
    return Entries(rows) if rows else None


def _details(record: Record, post: Mapping[str, object]) -> list[str]:
    """The employer and what was done there; of a hidden CV neither, as on an anonymous profile."""
    return [str(post["sub"])] if record.is_named and post["sub"] else []


def _education(record: Record) -> Block | None:
    rows = [
        Entry(_study_period(row), _study(record, row), [row.school] if record.is_named and row.school else [])
        for row in record.profile.education
    ]
    return Entries(rows) if rows else None


def _study(record: Record, row: Education) -> str:
    said = education_words(row)
    if not record.said(row.major) and row.major:
        parts = (words.term(degree_of_code(row.degree_code)), words.term(field_of_code(row.field_code or "")))
        said = ", ".join(part for part in parts if part) or _("Học vấn")
    return said if row.is_completed else _("%(study)s (đang học)", study=said)


def _study_period(row: Education) -> str:
    if row.started and row.ended:
        return _("%(first)s – %(last)s", first=row.started.text, last=row.ended.text)
    known = row.ended or row.started
    return known.text if known else ""


def _languages(record: Record) -> Block | None:
    rows: list[tuple[str, str]] = []
    for row in record.profile.languages:
        name = words.term(language_of_code(row.language)) or row.language
        said = language_words(row).removeprefix(name).lstrip(", ")
        parts = [said, record.said(row.certificate), _evidence(row.evidence_on(record.on))]
        rows.append((name, "; ".join(part for part in parts if part)))
    return _facts(rows)


def _achievements(record: Record) -> Block | None:
    rows = [
        Entry(row.when.text if row.when else "", row.title, [_deed_words(row)])
        for row in record.profile.achievements
    ]
    return Entries(rows) if rows else None


def _deed_words(row: Achievement) -> str:
    doi = f"DOI {row.doi}" if row.doi else ""
    return ", ".join(part for part in (str(words.ACHIEVEMENT[row.kind]), row.level, row.role, doi) if part)


def _ties(record: Record) -> Block | None:
    units = record.profile.unit_words
    told = shown_ties(record.profile.affinities, is_named=record.is_named, units=units)
    lines = [Entry("", tie.text, [tie.sub] if tie.sub else []) for tie, _row in told]
    return Entries(lines) if lines else None


_BLOCKS: Mapping[CvSection, Callable[[Record], Block | None]] = {
    CvSection.ABOUT: _about,
    CvSection.CONTACTS: _contacts,
    CvSection.SUMMARY: _summary,
    CvSection.SKILLS: _skills,
    CvSection.CAREER: _career,
    CvSection.EDUCATION: _education,
    CvSection.LANGUAGES: _languages,
    CvSection.ACHIEVEMENTS: _achievements,
    CvSection.TIES: _ties,
    CvSection.WISHES: _wishes,
}
