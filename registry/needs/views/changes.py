"""Saved changes in words: what was changed since the approval, and what saving has just done. Decides nothing."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.access import current_viewer
from registry.accounts.queries import known_by
from registry.accounts.rules import Permission
from registry.audit.queries import EventFilter, log_page
from registry.needs.forms.labels import (
    CONDITION_LABELS,
    KIND_LABELS,
    RANK_LABELS,
    TERM_LABELS,
    WORK_FORM_LABELS,
)
from registry.needs.models import Need
from registry.needs.operations import Revision
from registry.needs.queries import (
    RevisionLine,
    UnderstoodAnew,
    names_by_id,
    revisions_since_approval,
    understood_anew,
)
from registry.needs.rules import ConditionKind, NeedKind
from registry.needs.views.words import field_names
from registry.people.rules import WorkForm
from registry.skills.queries import Named, concept_names
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

Names = tuple[dict[int, str], dict[int, str]]
Rows = dict[str, tuple[str, Any]]
"""Key of a row → its name and what is asked of it."""


def saved_words(need: Need, revision: Revision) -> str:
    """What saving did: an approved need whose substance changed says what it waits for, and because of what."""
    if not revision.is_sent_back:
        return _("Đã lưu thay đổi của nhu cầu %(code)s.", code=need.code)
    labels = [str(label) for name, label in TERM_LABELS.items() if name in revision.changed]
    return _(
        "Đã lưu. Nhu cầu %(code)s trở lại «Chờ duyệt» vì đã đổi: %(terms)s. Người khác phải duyệt lại.",
        code=need.code,
        terms=", ".join(label[:1].lower() + label[1:] for label in labels),
    )


def change_lines(session: Session, need: Need) -> list[dict[str, Any]]:
    """The changes since the approval, newest first: when, who, and each term as «trước → sau»."""
    revisions = revisions_since_approval(session, need)
    names = names_by_id(session, _ids(revisions, "organisation_id"), _ids(revisions, "unit_id"))
    return [{"at": one.at, "who": one.who, "terms": _terms(one.changes, names)} for one in revisions]


def anew_lines(session: Session, need: Need) -> list[dict[str, Any]]:
    """What changes of the vocabulary made of the need's words, newest first, with the change for who may see it."""
    found = understood_anew(session, need)
    if not found:
        return []
    named = concept_names(session).by_id
    may_see = current_viewer().can(Permission.SKILLS_READ)
    return [
        {
            "at": one.at,
            "who": one.who,
            "text": _anew(one, _name_of(named.get(one.skill_id or 0))),
            "href": url_for("skills.change", ma=one.change) if may_see and one.change else None,
        }
        for one in found
    ]


def _anew(one: UnderstoodAnew, name: str) -> str:
    if not name and not one.is_undo:
        return _("«%(typed)s» được hiểu là một kỹ năng nay không còn trong danh mục", typed=one.typed)
    if not name:
        return _("«%(typed)s» lại là chữ chờ duyệt, vì thay đổi của danh mục được hoàn tác", typed=one.typed)
    if one.is_undo:
        return _(
            "«%(typed)s» lại được hiểu là «%(name)s», vì thay đổi của danh mục được hoàn tác",
            typed=one.typed,
            name=name,
        )
    return _("«%(typed)s» nay được hiểu là «%(name)s»", typed=one.typed, name=name)


def _name_of(named: Named | None) -> str:
    if named is None:
        return ""
    return named.en if current_language() == "en" and named.en else named.vi


def _terms(changes: dict[str, tuple[Any, Any]], names: Names) -> list[tuple[str, str]]:
    return [
        (str(label), _told(name, *changes[name], names))
        for name, label in TERM_LABELS.items()
        if name in changes
    ]


def _ids(revisions: Iterable[RevisionLine], name: str) -> set[int]:
    return {one for line in revisions for one in line.changes.get(name, ()) if one is not None}


def _told(name: str, before: Any, after: Any, names: Names) -> str:
    """One term. Long texts say only that they changed: the log keeps no letters."""
    if name in {"description", "note"}:
        return _("đã sửa")
    if name == "skills":
        return _rows_told(_by_concept(before), _by_concept(after))
    if name == "conditions":
        return _rows_told(_by_kind(before), _by_kind(after))
    return f"{_value(name, before, names)} → {_value(name, after, names)}"


def _by_concept(rows: Collection[list[Any]]) -> Rows:
    """Lines [typed, concept, level, weight, essential, minimum] by concept, else by text."""
    return {str(row[1] or row[0]): (str(row[0]), row[2:]) for row in rows}


def _by_kind(rows: Collection[list[Any]]) -> Rows:
    """Lines [kind, rank, fields, language, …] by kind and language."""
    return {f"{row[0]} {row[3]}": (str(CONDITION_LABELS[ConditionKind(row[0])]), row[1:]) for row in rows}


def _rows_told(before: Rows, after: Rows) -> str:
    told = [_("thêm %(name)s", name=after[key][0]) for key in after if key not in before]
    told += [_("bỏ %(name)s", name=before[key][0]) for key in before if key not in after]
    told += [
        _("đổi mức yêu cầu của %(name)s", name=after[key][0])
        for key in after
        if key in before and before[key][1] != after[key][1]
    ]
    return "; ".join(told) or _("đổi cách viết hoặc thứ tự")


def _value(name: str, value: Any, names: Names) -> str:
    if value is None or value == "" or value == []:
        return formats.missing
    if name == "organisation_id":
        return names[0].get(value, formats.missing)
    if name == "unit_id":
        return names[1].get(value, formats.missing)
    return _WORDS[name](value) if name in _WORDS else str(value)


def _quoted(value: str) -> str:
    return f"«{value}»"


def _day(value: str) -> str:
    return formats.date(date.fromisoformat(value), locale=current_language())


def _is_so(value: bool) -> str:
    return _("có") if value else _("không")


def _forms(codes: list[str]) -> str:
    return ", ".join(str(WORK_FORM_LABELS[WorkForm(one)]) for one in codes)


def _kind(code: str) -> str:
    return str(KIND_LABELS[NeedKind(code)])


def _rank(rank: int) -> str:
    return str(RANK_LABELS[rank])


def _field(code: str) -> str:
    return field_names([code])


def _shares(shares: list[int]) -> str:
    return " – ".join(map(str, shares))


_WORDS: dict[str, Callable[[Any], str]] = {
    "title": _quoted,
    "legal_basis": _quoted,
    "deliverable": _quoted,
    "kind": _kind,
    "expected_on": _day,
    "start_on": _day,
    "is_remote": _is_so,
    "forms": _forms,
    "experience_field": _field,
    "qualification_rank": _rank,
    "qualification_fields": field_names,
    "shares": _shares,
}


_MERGES = {"need.people_merged": True, "need.people_parted": False}


def merge_lines(session: Session, need: Need) -> list[dict[str, Any]]:
    """Records on the need's lists that were merged into another, or taken apart again; codes alone, newest first."""
    lines = [
        line
        for action in _MERGES
        for line in log_page(session, EventFilter(subject_id=need.public_id, action=action)).lines
    ]
    who = known_by(session, [line.by_id for line in lines if line.by_id is not None])
    return [
        {
            "at": line.at,
            "who": who.get(line.by_id or 0, ("", ""))[1],
            "text": _merge_words(_MERGES[line.action], line.detail),
        }
        for line in sorted(lines, key=lambda line: line.at, reverse=True)
    ]


def _merge_words(is_merge: bool, detail: Mapping[str, Any]) -> str:
    codes = {"code": detail.get("code", ""), "into": detail.get("into", "")}
    return (
        _("%(code)s được gộp vào %(into)s", **codes)
        if is_merge
        else _("%(code)s được tách khỏi %(into)s", **codes)
    )
