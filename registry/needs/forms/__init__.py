"""Forms of needs: shape and Vietnamese words. They never query; the view passes choices in."""

from registry.needs.forms.moves import MoveForm, ReasonForm
from registry.needs.forms.need import ConflictForm, NeedChoices, NeedForm, SkillRow

__all__ = ["ConflictForm", "MoveForm", "NeedChoices", "NeedForm", "ReasonForm", "SkillRow"]
