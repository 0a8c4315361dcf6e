"""Benefits, modifiers, commitments and repayment from their data form. Pure."""

from registry.policies.rules.benefits import (
    NOT_STATED,
    Amount,
    Benefit,
    BenefitKind,
    ByFact,
    CommitmentTerms,
    Instalments,
    Levels,
    Modifier,
    Multiple,
    Percent,
    PercentUpTo,
    Period,
    Plain,
    Repayment,
    RepaymentKind,
    Span,
    SpanKind,
    Step,
)
from registry.policies.rules.conditions import Rule
from registry.policies.rules.facts import CATALOGUE, FactKind
from registry.policies.rules.reading_rules import Ladder, read_rule
from registry.policies.rules.refusals import LONGEST_CODE, Place

PARAMETERS = ("base_salary", "regional_minimum_wage")
MONEY_FACTS = tuple(key for key, fact in CATALOGUE.items() if fact.kind is FactKind.MONEY)
MOST_TIMES = 10_000
MOST_PERCENT = 10_000
MOST_MONTHS = 600
MOST_YEARS = 50
_SPAN = ({"fixed"}, {"min", "max"}, {"up_to"})
_BENEFIT_KEYS = frozenset(
    [
        "code",
        "text",
        "clause",
        "kind",
        "amount",
        "period",
        "months",
        "instalments",
        "rule",
        "group",
        "for",
        "note",
        "verified",
        "confidence",
    ]
)
_MODIFIER_KEYS = frozenset(["rule", "effect", "applies_to", "cap", "clause", "text", "note", "verified"])
_REPAYMENT_KEYS = frozenset(
    ["kind", "multiple", "deadline_days", "waived_when", "clause", "text", "note", "verified"]
)
_COMMITMENT_KEYS = frozenset(["years", "times_training", "until", "note", "verified"])


def read_benefit(place: Place, ladder: Ladder) -> Benefit:
    """One line of a group."""
    place.only(_BENEFIT_KEYS)
    kind = place.choice("kind", BenefitKind) or BenefitKind.IN_KIND
    amount = place.part("amount", "mức hưởng")
    if kind is BenefitKind.MONEY and amount is None:
        place.refuse("khoản tiền phải có mức hưởng")
    if kind is not BenefitKind.MONEY and amount is not None:
        place.refuse("chỉ khoản tiền mới có mức hưởng")
    period = place.choice("period", Period, Period.ONCE) or Period.ONCE
    months = place.whole("months", 1, MOST_MONTHS)
    if months is not None and period is Period.ONCE:
        place.refuse("khoản hưởng một lần không có số tháng")
    return Benefit(
        code=place.words("code", required=True, limit=LONGEST_CODE),
        text=place.words("text", required=True),
        kind=kind,
        amount=read_amount(amount) if amount is not None else None,
        period=period,
        months=months,
        instalments=_read_instalments(place, period),
        rule=read_part_rule(place, "rule", "điều kiện của khoản này", ladder),
        exclusive_key=place.words("group", limit=LONGEST_CODE) or None,
        groups=place.codes("for") or None,
        clause=place.words("clause"),
        verified=place.flag("verified"),
    )


def read_part_rule(place: Place, key: str, where: str, ladder: Ladder) -> Rule | None:
    """The rule under a key, if there is one."""
    part = place.part(key, where)
    return None if part is None else read_rule(part, ladder)


def _read_instalments(place: Place, period: Period) -> Instalments | None:
    part = place.part("instalments", "chia nhiều năm")
    if part is None:
        return None
    part.only(frozenset({"years", "optional"}))
    if period is not Period.ONCE:
        part.refuse("chỉ khoản hưởng một lần mới chia ra nhiều năm")
    years = part.whole("years", 2, MOST_YEARS)
    if years is None:
        part.refuse("thiếu số năm")
    return Instalments(years or 2, part.flag("optional"))


def read_amount(place: Place) -> Amount | None:
    """One of the shapes of an amount; which one is told by its parts."""
    keys = set(place.row)
    if keys in _SPAN:
        span = _read_span(place)
        return None if span is None else Plain(span)
    if keys == {"by", "steps"}:
        return _read_by_fact(place)
    if keys == {"steps"}:
        return _read_levels(place)
    if keys in ({"times", "of"}, {"times_min", "times_max", "of"}):
        return _read_multiple(place)
    if keys in ({"percent", "of"}, {"percent_up_to", "of"}, {"percent_up_to", "of", "cap_month"}):
        return _read_percent(place)
    place.refuse(
        "mức hưởng phải là một trong: một số tiền, từ–đến, không quá, theo nơi làm việc, theo mức do cơ quan xếp, "
        "số lần một mức lương, phần trăm của một khoản"
    )
    return None


def _read_span(place: Place) -> Span | None:
    if "min" in place.row:
        low, high = place.money("min"), place.money("max")
        if low is not None and high is not None and low > high:
            place.refuse("mức thấp nhất lớn hơn mức cao nhất")
            return None
        return None if low is None or high is None else Span(SpanKind.RANGE, low, high)
    kind = SpanKind.FIXED if "fixed" in place.row else SpanKind.UP_TO
    high = place.money(kind.value)
    if high is None:
        return None
    return Span(kind, high if kind is SpanKind.FIXED else 0, high)


def _read_step_span(place: Place) -> Span | None:
    amounts = {key: place.row[key] for key in ("fixed", "min", "max", "up_to") if key in place.row}
    if set(amounts) not in _SPAN:
        place.refuse("mỗi mức phải là một số tiền, từ–đến, hoặc không quá")
        return None
    return _read_span(place)


def _read_by_fact(place: Place) -> Amount | None:
    key = place.words("by", limit=LONGEST_CODE)
    fact = CATALOGUE.get(key)
    if fact is None or fact.kind is not FactKind.CODES or not fact.is_closed:
        place.refuse(f"mức hưởng không xếp theo «{key}» được; dùng loại nơi làm việc (workplace_kind)")
        return None
    steps: list[tuple[frozenset[str], Span]] = []
    for step in place.parts("steps", "mức"):
        step.only(frozenset({"in", "fixed", "min", "max", "up_to"}))
        values = frozenset(step.codes("in"))
        if not values or not values <= set(fact.values):
            step.refuse(f"phải nêu nơi làm việc trong: {', '.join(fact.values)}")
        span = _read_step_span(step)
        if span is not None:
            steps.append((values, span))
    if not steps:
        place.refuse("chưa có mức nào")
    return ByFact(key, tuple(steps))


def _read_levels(place: Place) -> Amount | None:
    steps: list[Step] = []
    for step in place.parts("steps", "mức"):
        step.only(frozenset({"code", "text", "fixed", "min", "max", "up_to"}))
        code = step.words("code", required=True, limit=LONGEST_CODE)
        span = _read_step_span(step)
        if code in [one.code for one in steps]:
            step.refuse(f"mức «{code}» có hai lần")
        if span is not None:
            steps.append(Step(code, step.words("text", required=True), span))
    if not steps:
        place.refuse("chưa có mức nào")
    return Levels(tuple(steps))


def _read_multiple(place: Place) -> Amount | None:
    of = place.words("of", limit=LONGEST_CODE)
    if of not in PARAMETERS:
        place.refuse(f"không có mức lương «{of}»; dùng một trong: {', '.join(PARAMETERS)}")
    if "times" in place.row:
        low = high = place.exact("times", MOST_TIMES)
    else:
        low, high = place.exact("times_min", MOST_TIMES), place.exact("times_max", MOST_TIMES)
    if low is None or high is None:
        return None
    if low > high:
        place.refuse("số lần thấp nhất lớn hơn số lần cao nhất")
    return Multiple(low, high, of)


def _read_percent(place: Place) -> Amount | None:
    of = place.words("of", limit=LONGEST_CODE)
    if of not in MONEY_FACTS:
        place.refuse(f"không tính phần trăm của «{of}» được; dùng một trong: {', '.join(MONEY_FACTS)}")
    key = "percent" if "percent" in place.row else "percent_up_to"
    percent = place.exact(key, MOST_PERCENT)
    if percent is None:
        return None
    return Percent(percent, of) if key == "percent" else PercentUpTo(percent, of, place.money("cap_month"))


def read_modifier(place: Place, ladder: Ladder) -> Modifier | None:
    """A modifier: percent or đồng added to the money lines of some groups."""
    place.only(_MODIFIER_KEYS)
    rule = read_part_rule(place, "rule", "điều kiện", ladder)
    effect = place.part("effect", "mức thay đổi")
    if effect is None or set(effect.row) not in ({"percent"}, {"add"}):
        place.refuse("mức thay đổi phải là số phần trăm hoặc số tiền cộng thêm")
        return None
    percent, add = effect.exact("percent", MOST_PERCENT), effect.money("add")
    groups = None if place.row.get("applies_to") == "all" else place.codes("applies_to")
    if groups == ():
        place.refuse("phải nêu nhóm được áp dụng, hoặc tất cả")
    if rule is None:
        place.refuse("thiếu điều kiện áp dụng")
        return None
    return Modifier(rule, percent or 0, add or 0, groups, place.money("cap"), place.words("clause"))


def read_commitment(place: Place) -> CommitmentTerms:
    """Years, a multiple of the training, or a last day: exactly one."""
    place.only(_COMMITMENT_KEYS)
    terms = CommitmentTerms(
        place.whole("years", 1, MOST_YEARS), place.whole("times_training", 1, 20), place.day("until")
    )
    if sum(one is not None for one in (terms.years, terms.times_training, terms.until)) != 1:
        place.refuse("cam kết phải là đúng một trong: số năm, số lần thời gian đào tạo, đến ngày")
    return terms


def read_repayment(place: Place | None) -> Repayment:
    """What is paid back on a breach; without any it is not stated."""
    if place is None:
        return NOT_STATED
    place.only(_REPAYMENT_KEYS)
    kind = place.choice("kind", RepaymentKind) or RepaymentKind.UNKNOWN
    multiple = place.exact("multiple", 100)
    if (kind is RepaymentKind.MULTIPLE) != (multiple is not None):
        place.refuse("bồi hoàn gấp nhiều lần phải có số lần, cách khác thì không")
    return Repayment(
        kind=kind,
        multiple=multiple or 1,
        deadline_days=place.whole("deadline_days", 1, 3650),
        waived_when=place.codes("waived_when"),
        clause=place.words("clause"),
        text=place.words("text"),
    )
