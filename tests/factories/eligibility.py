"""Random people against all policies: what the engine answers, what a kept sheet holds, what its page shows.

The three are brought into one plain shape and compared to the đồng. The page is read as a person would: states from its
tags, sums from its words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from lxml import html as lxml_html
from sqlalchemy.orm import Session

from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.offers.queries.asked import asked_of
from registry.people.models import Person
from registry.people.rules import (
    AcademicTitle,
    Classification,
    EducationDraft,
    ExpertDraft,
    ExpertKind,
    PartialDate,
    SelfDraft,
    Sex,
)
from registry.policies.queries.law import law_of
from registry.policies.rules import Answer, Applicability, Between, Line, LineKind, Ready, answer, prepare
from registry.policies.rules.withheld import NOTHING, UNNAMED
from tests.factories import needs as make_needs
from tests.factories import people as make_people
from tests.factories.candidates import worked

PLACES = ("01", "12", "20", "22", "25", "31", "33", "42", "48", "68", "79", "86")
"""Provinces whose policies are on record, old territories too."""
_SUM = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+(?=\s*₫)")
Span = tuple[int, int] | None
"""Lowest and highest sum; nothing where no sum is said."""


@dataclass(frozen=True)
class Said:
    """What one place says of one pair: by version the state, states of groups, sums of lines; costs by title and year."""

    states: Mapping[str, str]
    groups: Mapping[str, Mapping[str, str]]
    sums: Mapping[str, Mapping[str, Span]]
    costs: Mapping[str, Mapping[str, Span]]

    def differs(self, other: "Said") -> list[str]:
        """Where two say different things."""
        return [
            f"{name}: {mine} ≠ {theirs}"
            for name in ("states", "groups", "sums", "costs")
            if (mine := getattr(self, name)) != (theirs := getattr(other, name))
        ]


def random_person(session: Session, rng: Random, number: int) -> Person:
    """Somebody with any mixture of what policies ask about; much of it unknown."""
    born = PartialDate(rng.randrange(1955, 2004), rng.randrange(1, 13), rng.randrange(1, 29))
    about = SelfDraft(
        "",
        birth=born if rng.random() < 0.8 else None,
        sex=rng.choice([Sex.FEMALE, Sex.MALE, None]),
        nationalities=("VN",) if rng.random() < 0.9 else (),
    )
    consents = make_people.ANONYMOUS if rng.random() < 0.1 else make_people.NAMED
    titles = (AcademicTitle.PROFESSOR, AcademicTitle.ASSOCIATE_PROFESSOR, None)
    experts = (ExpertDraft(rng.choice(list(ExpertKind)), rng.choice(titles)),) if rng.random() < 0.4 else ()
    return make_people.person(
        session,
        f"Nguyễn Thị Số {number}",
        about=about,
        education=tuple(_studies(rng)),
        experts=experts,
        consents=consents,
        experience=(worked(rng.choice([2023, 2016, 2006]), None),) if rng.random() < 0.5 else (),
    )


def _studies(rng: Random) -> Iterator[EducationDraft]:
    fields = ("772", "748", "734", "714", None)
    if rng.random() < 0.9:
        classes = [*Classification, None]
        yield EducationDraft(4, "DH", rng.choice(fields), classification=rng.choice(classes))
    if rng.random() < 0.5:
        rank, code = rng.choice([(5, "THS"), (5, "CKI"), (6, "TS"), (6, "CKII"), (5, "BSNT")])
        yield EducationDraft(rank, code, rng.choice(fields))


def random_form(rng: Random) -> dict[str, Any]:
    """What an officer may enter, as the form sends it; what the form does not ask there is not read."""
    day = date(2025, 3, 1) + timedelta(days=rng.randrange(0, 900))
    start = day + timedelta(days=rng.randrange(0, 120))
    found: dict[str, Any] = {
        "decided_on": f"{day:%d/%m/%Y}",
        "starts_on": f"{start:%d/%m/%Y}" if rng.random() < 0.7 else "",
        "viec": "luu",
    }
    may_say: dict[str, Sequence[Any]] = {
        "f_owns_home_in_province": ("yes", "no"),
        "f_recognised_talent": ("yes", "no"),
        "f_worked_here_before": ("yes", "no"),
        "f_remaining_working_years": ("4", "12", "25"),
        "f_university_rank": ("90", "350"),
        "f_agreed_salary": ("45 triệu", "30.000.001"),
        "f_current_salary": ("12.345.679", "9 triệu"),
        "f_project_budget": ("2 tỷ", "333.333.333"),
        "f_housing_rent": ("7.777.777",),
        "f_application_purpose": ("attract", "train"),
        "f_workplace_kind": (["island"], ["commune", "mountain"], ["none_of_these"]),
        "f_training__kind": ("THS", "TS"),
        "f_training__months": ("24",),
        "f_years_experience__continuous": ("11",),
        "f_led_programmes": ("2",),
        "f_patent_applied": ("yes", "no"),
        "instalments": ("y",),
    }
    return found | {name: rng.choice(values) for name, values in may_say.items() if rng.random() < 0.5}


def make_posts(session: Session) -> list[Need]:
    """An open need in each of the provinces."""
    return [
        make_needs.need(session, f"Vị trí ở {code}", state=NeedState.OPEN, unit_path=f"VN/{code}/")
        for code in PLACES
    ]


@dataclass
class Engine:
    """The versions as they are on record, read and prepared once, past everything that pages keep."""

    session: Session
    ready: list[Ready] = field(default_factory=list[Ready])

    def __post_init__(self) -> None:
        law = law_of(self.session)
        self.ready = [prepare(one, law) for one in law.versions.values()]

    def says(self, person: Person, need: Need, question: Mapping[str, Any]) -> Said:
        """What the engine answers to the application that a kept sheet names, from the record as it is."""
        application = {**question["application"], "applied_on": question["applied_on"]}
        application["starts_on"] = question["starts_on"]
        on = date.fromisoformat(question["decided_on"])
        withheld = NOTHING if person.agrees_to_be_named else UNNAMED
        asked = asked_of(self.session, person, need, application, on=on, withheld=withheld)
        answers = [answer(one, asked.facts, asked.asked) for one in self.ready]
        return of_answers([one for one in answers if one.applicable is Applicability.YES], self._titles)

    @property
    def _titles(self) -> dict[str, str]:
        return {one.version.key: one.version.title for one in self.ready}


def of_answers(answers: Sequence[Answer], titles: Mapping[str, str]) -> Said:
    """The engine's answers in the common shape."""
    return Said(
        {one.version: _best({group.state.value for group in one.groups}) for one in answers},
        {one.version: {group.code: group.state.value for group in one.groups} for one in answers},
        {one.version: {line.benefit: _span(line) for line in one.lines} for one in answers},
        _with_costs(
            {
                titles[one.version]: {str(year): _between(cost) for year, cost in one.costs.by_year.items()}
                for one in answers
            }
        ),
    )


def _best(states: set[str]) -> str:
    return next(one for one in ("met", "unknown", "not_met") if one in states)


def _span(line: Line) -> Span:
    if line.kind not in (LineKind.FIXED, LineKind.RANGE, LineKind.UP_TO):
        return None
    return (0 if line.kind is LineKind.UP_TO else line.low or 0, line.high or 0)


def _between(cost: Between) -> Span:
    return (cost.low, cost.high)


def _with_costs(costs: Mapping[str, Mapping[str, Span]]) -> dict[str, Mapping[str, Span]]:
    return {title: by_year for title, by_year in costs.items() if by_year}


def of_content(content: Mapping[str, Any]) -> Said:
    """A kept sheet in the common shape."""
    answers: list[dict[str, Any]] = content["answers"]
    return Said(
        {one["version"]: _best({group["state"] for group in one["groups"]}) for one in answers},
        {one["version"]: {group["code"]: group["state"] for group in one["groups"]} for one in answers},
        {one["version"]: {line["benefit"]: _of_line(line) for line in one["benefits"]} for one in answers},
        _with_costs(
            {
                one["about"]["title"]: {
                    year: (cost, cost) if isinstance(cost, int) else (cost["min"], cost["max"])
                    for year, cost in one["cost_by_year"].items()
                    if year.isdigit()
                }
                for one in answers
            }
        ),
    )


def _of_line(line: Mapping[str, Any]) -> Span:
    if "amount" in line:
        return (line["amount"], line["amount"])
    return (line.get("min", 0), line["max"]) if "max" in line else None


def of_page(text: str) -> Said:
    """A page in the common shape, read from what it shows."""
    parse: Any = lxml_html.fromstring  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    page = parse(text)
    policies: list[Any] = page.xpath("//main//*[@data-policy]")
    return Said(
        {one.get("data-policy"): one.get("data-state") for one in policies},
        {
            one.get("data-policy"): {
                group.get("data-group"): group.get("data-state") for group in one.xpath(".//*[@data-group]")
            }
            for one in policies
        },
        {
            one.get("data-policy"): {
                line.get("data-benefit"): _read(line.xpath("./*[contains(@class, 'amount')]"))
                for line in one.xpath(".//*[@data-benefit]")
            }
            for one in policies
        },
        _costs_on(page),
    )


def _costs_on(page: Any) -> dict[str, Mapping[str, Span]]:
    years = [one.text_content().strip() for one in page.xpath("//*[@id='chi-phi']//thead//th")][1:-1]
    found: dict[str, Mapping[str, Span]] = {}
    for row in page.xpath("//*[@id='chi-phi']//tbody/tr"):
        title = row.xpath("./th")[0].text_content().strip()
        if title != "Tất cả":
            cells = [_read([cell]) for cell in row.xpath("./td")][:-1]
            found[title] = {year: cost for year, cost in zip(years, cells, strict=True) if cost is not None}
    return found


def _read(elements: Sequence[Any]) -> Span:
    """The sums in some words: one, two bounds, or a ceiling."""
    words = " ".join(one.text_content() for one in elements).replace("\xa0", " ")
    sums = [int(one.replace(".", "")) for one in _SUM.findall(words)]
    if not sums:
        return None
    return (0 if "không quá" in words else sums[0], sums[-1])


def tampered(text: str) -> str:
    """The page with one digit of one sum changed: what the comparison must find."""
    return re.sub(r"(class=\"nowrap amount\">[^<]*?)(\d)(?=[^<]*<)", _other_digit, text, count=1)


def _other_digit(found: re.Match[str]) -> str:
    return f"{found[1]}{(int(found[2]) + 1) % 10 or 1}"
