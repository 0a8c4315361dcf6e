"""What must hold of a version before it is saved or published: its form, and the rows of others it needs. Reads only."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.policies.models import PolicyVersion
from registry.policies.queries.law import document_data, list_data, parameter_data, parameters_alone
from registry.policies.queries.parameters import parameters, yearly_list_of, yearly_lists
from registry.policies.queries.versions import content_of, period_of
from registry.policies.rules.benefits import Multiple
from registry.policies.rules.checking import check_rows
from registry.policies.rules.policy import Law, Version
from registry.policies.rules.reading import read_law, read_version
from registry.policies.rules.refusals import PolicyRefused, Problem


def refuse_broken(data: dict[str, Any]) -> Version:
    """The version the data say. Raises `PolicyRefused` with everything that is wrong in it."""
    return read_version(data)


def refuse_unready(session: Session, version: PolicyVersion, *, on: date) -> Version:
    """The same of a version that is to be published: parameters have values on its first day, its list is known.

    Without a first day, or one that is past, today counts. Raises `PolicyRefused`.
    """
    read = refuse_broken(content_of(version))
    start, _end = period_of(version)
    day = max(start or on, on)
    dated = parameters_alone(session)
    problems = [
        Problem(
            one.text,
            f"tham số «{one.amount.of}» chưa có giá trị cho ngày {day:%d/%m/%Y}: thêm ở trang Tham số",
        )
        for one in read.benefits
        if isinstance(one.amount, Multiple) and not _has_value(dated, one.amount.of, day)
    ]
    if not read.scope:
        problems.append(Problem("địa bàn", "phải có ít nhất một đơn vị hành chính"))
    if read.yearly_list and yearly_list_of(session, read.yearly_list) is None:
        problems.append(Problem("danh mục năm", f"chưa có danh mục «{read.yearly_list}»"))
    if problems:
        raise PolicyRefused(problems)
    return read


def refuse_worse(session: Session, version: PolicyVersion, before: Mapping[str, Any] | None) -> None:
    """What a step of composing made wrong beside other rows: parameters without a value on its days, lists not there.

    What was so before the step stands: texts are entered before every value is known. Raises `PolicyRefused`.
    """
    law = read_law(
        {
            "documents": [document_data(version.document)],
            "parameters": [parameter_data(one) for one in parameters(session)],
            "yearly_lists": [list_data(one) for one in yearly_lists(session)],
        }
    )
    known: set[Problem] = set() if before is None else set(check_rows(read_version(before), law))
    problems = [one for one in check_rows(refuse_broken(content_of(version)), law) if one not in known]
    if problems:
        raise PolicyRefused(problems)


def _has_value(law: Law, key: str, day: date) -> bool:
    """Whether the parameter, in whatever region, has a value on a day."""
    return any(name == key and one.on(day) is not None for (name, _of), one in law.parameters.items())
