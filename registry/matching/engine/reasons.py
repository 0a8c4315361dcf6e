"""Words from numbers: why a person stands where they stand, what was lost, what to ask. Pure.

Nothing is said here that the match does not hold. Sentences are Vietnamese msgids; a translator may be passed in.
"""

from collections.abc import Sequence
from typing import NamedTuple

from registry.matching.engine.outcome import How, Match, PartScore, SkillScore, Verdict
from registry.matching.engine.score import FORMULA_VERSION
from registry.matching.engine.steps import Step, StepWords

__all__ = [
    "Fragment",
    "Sentence",
    "SkillGroups",
    "Step",
    "Words",
    "lost_by_part",
    "plain_text",
    "skill_groups",
]

LOSSES_SHOWN = 3
_NARROW = frozenset({How.SAME, How.NARROWER, How.NARROWER_TWICE})


class Fragment(NamedTuple):
    """A piece of a sentence; the strong ones are what the eye should find."""

    text: str
    strong: bool = False


Sentence = tuple[Fragment, ...]


class SkillGroups(NamedTuple):
    """The wanted skills in four lists: reached, near, denied, and never mentioned."""

    matched: tuple[SkillScore, ...]
    near: tuple[SkillScore, ...]
    missing: tuple[SkillScore, ...]
    unknown: tuple[SkillScore, ...]


def skill_groups(skills: Sequence[SkillScore]) -> SkillGroups:
    """Sort wanted skills by what the person said of them; a near one has a similar claim or a lower level."""
    groups: dict[str, list[SkillScore]] = {name: [] for name in SkillGroups._fields}
    for one in skills:
        if one.claim is None:
            groups["unknown"].append(one)
        elif one.rank == 0 and one.how is How.SAME:
            groups["missing"].append(one)
        elif one.how in _NARROW and one.rank is not None and one.rank >= one.wanted.rank:
            groups["matched"].append(one)
        else:
            groups["near"].append(one)
    return SkillGroups(*(tuple(group) for group in groups.values()))


def lost_by_part(match: Match) -> tuple[tuple[str, int], ...]:
    """Points each part lost for certain, the largest loss first."""
    losses = [(part.name, part.maximum - part.points) for part in match.parts if part.points < part.maximum]
    return tuple(sorted(losses, key=lambda loss: -loss[1]))


class Words(StepWords):
    """Says a match in words: conditions and next steps, each skill, and the whole."""

    # --- one skill

    def level(self, one: SkillScore) -> str:
        """«2 / 3: thiếu 1 bậc»."""
        _ = self._translate
        wanted, held = one.wanted.rank, one.rank
        if one.claim is None:
            return _("chưa khai")
        if held is None:
            return _("– / %(wanted)s: chưa khai bậc") % {"wanted": wanted}
        if held == 0:
            return _("0 / %(wanted)s: không có") % {"wanted": wanted}
        terms = {"held": held, "wanted": wanted, "gap": abs(held - wanted)}
        if held < wanted:
            return _("%(held)s / %(wanted)s: thiếu %(gap)s bậc") % terms
        if held == wanted:
            return _("%(held)s / %(wanted)s: đạt") % terms
        return _("%(held)s / %(wanted)s: vượt %(gap)s bậc") % terms

    def how(self, how: How) -> str:
        """How a claim relates to the skill wanted."""
        _ = self._translate
        return {
            How.SAME: _("đúng kỹ năng này"),
            How.NARROWER: _("nghĩa hẹp hơn, nằm trong kỹ năng này"),
            How.NARROWER_TWICE: _("nghĩa hẹp hơn hai cấp, nằm trong kỹ năng này"),
            How.BROADER: _("nghĩa rộng hơn"),
            How.RELATED: _("có liên quan"),
            How.TO_CONFIRM: _("chờ xác nhận, chưa tính điểm"),
            How.NOT_STATED: _("chưa khai"),
        }[how]

    def skill_loss(self, one: SkillScore) -> str:
        """Why a skill did not earn all its points, in a few words for a bracket."""
        _ = self._translate
        if one.claim is None:
            return _("chưa khai")
        if one.how is How.TO_CONFIRM:
            return _("chờ xác nhận")
        if one.rank == 0:
            return _("khai là không có")
        causes: list[str] = []
        if one.how is not How.SAME:
            causes.append(_("chỉ có kỹ năng gần nghĩa"))
        if one.rank is None:
            causes.append(_("chưa khai bậc"))
        elif one.rank < one.wanted.rank:
            causes.append(_("thiếu %(gap)s bậc") % {"gap": one.wanted.rank - one.rank})
        if one.evidence == "self_declared":
            causes.append(_("tự khai"))
        return ", ".join(causes)

    # --- the whole match

    def lead(self, match: Match, years: int | None = None, *, capital: bool = True) -> Sentence:
        """Why the person stands here: what is reached, then where points were lost.

        `years` are the certain whole years of matching experience, when the need asks for them. Without
        `capital` the sentence may follow a colon.
        """
        reached = "; ".join(self._strengths(match, years))
        first = reached[:1].upper() + reached[1:] if capital else reached
        return (Fragment(f"{first}. "), *self._losses(match))

    def account(self, match: Match, years: int | None = None) -> str:
        """The whole in one paragraph for a cell: the lead, which hard conditions are met and which nobody knows, the rule."""
        _ = self._translate
        said = [plain_text(self.lead(match, years))]
        for verdict, words in (
            (Verdict.MET, _("Điều kiện bắt buộc đã đạt: %(conditions)s.")),
            (Verdict.UNKNOWN, _("Điều kiện bắt buộc hồ sơ chưa cho biết: %(conditions)s.")),
            (Verdict.NOT_MET, _("Điều kiện bắt buộc không đạt: %(conditions)s.")),
        ):
            named = [self.condition_text(one) for one in match.conditions if one.verdict is verdict]
            if named:
                said.append(words % {"conditions": "; ".join(named)})
        return " ".join([*said, _("Theo công thức phiên bản %(version)s.") % {"version": FORMULA_VERSION}])

    def _strengths(self, match: Match, years: int | None) -> list[str]:
        _ = self._translate
        said = [self._skills_reached(match)] if match.skills else []
        above = [self.names.skill(one.wanted.skill) for one in match.skills if _is_above(one)]
        if above:
            said.append(_("vượt bậc yêu cầu ở %(skills)s") % {"skills": self._listed(above[:2], _("và"))})
        if years:
            said.append(_("%(years)s năm kinh nghiệm phù hợp") % {"years": years})
        full = {part.name for part in match.parts if part.maximum and part.points == part.maximum}
        whole = {
            "qualification": _("đúng trình độ yêu cầu"),
            "availability": _("nhận việc đúng hạn"),
            "place": _("nhận nơi làm việc này"),
        }
        said += [words for name, words in whole.items() if name in full]
        return said or [_("chưa có yêu cầu nào đạt đủ điểm")]

    def _skills_reached(self, match: Match) -> str:
        _ = self._translate
        essential = [one for one in match.skills if one.wanted.essential]
        if essential:
            met = sum(one.essential is Verdict.MET for one in essential)
            terms = {"met": met, "all": len(essential)}
            if met == len(essential):
                return _("đạt đủ %(all)s kỹ năng bắt buộc") % terms
            return _("đạt %(met)s trên %(all)s kỹ năng bắt buộc") % terms
        reached = len(skill_groups(match.skills).matched)
        return _("đạt %(met)s trên %(all)s kỹ năng") % {"met": reached, "all": len(match.skills)}

    def _losses(self, match: Match) -> Sentence:
        """The largest losses, skills and other parts together."""
        _ = self._translate
        earned = [*match.skills, *(part for part in match.parts if part.name != "skills")]
        losses = [one for one in earned if one.maximum > one.points]
        largest = sorted(losses, key=lambda one: one.points - one.maximum)[:LOSSES_SHOWN]
        if not largest:
            return (Fragment(_("Không mất điểm ở yêu cầu nào.")),)
        said: list[Fragment] = [Fragment(_("Điểm bị trừ nhiều nhất ở "))]
        for place, one in enumerate(largest):
            name, cause = self._loss(one)
            if place:
                said.append(Fragment(f" {_('và')} " if place == len(largest) - 1 else ", "))
            said += [Fragment(name, strong=True), Fragment(f" ({cause})")]
        return (*said, Fragment("."))

    def _loss(self, one: SkillScore | PartScore) -> tuple[str, str]:
        """What did not earn all its points, and why."""
        if isinstance(one, SkillScore):
            return self.names.skill(one.wanted.skill), self.skill_loss(one)
        return self.part(one.name), self._part_loss(one)

    def part(self, name: str) -> str:
        """The name of a part inside a sentence."""
        _ = self._translate
        return {
            "skills": _("kỹ năng"),
            "experience": _("kinh nghiệm"),
            "qualification": _("trình độ"),
            "availability": _("sẵn sàng nhận việc"),
            "place": _("nguyện vọng nơi làm việc"),
        }[name]

    def _part_loss(self, part: PartScore) -> str:
        _ = self._translate
        if part.potential > part.points:
            return _("chưa khai đủ")
        return {
            "experience": _("chưa đủ số năm"),
            "qualification": _("thấp hơn yêu cầu hoặc khác ngành"),
            "availability": _("muộn hơn yêu cầu hoặc khác hình thức"),
        }.get(part.name, _("nơi này chưa có trong nguyện vọng"))


def _is_above(one: SkillScore) -> bool:
    return one.how is How.SAME and one.rank is not None and one.rank > one.wanted.rank


def plain_text(sentence: Sentence) -> str:
    """A sentence without emphasis."""
    return "".join(fragment.text for fragment in sentence)
