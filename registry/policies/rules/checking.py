"""What is wrong with a version beside the other rows: its document, parameters on its days, other versions. Pure.

The package's own data is not held to this: a text whose parameter nobody has found yet is entered all the same, and
its lines say what is missing. What somebody composes is refused before it is saved.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from registry import formats
from registry.policies.rules.applying import days_in_force, validity
from registry.policies.rules.benefits import Multiple
from registry.policies.rules.contradictions import can_be_met, contradictions
from registry.policies.rules.documents import Parameter
from registry.policies.rules.policy import Law, Version
from registry.policies.rules.preparing import joined_rule
from registry.policies.rules.refusals import Problem

PARAMETER_NAMES = {"base_salary": "mức lương cơ sở", "regional_minimum_wage": "mức lương tối thiểu vùng"}


def check_version(version: Version, law: Law) -> tuple[Problem, ...]:
    """Everything that stands against saving a version that was read, beside the other rows of `law`."""
    return (
        *check_rules(version),
        *check_rows(version, law),
        *check_overlaps(version, law.versions.values(), law),
    )


def check_rules(version: Version) -> tuple[Problem, ...]:
    """Rules that contradict themselves, and groups that nobody can ever meet."""
    found: list[Problem] = []
    ruled = [("điều kiện chung", version.common)]
    ruled += [(f"nhóm «{one.code}»", one.rule) for one in version.groups]
    ruled += [(f"khoản «{one.code}»", one.rule) for one in version.benefits]
    ruled += [(f"hệ số {n}", one.rule) for n, one in enumerate(version.modifiers, 1)]
    ruled += [(f"loại trừ {n}", one.rule) for n, one in enumerate(version.exclusions, 1)]
    for where, rule in ruled:
        if rule is not None:
            found.extend(Problem(where, words) for words in contradictions(rule, version.ladder))
    if not found:
        found.extend(
            Problem(
                f"nhóm «{one.code}»",
                "không ai đạt được: điều kiện của nhóm trái với điều kiện chung hoặc loại trừ",
            )
            for one in version.groups
            if not can_be_met(joined_rule(version, one), version.ladder)
        )
    return tuple(found)


def check_rows(version: Version, law: Law) -> Iterator[Problem]:
    """The document, the yearly list and the parameters a version names, where they are not there on its days."""
    if version.document not in law.documents:
        yield Problem("văn bản", f"không có văn bản «{version.document}»")
    if version.yearly_list is not None and version.yearly_list not in law.yearly_lists:
        yield Problem("danh mục", f"không có danh mục hằng năm «{version.yearly_list}»")
    start, end = days_in_force(validity(version, law))
    for benefit in version.benefits:
        if isinstance(benefit.amount, Multiple):
            named = [one for one in law.parameters.values() if one.key == benefit.amount.of]
            for words in _missing(named, benefit.amount.of, start, end):
                yield Problem(f"khoản «{benefit.code}»", words)


def _missing(parameters: list[Parameter], key: str, start: date, end: date) -> Iterator[str]:
    """Days of the version on which a parameter has no value; without known days it must have one at all."""
    name = PARAMETER_NAMES.get(key, key)
    if not any(one.values for one in parameters):
        yield f"chưa có giá trị nào của {name}; nhập tham số trước"
    for parameter in parameters:
        gap = first_gap(parameter, start, end)
        if gap is not None and parameter.values:
            yield f"chưa có {parameter.vi} ngày {formats.date(gap)}; nhập tham số trước"


def first_gap(parameter: Parameter, start: date, end: date) -> date | None:
    """The first day from start to end without a value; an end or a start that is not known is left out."""
    day = start if start != date.min else min((one.valid_from for one in parameter.values), default=date.min)
    for value in sorted(parameter.values, key=lambda one: one.valid_from):
        if value.valid_from > day:
            return day
        if value.valid_to is None or value.valid_to >= end:
            return None
        if value.valid_to >= day:
            day = value.valid_to + timedelta(days=1)
    return None if day > end else day


def check_overlaps(version: Version, others: Iterable[Version], law: Law) -> tuple[Problem, ...]:
    """Other versions of the same policy in force on the same day."""
    start, end = days_in_force(validity(version, law))
    found: list[Problem] = []
    for other in others:
        if other.code != version.code or other.version == version.version:
            continue
        first, last = days_in_force(validity(other, law))
        if start <= last and first <= end:
            words = f"phiên bản {other.version} cũng có hiệu lực trong thời gian ấy; đặt ngày hết hiệu lực cho một bản"
            found.append(Problem("hiệu lực", words))
    return tuple(found)
