"""A concept named in a field. Only its code or one of its names names it; whatever else is typed is asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.skills import forms, queries
from registry.skills.models import Skill
from registry.skills.queries import Worded
from registry.skills.resolver import MAX_CHARACTERS, resolve
from registry.skills.rules import LabelKind
from registry.skills.views.blueprint import bp, skill_name
from registry.text import accented_key, fold, match_key, nfc
from registry.web.choices import choices
from registry.web.database import db_session
from registry.web.i18n import gettext as _

_MOST_OFFERED, _NEAR = 8, 15.0


@dataclass(frozen=True)
class Offer:
    """A concept that may be meant, and the name with the typed words where no main name has them."""

    skill: Skill
    name: str


@bp.get("/goi-y")
@require(Permission.SKILLS_CURATE)
def suggest() -> ResponseReturnValue:
    """The concepts a text may mean, for choosing while it is typed: a part of a form."""
    session = db_session()
    form: Any = forms.NewConceptForm(None) if "broader" in request.args else forms.ChoosingForm(None)
    field = form.broader if "broader" in request.args else form.concept
    field.data = nfc(request.args.get(field.name, "")).strip()[:MAX_CHARACTERS]
    _offer(form, offers(session, field.data), field.data)
    named = named_concept(session, field.data)
    form.choice.data = None if named is None else named.public_id
    return render_template("skills/_offered.html", form=form, typed=field.data)


def chosen_concept(session: Session, form: Any, field: Any) -> Skill | None:
    """The concept the field names or that was picked for its text; None with a question or an error on the form.

    What was picked among the offers for another text does not count.
    """
    text = field.data or ""
    offered = offers(session, text)
    picked = None
    if not form.asked.data or form.asked.data == text:
        picked = next((one.skill for one in offered if one.skill.public_id == form.choice.data), None)
    found = picked or named_concept(session, text)
    _offer(form, offered, text)
    form.choice.data = None if picked is None else picked.public_id
    if found is not None:
        return found
    if offered:
        form.choice.errors = [_("Chọn kỹ năng bạn muốn nói")]
    else:
        field.errors = [_("Danh mục không có kỹ năng này. Thử tên khác hoặc mã")]
    return None


def named_concept(session: Session, text: str) -> Skill | None:
    """The one concept whose code or main name the text is, or that alone is called so.

    Another name does not do when main names of other concepts hold its words: «điện toán» may be short for
    «điện toán đám mây». Nor does a name with other marks than were typed, or one that is declared ambiguous.
    """
    found = queries.find_concept(session, text)
    if len(found) != 1:
        return None
    skill, key, accented = found[0], match_key(text), accented_key(text)
    label = next((one for one in skill.labels if one.folded == key), None)
    if label is None:
        return skill
    if label.is_ambiguous or accented not in {label.accented, accented_key(fold(text))}:
        return None
    if label.kind is LabelKind.PREFERRED:
        return skill
    worded = queries.concepts_worded(session, text)
    others = (one for one in worded if one.code != skill.code)
    return None if any(one.is_main and one.is_together for one in others) else skill


def offers(session: Session, text: str) -> list[Offer]:
    """What a text may mean: what is called so, then what has its words in a name, then what comes near."""
    exact = {one.code: one for one in queries.find_concept(session, text)}
    worded = {one.code: one for one in queries.concepts_worded(session, text)}
    answer = resolve(text, queries.recent_vocabulary(session))
    near = [one.skill for one in answer.candidates if one.score >= _NEAR]
    codes = list(dict.fromkeys([*exact, *_in_order(worded, near), *near]))[: 2 * _MOST_OFFERED]
    known = queries.skills_by_code(session, codes)
    # The vocabulary of a moment ago may offer what is no longer in use.
    skills = [known[code] for code in codes if code in known and known[code].state == "active"]
    return [Offer(one, _other_name(worded.get(one.code))) for one in skills[:_MOST_OFFERED]]


def _in_order(worded: Mapping[str, Worded], near: Sequence[str]) -> list[str]:
    """Words side by side and main names first; among the others, what the resolver reads in the text too."""

    def place(code: str) -> tuple[bool, ...]:
        one = worded[code]
        return (not one.is_together, not one.is_main, not one.is_main and code not in near)

    return sorted(worded, key=place)


def _other_name(worded: Worded | None) -> str:
    return "" if worded is None or worded.is_main else worded.text


def _offer(form: Any, offered: Sequence[Offer], text: str) -> None:
    """Let the form offer concepts for a text, told apart by code and sector."""
    form.asked.data = text
    form.choice.choices = choices((one.skill.public_id, skill_name(one.skill)) for one in offered)
    form.choice.hints = {one.skill.public_id: _told_apart(one) for one in offered}


def _told_apart(offer: Offer) -> str:
    parts = [offer.skill.code, str(forms.SECTORS[offer.skill.sector])]
    if offer.name:
        parts.append(_("có tên gọi «%(text)s»", text=offer.name))
    return " · ".join(parts)
