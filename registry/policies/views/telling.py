"""A version in plain words for a page: groups with their conditions, what each gives, what it asks in return."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from registry import formats
from registry.policies.rules.benefits import CommitmentTerms, Modifier, Repayment, RepaymentKind
from registry.policies.rules.conditions import AllOf, AnyOf, Leaf, Not, Rule
from registry.policies.rules.facts import YEARLY_LIST
from registry.policies.rules.policy import Law, Stacking, Version
from registry.policies.rules.words import Words
from registry.policies.views import sums
from registry.web.i18n import current_language, lazy_gettext
from registry.web.i18n import gettext as _

STACKING = {
    Stacking.SUM: lazy_gettext("Thuộc nhiều nhóm thì được cộng các mức."),
    Stacking.HIGHEST_ONLY: lazy_gettext("Thuộc nhiều nhóm thì chỉ hưởng nhóm có mức một lần cao nhất."),
    Stacking.EXCLUSIVE_GROUPS: lazy_gettext(
        "Các khoản cùng loại không hưởng đồng thời: chỉ hưởng khoản cao nhất."
    ),
}


@dataclass(frozen=True)
class Condition:
    """A condition, or several joined: `join` is all, any or none; then `parts` are in a list below."""

    text: str
    clause: str = ""
    join: str = ""
    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True)
class Told:
    """What the page says of one version."""

    groups: list[dict[str, Any]]
    shared: list[Condition]
    exclusions: list[tuple[str, str]]
    extra: list[tuple[Any, sums.Said]]
    modifiers: list[str]
    repayment: list[str]
    stacking: str
    transition: str
    notes: tuple[str, ...]


def told(version: Version, law: Law, words: Words, on: date) -> Told:
    """A version in plain words, with examples of a day."""
    titles = {one.code: one.title for one in version.groups}
    return Told(
        groups=[
            _group(one, version, law, words, on) for one in sorted(version.groups, key=lambda one: one.rank)
        ],
        shared=_shared(version, words),
        exclusions=[(one.text or words.rule(one.rule), one.clause) for one in version.exclusions],
        extra=[(one, sums.said(one, law, on)) for one in version.extra_benefits],
        modifiers=[_modifier(one, words, titles) for one in version.modifiers],
        repayment=repayment_words(version.repayment),
        stacking=str(STACKING[version.stacking]) if len(version.groups) > 1 else "",
        transition="" if version.transition is None else version.transition.text,
        notes=version.notes,
    )


def _shared(version: Version, words: Words) -> list[Condition]:
    """What everybody must meet, whatever the group."""
    found = [] if version.common is None else [condition(version.common, words, version.ladder)]
    if version.yearly_list is not None:
        found.append(Condition(words.condition(Leaf(YEARLY_LIST, "has_any", version.yearly_list))))
    return found


def _group(group: Any, version: Version, law: Law, words: Words, on: date) -> dict[str, Any]:
    benefits = [
        (one, sums.said(one, law, on), None if one.rule is None else words.rule(one.rule))
        for one in group.benefits
    ]
    return {
        "group": group,
        "condition": None if group.rule is None else condition(group.rule, words, version.ladder),
        "benefits": benefits,
        "commitment": commitment_words(group.commitment),
    }


def condition(rule: Rule, words: Words, ladder: tuple[tuple[str, ...], ...]) -> Condition:
    """A rule as a list that may hold lists. `ladder`: what the policy holds equal, said with each degree."""
    match rule:
        case Leaf():
            return Condition(rule.text or words.condition(rule, ladder), rule.clause)
        case Not(part):
            return Condition("", join="none", parts=(condition(part, words, ladder),))
        case AllOf(parts):
            return Condition("", join="all", parts=tuple(condition(one, words, ladder) for one in parts))
        case AnyOf(parts):
            return Condition("", join="any", parts=tuple(condition(one, words, ladder) for one in parts))


def commitment_words(terms: CommitmentTerms | None) -> str:
    """«Ít nhất 8 năm»; "" where the text asks for none or none was read."""
    if terms is None:
        return ""
    if terms.years is not None:
        return _("làm việc ít nhất %(years)s năm", years=terms.years)
    if terms.times_training is not None:
        return _("làm việc ít nhất %(times)s lần thời gian đào tạo", times=terms.times_training)
    return _("làm việc đến hết %(day)s", day=formats.date(terms.until, current_language()))


def _modifier(modifier: Modifier, words: Words, titles: dict[str, str]) -> str:
    parts: list[str] = []
    if modifier.percent:
        parts.append(_("tăng %(percent)s", percent=sums.percent(modifier.percent)))
    if modifier.add:
        parts.append(_("thêm %(sum)s", sum=sums.money(modifier.add)))
    if modifier.cap is not None:
        parts.append(_("nhiều nhất %(sum)s", sum=sums.money(modifier.cap)))
    sentence = _("%(who)s: %(what)s", who=words.rule(modifier.rule), what=", ".join(parts))
    if modifier.groups is None:
        return sentence
    return _(
        "%(what)s (với %(groups)s)", what=sentence, groups="; ".join(titles[one] for one in modifier.groups)
    )


def repayment_words(repayment: Repayment) -> list[str]:
    """What is paid back when the commitment is not kept, by when, and when not; nothing where no text was read."""
    if repayment.kind is RepaymentKind.NOT_STATED:
        return []
    if repayment.kind is RepaymentKind.FULL:
        found = [_("Hoàn trả toàn bộ số đã nhận.")]
    elif repayment.kind is RepaymentKind.PRO_RATA_MONTHS:
        found = [_("Hoàn trả theo số tháng chưa phục vụ.")]
    elif repayment.kind is RepaymentKind.MULTIPLE:
        found = [_("Hoàn trả %(times)s lần số đã nhận.", times=sums.exact(repayment.multiple))]
    else:
        found = [_("Văn bản có quy định bồi hoàn; cách tính chưa được đọc.")]
    if repayment.deadline_days is not None:
        found.append(_("Hạn trả: %(days)s ngày.", days=repayment.deadline_days))
    if repayment.waived_when:
        found.append(_("Được miễn khi: %(when)s.", when="; ".join(repayment.waived_when)))
    return found
