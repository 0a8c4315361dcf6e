"""A concept named in a field: found by any name, asked about when the text may mean several."""

from typing import Any

from sqlalchemy.orm import Session

from registry.skills import queries
from registry.skills.models import Skill
from registry.skills.resolver import resolve
from registry.skills.rules import SkillState
from registry.skills.views.blueprint import skill_name
from registry.web.choices import choices
from registry.web.i18n import gettext as _

_MOST_OFFERED, _NEAR = 5, 15.0


def chosen_concept(session: Session, form: Any, field: Any) -> Skill | None:
    """The concept the field names; None with a question or an error on the form."""
    options = possible_concepts(session, field.data or "")
    form.choice.choices = choices((one.public_id, skill_name(one)) for one in options)
    picked = next((one for one in options if one.public_id == form.choice.data), None)
    if picked is not None:
        return picked
    form.choice.data = None
    exact = queries.find_concept(session, field.data or "")
    if len(exact) == 1:
        form.choice.choices = choices([])
        return exact[0]
    if options:
        form.choice.errors = [_("Chọn kỹ năng bạn muốn nói")]
        form.choice.flags.required = True
    else:
        field.errors = [_("Danh mục không có kỹ năng này. Thử tên khác hoặc mã")]
    return None


def possible_concepts(session: Session, text: str) -> list[Skill]:
    """What a text may mean, its own names first, then what comes near."""
    found = {one.code: one for one in queries.find_concept(session, text)}
    answer = resolve(text, queries.recent_vocabulary(session))
    near = [one.skill for one in answer.candidates if one.score >= _NEAR and one.skill not in found]
    more = queries.skills_by_code(session, near)
    offered = [*found.values(), *(more[code] for code in near if code in more)]
    return [one for one in offered if one.state is SkillState.ACTIVE][:_MOST_OFFERED]
