"""What is exported and erased of a person is reached by nothing but the person's own keys."""

from sqlalchemy import select

from registry.people.models import Person
from registry.privacy.queries.holdings import HOLDINGS, Holding

_KEYS = {"id": 11, "account_id": 22, "public_id": "p" * 26}
_BY_BOTH = {"retention_notice"}
"""Asked whether a record or, before there was one, what was typed is to stay: told to the person or to the account."""


def keys_asked(holding: Holding) -> set[object]:
    """The keys of the person in the condition that picks the rows."""
    statement = select(holding.table).where(holding.belongs_to(Person(**_KEYS)))
    return set(statement.compile().params.values()) & set(_KEYS.values())


def test_every_table_is_narrowed_to_the_person() -> None:
    asked = {holding.table.name: keys_asked(holding) for holding in HOLDINGS}
    assert {name for name, keys in asked.items() if not keys} == set()
    assert {name for name, keys in asked.items() if len(keys) > 1} == _BY_BOTH
