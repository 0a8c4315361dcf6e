"""Every field of a person: what stands in it in the world of the matrix, and who is shown it in which form.

The expectations are tests/web/authz/fields.txt; the fields are the columns of the models.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.app.schema import METADATA
from registry.db import Base
from registry.people.models import Person
from registry.people.operations import set_sensitive_traits
from registry.people.rules import AchievementKind, AvailabilityState, ExpertKind, NameKind, PartialDate
from tests.factories.authz.expected import Ask
from tests.factories.authz.people import NAMES
from tests.factories.people import AT, TODAY

FILE = Path(__file__).resolve().parents[2] / "web" / "authz" / "fields.txt"
WHO = {"named": "own", "anonymous": "hide"}


@dataclass(frozen=True)
class Fields:
    """What the file says: requests by form, {field: its text}, columns that are no field, and for a person named or not
    {field: {form: letters of those who are shown it}}.
    """

    asks: Mapping[str, Sequence[Ask]]
    texts: Mapping[str, str]
    no_fields: Sequence[str]
    shown: Mapping[str, Mapping[str, Mapping[str, str]]]


def read_fields(path: Path = FILE) -> Fields:
    """The expectations of the file."""
    sections: dict[str, list[list[str]]] = {}
    lines: list[list[str]] = []
    for line in path.read_text("utf-8").splitlines():
        bare = line.partition("#")[0].strip()
        if bare.startswith("["):
            lines = sections.setdefault(bare.strip("[]"), [])
        elif bare:
            lines.append(bare.split())
    asks: dict[str, list[Ask]] = {}
    for form, method, address, kind, *sent in sections["forms"]:
        body = tuple(pair for one in sent for pair in parse_qsl(one))
        asks.setdefault(form, []).append(Ask(method, address, kind, "", "S", body, False, 0))
    texts = {field: " ".join(words) for field, *words in sections["fields"]}
    shown = {
        state: {field: dict(one.split(":") for one in said) for field, *said in sections[state]}
        for state in WHO
    }
    return Fields(asks, texts, [one for line in sections["no fields"] for one in line[:1]], shown)


def unlisted_columns(fields: Fields) -> list[str]:
    """Columns of the tables about people that stand in no list of the file."""
    tables = [
        table
        for table in METADATA.sorted_tables
        if table.name in {"person", "person_text"}
        or any(key.column.table.name == "person" for column in table.columns for key in column.foreign_keys)
    ]
    return [
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if f"{table.name}.{column.name}" not in fields.texts
        and not {f"{table.name}.{column.name}", f"{table.name}.*", f"*.{column.name}"} & set(fields.no_fields)
    ]


def texts_of(fields: Fields, who: str) -> dict[str, re.Pattern[str]]:
    """{field: how its text looks, in whatever form}."""
    name, _path, number = NAMES[who]
    birth = _birth(who)
    words = {
        "name": name,
        "number": number,
        "who": who,
        "birth": birth.strftime("%d/%m/%Y"),
        "iso": birth.isoformat(),
    }
    return {
        field: re.compile(
            "|".join(r"\s*".join(map(re.escape, one.split())) for one in text.format(**words).split("|"))
        )
        for field, text in fields.texts.items()
    }


def _birth(who: str) -> date:
    return {"own": date(1971, 3, 9), "hide": date(1972, 4, 8)}[who]


# What a row needs besides its person, where the people of the matrix have none.
_NEEDS: dict[str, dict[str, Any]] = {
    "achievement": {"kind": next(iter(AchievementKind)), "title": "a"},
    "availability": {"stated_on": TODAY, "state": AvailabilityState.AVAILABLE},
    "experience": {},
    "expert_facet": {"kind": next(iter(ExpertKind))},
    "overseas_facet": {"country": "FR"},
    "person_name": {"kind": NameKind.FORMER, "full_name": "a"},
}


def fill_fields(session: Session, people: Mapping[str, Person]) -> None:
    """Put its text into every field of the person by name and of the one without."""
    fields = read_fields()
    for who in WHO.values():
        one = people[who]
        one.birth = PartialDate(_birth(who).year, _birth(who).month, _birth(who).day)
        traits = {name: f"{name} {who}" for name in ("ethnicity", "religion")}
        set_sensitive_traits(session, one, traits, by=None, at=AT)
        for field, text in fields.texts.items():
            if "{who}" in text and not field.endswith("_sealed"):
                _fill(session, one, field, text.partition("|")[0].format(who=who))
    session.flush()


def _fill(session: Session, person: Person, field: str, text: str) -> None:
    table, _dot, column = field.partition(".")
    if table == "person":
        setattr(person, column, text)
        return
    model: Any = next(one.class_ for one in Base.registry.mappers if one.class_.__tablename__ == table)
    row = session.scalars(select(model).where(model.person_id == person.id)).first()
    if row is None:
        row = model(person_id=person.id, **_NEEDS[table])
        session.add(row)
    setattr(row, column, text)
    session.flush()
