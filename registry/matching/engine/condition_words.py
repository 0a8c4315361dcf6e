"""Words of hard conditions: what each asks, and why somebody was excluded by it. Pure."""

from collections.abc import Sequence

from registry import formats
from registry.matching.engine.facts import (
    AvailableCondition,
    Condition,
    DegreeCondition,
    FieldCondition,
    LanguageCondition,
    ScopeCondition,
    SkillWanted,
)
from registry.matching.engine.names import Names, Translate, as_written
from registry.matching.engine.outcome import ConditionResult


class ConditionWords:
    """Says conditions in words, in one language and with one set of names."""

    def __init__(self, names: Names, translate: Translate = as_written, locale: str = "vi") -> None:
        self.names = names
        self._translate = translate
        self._locale = locale

    def condition_text(self, result: ConditionResult) -> str:
        """What a condition asks."""
        return self.condition(result.condition)

    def condition(self, condition: Condition | SkillWanted) -> str:
        """What a condition asks: the key under which excluded people are counted for people to read."""
        _ = self._translate
        match condition:
            case SkillWanted():
                name = self.names.skill(condition.skill)
                return _("Kỹ năng bắt buộc «%(skill)s» từ bậc %(rank)s") % {
                    "skill": name,
                    "rank": condition.must_reach,
                }
            case DegreeCondition():
                return _("Trình độ từ %(degree)s trở lên") % {"degree": self.names.degree(condition.rank)}
            case FieldCondition():
                return _("Ngành đào tạo: %(fields)s") % {"fields": self._fields(condition)}
            case LanguageCondition():
                name = self.names.language(condition.language)
                return _("%(language)s từ bậc %(rank)s") % {"language": name, "rank": condition.rank}
            case AvailableCondition():
                return _("Nhận việc được chậm nhất %(day)s") % {
                    "day": formats.date(condition.by, self._locale)
                }
            case ScopeCondition():
                return _("Hồ sơ thuộc %(unit)s") % {"unit": self.names.unit(condition.unit_path)}
            case _:
                if condition.state == "verified":
                    return _("Kỹ năng bắt buộc đã được xác minh")
                return _("Kỹ năng bắt buộc có minh chứng")

    def excluded(self, condition: Condition | SkillWanted) -> str:
        """Why somebody was excluded by a condition."""
        _ = self._translate
        match condition:
            case SkillWanted():
                name = self.names.skill(condition.skill)
                return _("«%(skill)s» dưới bậc %(rank)s") % {"skill": name, "rank": condition.must_reach}
            case DegreeCondition():
                return _("trình độ dưới %(degree)s") % {"degree": self.names.degree(condition.rank)}
            case FieldCondition():
                return _("ngành đào tạo khác %(fields)s") % {"fields": self._fields(condition)}
            case LanguageCondition():
                name = self.names.language(condition.language)
                return _("%(language)s dưới bậc %(rank)s") % {"language": name, "rank": condition.rank}
            case AvailableCondition():
                return _("không nhận việc được trước hết ngày %(day)s") % {
                    "day": formats.date(condition.by, self._locale)
                }
            case ScopeCondition():
                return _("hồ sơ ngoài %(unit)s") % {"unit": self.names.unit(condition.unit_path)}
            case _:
                if condition.state == "verified":
                    return _("kỹ năng bắt buộc chưa được xác minh")
                return _("kỹ năng bắt buộc chưa có minh chứng")

    def _fields(self, condition: FieldCondition) -> str:
        named = sorted(self.names.field_of_study(one) for one in condition.fields)
        return self._listed(named, self._translate("hoặc"))

    def _listed(self, words: Sequence[str], last: str) -> str:
        """a, b <last> c"""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {last} {words[-1]}"
