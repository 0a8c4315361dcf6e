"""Conditions from their data form. A rule that could not be judged as it stands is refused, with the place. Pure."""

from typing import Any

from registry.policies.rules.comparing import step_of
from registry.policies.rules.conditions import AllOf, AnyOf, AsOf, Leaf, Not, Rule
from registry.policies.rules.facts import MANY, Fact, FactKind, fact_of
from registry.policies.rules.refusals import LONGEST_CODE, Place, read_day

DEEPEST = 6
MOST_LEAVES = 60
Ladder = tuple[tuple[str, ...], ...]
_LEAF_KEYS = frozenset(
    {"fact", "of", "op", "value", "as_of", "clause", "evidence", "text", "note", "verified"}
)
_BRANCHES = ("all", "any", "not", "fact")


def read_rule(place: Place, ladder: Ladder) -> Rule | None:
    """The rule in a place, or nothing with what is wrong noted there."""
    before = len(place.problems)
    rule = _read(place, ladder, 1)
    if rule is not None and len(place.problems) == before and count_leaves(rule) > MOST_LEAVES:
        place.refuse(f"có {count_leaves(rule)} điều kiện; nhiều nhất là {MOST_LEAVES}")
    return rule if len(place.problems) == before else None


def count_leaves(rule: Rule) -> int:
    """How many conditions a rule has."""
    match rule:
        case Leaf():
            return 1
        case Not(part):
            return count_leaves(part)
        case AllOf(parts) | AnyOf(parts):
            return sum(map(count_leaves, parts))


def _read(place: Place, ladder: Ladder, depth: int) -> Rule | None:
    if depth > DEEPEST:
        place.refuse(f"điều kiện lồng nhau quá {DEEPEST} lớp")
        return None
    branches = [key for key in _BRANCHES if key in place.row]
    if len(branches) != 1:
        place.refuse("mỗi điều kiện phải là đúng một trong: tất cả, một trong, không, hoặc một so sánh")
        return None
    branch = branches[0]
    if branch == "fact":
        return _read_leaf(place, ladder)
    place.only(frozenset({branch}))
    if branch == "not":
        part = _read(place.inside(place.row["not"], "không"), ladder, depth + 1)
        return None if part is None else Not(part)
    return _read_parts(place, branch, ladder, depth)


def _read_parts(place: Place, branch: str, ladder: Ladder, depth: int) -> Rule | None:
    rows = place.listed(branch, MOST_LEAVES)
    if not rows:
        name = "tất cả" if branch == "all" else "một trong"
        place.refuse(f"«{name}» phải có ít nhất một điều kiện")
        return None
    read = [_read(place.inside(row, f"điều kiện {n}"), ladder, depth + 1) for n, row in enumerate(rows, 1)]
    parts = tuple(one for one in read if one is not None)
    if len(parts) < len(read):
        return None
    return AllOf(parts) if branch == "all" else AnyOf(parts)


def _read_leaf(place: Place, ladder: Ladder) -> Leaf | None:
    place.only(_LEAF_KEYS)
    key, of = (
        place.words("fact", required=True, limit=LONGEST_CODE),
        place.words("of", limit=LONGEST_CODE) or None,
    )
    fact = fact_of(key, of)
    if fact is None or ":" in key or fact.kind is FactKind.MONEY:
        place.refuse(f"không có dữ kiện «{key if of is None else f'{key}:{of}'}» để đặt điều kiện")
        return None
    if not _argument_fits(place, fact, key, of):
        return None
    op = place.words("op", required=True, limit=LONGEST_CODE)
    if op not in fact.operators:
        place.refuse(f"«{fact.vi}» không so sánh bằng «{op}»; dùng một trong: {', '.join(fact.operators)}")
        return None
    value = _read_value(place, fact, op, ladder)
    as_of = place.choice("as_of", AsOf, AsOf.DECIDE) or AsOf.DECIDE
    if value is None:
        return None
    return Leaf(
        fact=key,
        op=op,
        value=value,
        of=of,
        as_of=as_of,
        clause=place.words("clause"),
        evidence=place.words("evidence", limit=LONGEST_CODE),
        text=place.words("text"),
    )


def _argument_fits(place: Place, fact: Fact, key: str, of: str | None) -> bool:
    if fact.key != key:  # a named part, «training:kind»
        return True
    if of is None:
        if fact.needs_argument:
            place.refuse(f"«{fact.vi}»: chưa nói loại nào ({', '.join(fact.arguments)})")
        return not fact.needs_argument
    if not fact.any_argument and of not in fact.arguments:
        allowed = f"dùng một trong: {', '.join(fact.arguments)}" if fact.arguments else "không có loại"
        place.refuse(f"«{fact.vi}» không có loại «{of}»; {allowed}")
        return False
    return True


def _read_value(place: Place, fact: Fact, op: str, ladder: Ladder) -> Any:
    value = place.row.get("value")
    if op in MANY:
        if not isinstance(value, list | tuple) or not value:
            place.refuse(f"«{fact.vi}»: «{op}» cần một danh sách có ít nhất một giá trị")
            return None
        ones: list[Any] = list(value)  # pyright: ignore[reportUnknownArgumentType]
        read = [_read_one(place, fact, op, one, ladder) for one in ones]
        return None if None in read else tuple(read)
    return _read_one(place, fact, op, value, ladder)


def _read_one(place: Place, fact: Fact, op: str, value: object, ladder: Ladder) -> bool | int | str | None:
    if fact.kind is FactKind.YES_NO:
        if not isinstance(value, bool):
            place.refuse(f"«{fact.vi}» phải so với có hoặc không")
            return None
        return value
    if fact.kind in (FactKind.NUMBER, FactKind.RANKING):
        return _number(place, fact, value)
    return _code(place, fact, op, value, ladder)


def _number(place: Place, fact: Fact, value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        place.refuse(f"«{fact.vi}» phải so với một số nguyên")
        return None
    if not fact.lowest <= value <= fact.highest:
        place.refuse(f"«{fact.vi}» phải từ {fact.lowest} đến {fact.highest}")
        return None
    return value


def _code(place: Place, fact: Fact, op: str, value: object, ladder: Ladder) -> str | None:
    if not isinstance(value, str) or not value or len(value) > LONGEST_CODE:
        place.refuse(f"«{fact.vi}» phải so với một mã")
        return None
    if fact.kind is FactKind.LADDER and op != "has_any" and not step_of(value, ladder):
        place.refuse(f"thang bằng cấp của chính sách không có «{value}»; thêm vào thang rồi mới so sánh")
        return None
    if fact.is_closed and value not in fact.values:
        place.refuse(f"«{fact.vi}» không có giá trị «{value}»; dùng một trong: {', '.join(fact.values)}")
        return None
    return _formed(place, fact, value)


def _formed(place: Place, fact: Fact, value: str) -> str | None:
    if fact.kind is FactKind.FIELDS and not (value.isascii() and value.isdecimal()):
        place.refuse(f"«{fact.vi}» phải là mã ngành bằng chữ số, không phải «{value}»")
        return None
    if fact.kind is FactKind.UNIT and not is_unit(value):
        place.refuse(f"«{fact.vi}» phải viết như 83@2025-06-30 (mã@ngày còn hiệu lực), không phải «{value}»")
        return None
    return value


def is_unit(value: str) -> bool:
    """Whether a text names an administrative unit as «code@as_of»."""
    code, at, day = value.partition("@")
    return bool(at) and code.isascii() and code.isdecimal() and read_day(day) is not None
