"""Words of what to do next: what to ask a person, and the smallest change that would raise their points. Pure."""

from typing import NamedTuple

from registry.matching.engine.condition_words import ConditionWords
from registry.matching.engine.facts import SkillWanted
from registry.matching.engine.outcome import ConditionResult, How, Match, SkillScore, Verdict
from registry.matching.engine.skills import SIXTIETHS, level_reached


class Step(NamedTuple):
    """Something to ask or to reach, and how many hundredths it could add at most (0: it adds none)."""

    text: str
    at_most: int


class StepWords(ConditionWords):
    """Says what is not known of a match, and what would lift it."""

    def questions(self, match: Match) -> tuple[Step, ...]:
        """What is not known: hard conditions first, then by how much an answer could add."""
        conditions = [
            Step(self._open_condition(one), 0)
            for one in match.conditions
            if one.verdict is Verdict.UNKNOWN and not isinstance(one.condition, SkillWanted)
        ]
        skills = [
            (one.essential is not Verdict.UNKNOWN, step) for one in match.skills if (step := self._ask(one))
        ]
        parts = [
            (True, Step(self._ask_part(part.name), part.potential - part.points))
            for part in match.parts
            if part.name != "skills" and part.potential > part.points
        ]
        ordered = sorted([*skills, *parts], key=lambda one: (one[0], -one[1].at_most))
        return (*conditions, *(step for _later, step in ordered))

    def _open_condition(self, result: ConditionResult) -> str:
        _ = self._translate
        return _("Điều kiện «%(condition)s»: hồ sơ chưa cho biết") % {
            "condition": self.condition_text(result)
        }

    def _ask(self, one: SkillScore) -> Step | None:
        _ = self._translate
        terms = {"wanted": self.names.skill(one.wanted.skill), "claim": self.names.skill(one.claim or "")}
        if one.claim is None:
            return Step(_("«%(wanted)s»: chưa khai, hỏi có biết không và ở bậc nào") % terms, one.maximum)
        if one.how is How.TO_CONFIRM:
            text = _("«%(claim)s»: cần xác nhận đúng là kỹ năng này") % terms
            return Step(text, one.potential - one.points)
        if one.rank is None:
            return Step(_("«%(claim)s»: chưa khai bậc") % terms, one.potential - one.points)
        if one.potential > one.points:
            text = _("«%(wanted)s»: còn một kỹ năng đã khai chờ xác nhận hoặc chưa có bậc") % terms
            return Step(text, one.potential - one.points)
        if one.essential is Verdict.UNKNOWN:
            text = _("«%(wanted)s» là bắt buộc: mới khai «%(claim)s», hỏi thẳng về kỹ năng này") % terms
            return Step(text, one.maximum - one.points)
        return None

    def _ask_part(self, name: str) -> str:
        _ = self._translate
        return {
            "experience": _("Kinh nghiệm: chưa khai đủ lĩnh vực hoặc thời gian"),
            "qualification": _("Trình độ: chưa khai đủ bằng cấp hoặc ngành"),
            "availability": _("Thời điểm nhận việc: chưa khai, hoặc khai đã quá lâu"),
            "place": _("Nơi nhận làm việc: chưa khai"),
        }[name]

    def lifts(self, match: Match) -> tuple[Step, ...]:
        """The smallest change of each skill that would raise the score: one rank more of the claim shown."""
        _ = self._translate
        steps: list[Step] = []
        for one in match.skills:
            if one.claim is None or one.rank is None or one.how is How.TO_CONFIRM:
                continue
            higher, _most = level_reached(one.rank + 1, one.wanted.rank)
            gain = one.maximum * one.similarity * higher // (100 * SIXTIETHS) - one.points
            if gain > 0:
                terms = {"claim": self.names.skill(one.claim), "rank": one.rank + 1}
                steps.append(Step(_("«%(claim)s» lên bậc %(rank)s") % terms, gain))
        return tuple(sorted(steps, key=lambda step: -step.at_most))
