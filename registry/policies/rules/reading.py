"""Policies from their data form (what the package brings and what the composer writes), or what is wrong with them.

`read_law` reads everything, `read_version` one version. What needs the dates of other rows is in `checking`.
"""

from collections.abc import Mapping
from typing import Any

from registry.policies.rules.checking import check_overlaps, check_rules
from registry.policies.rules.documents import Parameter
from registry.policies.rules.facts import DEGREES, PURPOSES
from registry.policies.rules.policy import EVERYWHERE, Exclusion, Group, Law, Stacking, Transition, Version
from registry.policies.rules.reading_benefits import (
    read_benefit,
    read_commitment,
    read_modifier,
    read_part_rule,
    read_repayment,
)
from registry.policies.rules.reading_documents import (
    in_order,
    read_document,
    read_parameter,
    read_yearly_list,
)
from registry.policies.rules.reading_rules import Ladder, is_unit
from registry.policies.rules.refusals import LONGEST_CODE, Place, PolicyRefused, Problem, refuse_twice

_VERSION_KEYS = frozenset(
    [
        "code",
        "document",
        "version",
        "title",
        "purpose",
        "scope",
        "effective_from",
        "effective_to",
        "apply_from",
        "apply_to",
        "stacking",
        "ladders",
        "common",
        "exclusions",
        "transition",
        "yearly_list",
        "groups",
        "extra_benefits",
        "modifiers",
        "repayment",
        "notes",
        "verified",
        "note",
    ]
)
_GROUP_KEYS = frozenset(
    [
        "code",
        "title",
        "clause",
        "rank",
        "rule",
        "benefits",
        "commitment",
        "min_remaining_years",
        "note",
        "verified",
    ]
)


def read_law(*sources: Mapping[str, Any]) -> Law:
    """Documents, parameters, yearly lists and versions of one or several sources. Raises `PolicyRefused`."""
    top = [Place(source) for source in sources]
    problems = top[0].problems if top else []
    top = [Place(place.row, "", problems) for place in top]
    documents = [read_document(one) for place in top for one in place.parts("documents", "văn bản")]
    parameters = [read_parameter(one) for place in top for one in place.parts("parameters", "tham số")]
    lists = [read_yearly_list(one) for place in top for one in place.parts("yearly_lists", "danh mục")]
    versions = [version_in(one) for place in top for one in place.parts("policies", "chính sách")]
    if top:
        refuse_twice([one.code for one in documents], top[0].refuse, "văn bản")
        refuse_twice([one.key for one in versions], top[0].refuse, "phiên bản")
    if problems:
        raise PolicyRefused(problems)
    law = Law(
        {one.code: one for one in documents},
        _joined(parameters),
        {one.code: one for one in lists},
        {one.key: one for one in versions},
    )
    for one in versions:
        found = (*check_rules(one), *check_overlaps(one, versions, law))
        problems.extend(Problem(f"{one.key} › {problem.where}", problem.words) for problem in found)
    if problems:
        raise PolicyRefused(problems)
    return law


def _joined(parameters: list[Parameter]) -> dict[tuple[str, str | None], Parameter]:
    """Values of one parameter in several sources stand together, in the order of their dates."""
    joined: dict[tuple[str, str | None], Parameter] = {}
    for one in parameters:
        before = joined.get((one.key, one.of))
        values = sorted((*(before.values if before else ()), *one.values), key=lambda value: value.valid_from)
        joined[one.key, one.of] = Parameter(one.key, one.of, one.vi, one.unit, tuple(values))
    return joined


def read_version(row: Mapping[str, Any]) -> Version:
    """One version. Raises `PolicyRefused` with everything that is wrong in it."""
    place = Place(row)
    version = version_in(place)
    problems = place.problems or check_rules(version)
    if problems:
        raise PolicyRefused(problems)
    return version


def version_in(place: Place) -> Version:
    """The version in a place; what is wrong is noted there."""
    place.only(_VERSION_KEYS)
    ladder = _read_ladder(place)
    groups = tuple(_read_group(one, ladder) for one in place.parts("groups", "nhóm"))
    extra = tuple(read_benefit(one, ladder) for one in place.parts("extra_benefits", "khoản thêm"))
    modifiers = [read_modifier(one, ladder) for one in place.parts("modifiers", "hệ số")]
    version = Version(
        code=place.words("code", required=True, limit=LONGEST_CODE),
        version=place.whole("version", 1, 10_000) or 1,
        document=place.words("document", required=True, limit=LONGEST_CODE),
        title=place.words("title", required=True),
        purpose=place.words("purpose", limit=LONGEST_CODE),
        scope=frozenset(_read_scope(one) for one in place.parts("scope", "địa bàn")),
        groups=groups,
        effective_from=place.day("effective_from"),
        effective_to=place.day("effective_to"),
        apply_from=place.day("apply_from"),
        apply_to=place.day("apply_to"),
        stacking=place.choice("stacking", Stacking, Stacking.HIGHEST_ONLY) or Stacking.HIGHEST_ONLY,
        ladder=ladder,
        common=read_part_rule(place, "common", "điều kiện chung", ladder),
        exclusions=tuple(
            one
            for row in place.parts("exclusions", "loại trừ")
            if (one := _read_exclusion(row, ladder)) is not None
        ),
        transition=_read_transition(place),
        yearly_list=place.words("yearly_list", limit=LONGEST_CODE) or None,
        extra_benefits=extra,
        modifiers=tuple(one for one in modifiers if one is not None),
        repayment=read_repayment(place.part("repayment", "bồi hoàn")),
        notes=place.codes("notes"),
        verified=place.flag("verified"),
    )
    _check_names(place, version)
    return version


def _check_names(place: Place, version: Version) -> None:
    """Codes once each, groups that exist, days in their order, a purpose of the list."""
    codes = [group.code for group in version.groups]
    refuse_twice(codes, place.refuse, "nhóm")
    refuse_twice([str(group.rank) for group in version.groups], place.refuse, "thứ tự")
    refuse_twice([one.code for one in version.benefits], place.refuse, "khoản")
    if not codes:
        place.refuse("phải có ít nhất một nhóm đối tượng")
    named = [(f"khoản «{one.code}»", one.groups or ()) for one in version.benefits]
    named += [(f"hệ số {n}", one.groups or ()) for n, one in enumerate(version.modifiers, 1)]
    for what, groups in named:
        for code in groups:
            if code not in codes:
                place.refuse(f"{what} nêu nhóm «{code}» không có trong chính sách")
    if version.purpose not in PURPOSES:
        place.refuse(f"«purpose» phải là một trong: {', '.join(PURPOSES)}")
    in_order(place, version.effective_from, version.effective_to, "hiệu lực")
    in_order(place, version.apply_from, version.apply_to, "nhận hồ sơ")


def _read_ladder(place: Place) -> Ladder:
    """The policy's own order of degrees: a list of steps, each a list of codes that stand equal."""
    ladders = place.part("ladders", "thang bằng cấp")
    if ladders is None:
        return ()
    ladders.only(frozenset({"degree"}))
    steps: list[tuple[str, ...]] = []
    for number, step in enumerate(ladders.listed("degree"), 1):
        codes = ladders.inside({"step": step}, f"bậc {number}").codes("step")
        for code in codes:
            if code not in DEGREES:
                ladders.refuse(f"không có bằng cấp «{code}»; dùng một trong: {', '.join(DEGREES)}")
        steps.append(codes)
    refuse_twice([code for step in steps for code in step], ladders.refuse, "bằng cấp")
    return tuple(steps)


def _read_scope(place: Place) -> str:
    place.only(frozenset({"unit", "as_of"}))
    unit = place.words("unit", required=True, limit=LONGEST_CODE)
    if unit == EVERYWHERE:
        return EVERYWHERE
    name = f"{unit}@{place.words('as_of', limit=LONGEST_CODE)}"
    if not is_unit(name):
        place.refuse("phải có mã đơn vị hành chính bằng chữ số và ngày mà mã ấy còn dùng")
    return name


def _read_group(place: Place, ladder: Ladder) -> Group:
    place.only(_GROUP_KEYS)
    terms = place.part("commitment", "cam kết")
    rank = place.whole("rank", 1, 1000)
    if rank is None:
        place.refuse("thiếu thứ tự của nhóm (1 là cao nhất)")
    return Group(
        code=place.words("code", required=True, limit=LONGEST_CODE),
        title=place.words("title", required=True),
        rank=rank or 1,
        rule=read_part_rule(place, "rule", "điều kiện", ladder),
        benefits=tuple(read_benefit(one, ladder) for one in place.parts("benefits", "khoản")),
        commitment=None if terms is None else read_commitment(terms),
        min_remaining_years=place.whole("min_remaining_years", 1, 60),
        clause=place.words("clause"),
        note=place.words("note"),
    )


def _read_exclusion(place: Place, ladder: Ladder) -> Exclusion | None:
    place.only(frozenset({"rule", "text", "clause", "note", "verified"}))
    rule = read_part_rule(place, "rule", "điều kiện", ladder)
    text = place.words("text", required=True)
    if rule is None:
        place.refuse("thiếu điều kiện loại trừ")
        return None
    return Exclusion(rule, text, place.words("clause"))


def _read_transition(place: Place) -> Transition | None:
    part = place.part("transition", "chuyển tiếp")
    if part is None:
        return None
    return Transition(part.words("text", required=True), part.flag("keeps_old_grants"))
