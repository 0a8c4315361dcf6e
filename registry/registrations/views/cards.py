"""Skills as cards: words as typed, what they were understood as, and what is asked where that is not sure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from registry.people.forms.fields import refuse
from registry.people.operations.skill_reading import ReadSkill, read_skills, skill_draft
from registry.people.rules import SkillDraft
from registry.registrations.forms import SkillCardForm
from registry.registrations.queries import Values
from registry.skills.models import Skill
from registry.skills.queries import skills_by_code
from registry.skills.resolver import Resolution
from registry.skills.rules import ANCHORS, LevelScale, TypedSkill, highest_level
from registry.text import TextRefused, clean, fold
from registry.web.choices import choices
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

KEEP_AS_TYPED = "giu"
MOST_CARDS = 25
_LONGEST = 200
_FIELDS = ("typed", "row", "on", "level", "concept")


@dataclass(frozen=True)
class Card:
    """A skill somebody typed. `row` names the claim of a record it stands for; "" for a new one."""

    typed: str
    row: str = ""
    on: bool = True
    level: str = ""
    concept: str = ""


@dataclass(frozen=True)
class Shown:
    """A card on the page: its form, the name of what it was understood as, how sure that is."""

    card: Card
    form: Any
    name: str
    read: ReadSkill
    is_question: bool
    is_unknown: bool
    level_words: Any
    draft_read: ReadSkill | None


def cards_in(values: Mapping[str, Sequence[str]]) -> list[Card]:
    """The cards of what was sent or kept; texts that may not enter are left out."""
    cards: list[Card] = []
    for number in range(_count(values)):
        said = {name: _first(values, f"ky-nang-{number}-{name}") for name in _FIELDS}
        typed = cleaned(said["typed"])
        if typed:
            row, level, concept = (_code(said[name]) for name in ("row", "level", "concept"))
            cards.append(Card(typed, row, bool(said["on"]), level, concept))
    return cards


def values_of(cards: Sequence[Card], more: str) -> Values:
    """The cards as they are kept."""
    values: Values = {"count": [str(len(cards))], "more": [more]}
    for number, card in enumerate(cards):
        said = {"typed": card.typed, "row": card.row, "on": "y" if card.on else "", "level": card.level}
        said["concept"] = card.concept
        for name, value in said.items():
            if value:
                values[f"ky-nang-{number}-{name}"] = [value]
    return values


def cleaned(text: str) -> str:
    """A text as it may be kept; "" when it may not."""
    try:
        return clean(text, limit=_LONGEST)
    except TextRefused:
        return ""


def with_new(session: Session, cards: Sequence[Card], typed: Sequence[str]) -> list[Card]:
    """The cards with what was typed now: ticked where it is understood or unknown, a question where it is unsure."""
    known = {fold(card.typed) for card in cards}
    new = [text for text in dict.fromkeys(typed) if text and fold(text) not in known]
    read = read_skills(session, [TypedSkill(text) for text in new])
    made = [
        Card(one.typed.text, on=one.resolution.is_accepted or not one.resolution.candidates) for one in read
    ]
    return [*cards, *made][:MOST_CARDS]


def show(session: Session, cards: Sequence[Card]) -> list[Shown]:
    """The cards as the page shows them; errors stand on their forms."""
    read = read_skills(session, [TypedSkill(card.typed, _level(card)) for card in cards])
    codes = {code for one in read for code in (one.resolution.skill, *_candidates(one)) if code}
    skills = skills_by_code(session, sorted(codes | {card.concept for card in cards if card.concept}))
    return [
        _shown(number, card, one, skills) for number, (card, one) in enumerate(zip(cards, read, strict=True))
    ]


def check(shown: Sequence[Shown]) -> bool:
    """Whether every ticked card says which concept it means and a level its scale has."""
    is_right = True
    for one in shown:
        if one.card.on and one.draft_read is None:
            is_right = refuse(
                one.form.concept, _("Chọn «%(typed)s» là kỹ năng nào", typed=one.card.typed[:60])
            )
        if one.card.on and one.card.level and one.card.level not in _values_of(one.form.level):
            is_right = refuse(one.form.level, _("Chọn một mức trong thang"))
    return is_right


def drafts_of_cards(session: Session, shown: Sequence[Shown]) -> list[SkillDraft]:
    """The claims of the ticked cards, one per concept; unknown words are kept and queued.

    They are queued in the order of their keys, so that two who send the same words never wait for each other.
    """
    ticked = [one.draft_read for one in shown if one.card.on and one.draft_read is not None]
    made: dict[tuple[int | None, int | None], SkillDraft] = {}
    for one in sorted(ticked, key=lambda one: (one.skill is not None, fold(one.typed.text))):
        draft = skill_draft(session, one)
        made.setdefault((draft.skill_id, draft.pending_term_id), draft)
    return list(made.values())


def _shown(number: int, card: Card, read: ReadSkill, skills: Mapping[str, Skill]) -> Shown:
    chosen = skills.get(card.concept)
    asked = not read.resolution.is_accepted and bool(_candidates(read))
    settled = _settled(card, read, chosen)
    scale = LevelScale.GENERAL if settled is None or settled.skill is None else settled.skill.scale
    form = _form(number, card, scale, _offered(card, read, skills) if asked else [])
    understood = chosen or (read.skill if read.resolution.is_accepted else None)
    words = _(ANCHORS[scale][int(card.level)]) if _is_level(card, scale) else ""
    return Shown(
        card=card,
        form=form,
        name=_name(understood) if understood else card.typed,
        read=read,
        is_question=asked and not chosen and card.concept != KEEP_AS_TYPED,
        is_unknown=understood is None and (not asked or card.concept == KEEP_AS_TYPED),
        level_words=words,
        draft_read=settled,
    )


def _settled(card: Card, read: ReadSkill, chosen: Skill | None) -> ReadSkill | None:
    """The reading after the question was answered, None when it is open."""
    if card.concept == KEEP_AS_TYPED:
        return replace(read, resolution=Resolution(None, "unknown"), skill=None)
    if chosen is not None:
        found = Resolution(chosen.code, "exact", 100.0, level=read.resolution.level)
        return ReadSkill(read.typed, found, chosen)
    if read.resolution.is_accepted:
        return read
    return None if _candidates(read) else replace(read, skill=None)


def _form(number: int, card: Card, scale: LevelScale, offered: list[tuple[str, str]]) -> Any:
    prefix = f"ky-nang-{number}-"
    sent = {
        f"{prefix}{name}": value for name, value in vars(card).items() if isinstance(value, str) and value
    }
    if card.on:
        sent[f"{prefix}on"] = "y"
    form = SkillCardForm(formdata=MultiDict(sent), prefix=prefix, meta={"csrf": False})
    form.level.choices = choices((str(level), str(level)) for level in range(1, highest_level(scale) + 1))
    form.concept.choices = choices(offered)
    form.concept.flags.required = True
    return form


def _offered(card: Card, read: ReadSkill, skills: Mapping[str, Skill]) -> list[tuple[str, str]]:
    codes = _candidates(read)
    if card.concept in skills and card.concept not in codes:
        codes.append(card.concept)
    named = [(code, _name(skills[code])) for code in codes if code in skills]
    return [*named, (KEEP_AS_TYPED, _("Không phải các kỹ năng trên: giữ nguyên chữ đã gõ"))]


def _candidates(read: ReadSkill) -> list[str]:
    return [one.skill for one in read.resolution.candidates]


def _name(skill: Skill) -> str:
    return (skill.en if current_language() == "en" else "") or skill.vi


def _level(card: Card) -> int | None:
    return int(card.level) if card.level.isascii() and card.level.isdigit() else None


def _is_level(card: Card, scale: LevelScale) -> bool:
    level = _level(card)
    return level is not None and level <= highest_level(scale)


def _values_of(field: Any) -> set[str]:
    return {str(one.value) for one in field.choices}


def _count(values: Mapping[str, Sequence[str]]) -> int:
    text = _first(values, "count")
    return min(int(text), MOST_CARDS) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _code(text: str) -> str:
    """What names a row, a level or a concept; anything else names nothing."""
    return text if len(text) <= 40 and text.isascii() and text.replace("-", "").isalnum() else ""


def _first(values: Mapping[str, Sequence[str]], name: str) -> str:
    sent = values.get(name) or [""]
    return str(sent[0])
