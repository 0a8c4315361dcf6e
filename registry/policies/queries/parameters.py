"""Dated parameters and yearly lists. Reads only."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from registry.people.queries import is_public_id
from registry.policies.models import Parameter, ParameterValue, YearlyList, YearlyListYear
from registry.policies.queries.documents import CODE


def parameters(session: Session) -> Sequence[Parameter]:
    """All parameters with their values and the documents of these, in the order in which they came."""
    loaded = selectinload(Parameter.values).joinedload(ParameterValue.document)
    return session.scalars(select(Parameter).options(loaded).order_by(Parameter.id)).all()


def parameter_of(session: Session, public_id: str) -> Parameter | None:
    """The parameter of an address."""
    if not is_public_id(public_id):
        return None
    loaded = selectinload(Parameter.values).joinedload(ParameterValue.document)
    return session.scalar(select(Parameter).where(Parameter.public_id == public_id).options(loaded))


def value_of(session: Session, public_id: str) -> ParameterValue | None:
    """One value with its parameter."""
    if not is_public_id(public_id):
        return None
    wanted = select(ParameterValue).where(ParameterValue.public_id == public_id)
    return session.scalar(wanted.options(joinedload(ParameterValue.parameter)))


def value_on(values: Sequence[ParameterValue], day: date) -> ParameterValue | None:
    """The value of a day."""
    return next(
        (one for one in values if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)),
        None,
    )


def values_on(session: Session, day: date) -> Mapping[tuple[str, str], ParameterValue]:
    """{(key, region): value} of a day."""
    found = {(one.key, one.of): value_on(one.values, day) for one in parameters(session)}
    return {name: value for name, value in found.items() if value is not None}


def yearly_lists(session: Session) -> Sequence[YearlyList]:
    """All lists with their years."""
    loaded = selectinload(YearlyList.years).joinedload(YearlyListYear.document)
    return session.scalars(select(YearlyList).options(loaded).order_by(YearlyList.code)).all()


def yearly_list_of(session: Session, code: str) -> YearlyList | None:
    """The list of an address."""
    if CODE.fullmatch(code) is None:
        return None
    loaded = selectinload(YearlyList.years).joinedload(YearlyListYear.document)
    return session.scalar(select(YearlyList).where(YearlyList.code == code).options(loaded))


def list_year_of(session: Session, public_id: str) -> YearlyListYear | None:
    """One year of a list."""
    if not is_public_id(public_id):
        return None
    wanted = select(YearlyListYear).where(YearlyListYear.public_id == public_id)
    return session.scalar(wanted.options(joinedload(YearlyListYear.yearly_list)))
