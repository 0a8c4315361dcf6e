"""Drafts of people and needs, drawn from a seeded random source. Pure: the same seed gives the same drafts.

Identity numbers, telephone numbers and addresses are made up: numbers carry the unassigned prefix 000,
mail addresses end in `.example`, so that none can belong to somebody.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from registry.app.demonstration.careers import Career, careers
from registry.app.demonstration.names import foreign_name, vietnamese_name
from registry.text import fold

_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ABROAD = ("JP", "KR", "DE", "FR", "US", "AU", "SG", "CA", "TW", "NL")
_LANGUAGES_ABROAD = {
    "JP": "ja",
    "KR": "ko",
    "DE": "de",
    "FR": "fr",
    "CA": "en",
    "TW": "zh",
    "AU": "en",
    "SG": "en",
}
_SCHOOLS = (
    "Đại học Bách khoa Sông Hồng", "Đại học Tây Bắc", "Đại học Cần Giang", "Đại học Kinh tế Thăng Long",
    "Đại học Y Dược Hương Giang", "Đại học Nông Lâm Đông Bắc", "Đại học Sư phạm Hà Thành", "Học viện Hành chính Lam Sơn",
)  # fmt: skip


@dataclass(frozen=True)
class SkillDraft:
    """A claim: concept code, level or None when not stated, evidence state in words."""

    code: str
    level: int | None
    evidence: str
    since: int


@dataclass(frozen=True)
class JobDraft:
    """One post: employer, title, field, first and last month (None: still there)."""

    employer: str
    title: str
    field: str | None
    start: tuple[int, int | None]
    end: tuple[int, int | None] | None


@dataclass(frozen=True)
class DegreeDraft:
    """One degree: rank 1–6, field code, major, school, year."""

    rank: int
    field: str
    major: str
    school: str
    year: int


@dataclass(frozen=True)
class PersonDraft:
    """Everything `fill` writes about one person."""

    public_id: str
    number: int
    kind: str
    full_name: str
    female: bool
    birth_on: date
    headline: str
    career: Career
    keeper: str
    residence: str | None
    country: str | None
    origin: str | None
    identity: str | None
    email: str
    phone: str
    named: bool
    matching: bool
    skills: tuple[SkillDraft, ...]
    jobs: tuple[JobDraft, ...]
    degrees: tuple[DegreeDraft, ...]
    languages: tuple[tuple[str, int, str], ...]
    availability: str
    free_on: date | None
    stated_on: date
    forms: tuple[str, ...]
    accepts: tuple[str, ...]


@dataclass(frozen=True)
class NeedDraft:
    """Everything `fill` writes about one need."""

    public_id: str
    title: str
    career: Career
    province: str
    workplace: str
    headcount: int
    state: str
    asked_on: date
    expected_on: date
    start_on: date
    skills: tuple[tuple[str, int, int, bool], ...]
    experience_years: int | None
    qualification_rank: int | None
    forms: tuple[str, ...] = field(default=("permanent", "fixed_term"))


def public_id(rng: Random) -> str:
    """An id of the product's shape, from the seed."""
    return "".join(rng.choice(_ID_ALPHABET) for _ in range(26))


def people_drafts(rng: Random, count: int, *, provinces: tuple[str, ...], as_of: date) -> list[PersonDraft]:
    """`count` people; `provinces` are the unit codes of the keeping offices, the first keeps most."""
    return [_person(rng, number, provinces, as_of) for number in range(count)]


def need_drafts(rng: Random, count: int, *, provinces: tuple[str, ...], as_of: date) -> list[NeedDraft]:
    """`count` needs in every state, most of them open."""
    states = ("open",) * 6 + ("draft", "submitted", "approved", "on_hold", "filled", "cancelled", "rejected")
    return [_need(rng, states[number % len(states)], provinces, as_of) for number in range(count)]


def _person(rng: Random, number: int, provinces: tuple[str, ...], as_of: date) -> PersonDraft:
    career = rng.choice(careers())
    kind = rng.choices(("expert", "cadre", "overseas", "foreign"), (44, 34, 18, 4))[0]
    female = rng.random() < 0.48
    name = foreign_name(rng) if kind == "foreign" else vietnamese_name(rng, female=female)
    age = rng.randint(24, 58)
    birth_on = date(as_of.year - age, rng.randint(1, 12), rng.randint(1, 28))
    years = max(0, age - 23 - rng.randint(0, 4))
    abroad = kind in {"overseas", "foreign"}
    keeper = provinces[0] if rng.random() < 0.7 else rng.choice(provinces)
    country = rng.choice(_ABROAD) if abroad else None
    anonymous = number % 3 == 2 and kind != "cadre"
    senior = years >= 12
    return PersonDraft(
        public_id=public_id(rng),
        number=number,
        kind=kind,
        full_name=name,
        female=female,
        birth_on=birth_on,
        headline=career.senior_title if senior else career.title,
        career=career,
        keeper=keeper,
        residence=None if abroad else (keeper if rng.random() < 0.6 else rng.choice(provinces)),
        country=country,
        origin=rng.choice(provinces) if kind != "foreign" and rng.random() < 0.7 else None,
        identity=None if abroad else _identity(rng, female, birth_on),
        email=f"{fold(name).replace(' ', '.').replace(chr(39), '')}.{number}@minhhoa.example",
        phone=f"+8490000{number % 10000:04d}",
        named=not anonymous,
        matching=rng.random() < 0.94,
        skills=_skills(rng, career, years, as_of),
        jobs=_jobs(rng, career, years, as_of, senior),
        degrees=_degrees(rng, career, birth_on.year),
        languages=_languages(rng, country),
        availability=rng.choices(("available", "paused", "not_available", "not_stated"), (74, 6, 6, 14))[0],
        free_on=_free_on(rng, as_of),
        stated_on=as_of - timedelta(days=rng.choice((5, 20, 60, 120, 200, 420))),
        forms=tuple(
            rng.sample(
                ("permanent", "fixed_term", "project", "advice", "teaching", "secondment"), rng.randint(1, 3)
            )
        ),
        accepts=_accepts(rng, keeper, provinces),
    )


def _identity(rng: Random, female: bool, birth_on: date) -> str:
    century = (2 if birth_on.year >= 2000 else 0) + (1 if female else 0)
    return f"000{century}{birth_on.year % 100:02d}{rng.randint(0, 999999):06d}"


def _skills(rng: Random, career: Career, years: int, as_of: date) -> tuple[SkillDraft, ...]:
    held = [code for code in career.core if rng.random() < 0.88]
    held += rng.sample(career.extra, rng.randint(0, min(4, len(career.extra))))
    top = min(5, 2 + years // 5)
    drafts: list[SkillDraft] = []
    for code in held:
        level = (
            None if rng.random() < 0.15 else max(1, min(5, top - rng.randint(0, 2) + (code in career.core)))
        )
        evidence = rng.choices(("self_declared", "attached", "verified", "rejected"), (50, 25, 23, 2))[0]
        drafts.append(SkillDraft(code, level, evidence, as_of.year - min(years, rng.randint(1, 12))))
    return tuple(drafts)


def _jobs(rng: Random, career: Career, years: int, as_of: date, senior: bool) -> tuple[JobDraft, ...]:
    if years == 0:
        return ()
    jobs: list[JobDraft] = []
    end: tuple[int, int | None] | None = None
    year, last = as_of.year, as_of.year - years
    while year > last and len(jobs) < 4:
        begin = max(last, year - rng.randint(2, 7))
        month = None if rng.random() < 0.12 else rng.randint(1, 12)
        title = career.senior_title if senior and not jobs else career.title
        stated = career.experience_field if rng.random() < 0.9 else None
        jobs.append(JobDraft(rng.choice(career.workplaces), title, stated, (begin, month), end))
        end = (begin, 1 if month is None else month)
        year = begin - rng.choice((0, 0, 0, 1))
    return tuple(jobs)


def _degrees(rng: Random, career: Career, birth_year: int) -> tuple[DegreeDraft, ...]:
    top = rng.choices((2, 3, 4, 5, 6), (4, 10, 50, 26, 10))[0]
    ranks = [rank for rank in (4, 5, 6) if rank <= top] or [top]
    return tuple(
        DegreeDraft(rank, career.degree_field, career.major, rng.choice(_SCHOOLS), birth_year + 22 + 3 * step)
        for step, rank in enumerate(ranks)
    )


def _languages(rng: Random, country: str | None) -> tuple[tuple[str, int, str], ...]:
    spoken = [("en", rng.randint(2, 5), rng.choice(("", "IELTS", "VSTEP")))] if rng.random() < 0.7 else []
    local = _LANGUAGES_ABROAD.get(country or "")
    if local and local != "en":
        spoken.append((local, rng.randint(3, 6), ""))
    return tuple(spoken)


def _free_on(rng: Random, as_of: date) -> date | None:
    return rng.choice(
        (None, as_of, as_of + timedelta(days=45), as_of + timedelta(days=120), as_of + timedelta(days=240))
    )


def _accepts(rng: Random, keeper: str, provinces: tuple[str, ...]) -> tuple[str, ...]:
    drawn = rng.random()
    if drawn < 0.18:
        return ()
    if drawn < 0.30:
        return ("anywhere",)
    if drawn < 0.40:
        return ("remote",)
    return tuple(dict.fromkeys((keeper, rng.choice(provinces))))


def _need(rng: Random, state: str, provinces: tuple[str, ...], as_of: date) -> NeedDraft:
    career = rng.choice(careers())
    core = [
        (code, rng.randint(3, 4), rng.randint(3, 5), number < 2) for number, code in enumerate(career.core)
    ]
    extra = [
        (code, rng.randint(2, 3), rng.randint(1, 3), False)
        for code in rng.sample(career.extra, min(3, len(career.extra)))
    ]
    asked = as_of - timedelta(days=rng.randint(1, 120))
    expected = as_of + timedelta(days=rng.randint(-5, 200))
    return NeedDraft(
        public_id=public_id(rng),
        title=career.title if rng.random() < 0.6 else career.senior_title,
        career=career,
        province=provinces[0] if rng.random() < 0.6 else rng.choice(provinces),
        workplace=rng.choice(career.workplaces),
        headcount=rng.choice((1, 1, 1, 2, 2, 3, 5)),
        state=state,
        asked_on=asked,
        expected_on=expected,
        start_on=expected + timedelta(days=30),
        skills=tuple(core + extra),
        experience_years=rng.choice((None, 2, 3, 5, 8)),
        qualification_rank=rng.choice((None, 4, 4, 5)),
    )
