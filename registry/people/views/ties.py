"""What ties a person to a place: into its form, out of it, and in words."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from registry.people.forms import words
from registry.people.forms.entries import AffinityForm
from registry.people.forms.fields import refuse
from registry.people.forms.words import chosen
from registry.people.models import Affinity
from registry.people.rules import AffinityDraft, AffinityKind, Willingness
from registry.people.views.resolving import read_place
from registry.web.i18n import gettext as _


def tie_values(row: Affinity) -> Mapping[str, Any]:
    """A tie as its form shows it."""
    return {
        "kind": row.kind.value,
        "place": row.place_text,
        "organisation": row.organisation_text,
        "willingness": "" if row.willingness is None else row.willingness.value,
        "note": row.note,
        "started": row.started,
        "ended": row.ended,
    }


def tie_draft(session: Session, form: AffinityForm) -> AffinityDraft | None:
    """A tie from its validated form; None when its place is a question or an error."""
    kind, place = AffinityKind(form.kind.data), read_place(session, form.place)
    if kind is AffinityKind.MEMBER and not form.organisation.data:
        refuse(form.organisation, _("Nhập tên hội"))
    elif kind is not AffinityKind.MEMBER and not form.place.data:
        refuse(form.place, _("Nhập nơi gắn bó, ví dụ Lai Châu"))
    if place is None or form.errors:
        return None
    return AffinityDraft(
        kind=kind,
        place_text=place.text,
        unit_id=place.unit_id,
        unit_path=place.unit_path,
        organisation_text=form.organisation.data or "",
        note=form.note.data or "",
        willingness=chosen(Willingness, form.willingness.data),
        started=form.started.data,
        ended=form.ended.data,
    )


class TieWords(NamedTuple):
    """A tie: what kind and where, and the rest of it."""

    text: str
    sub: str


def tie_words(row: Affinity, *, is_named: bool, units: Mapping[int, str]) -> TieWords:
    """Of people who are not named only the kind and how far they would go: a commune, a school or a family tells who."""
    sub = [] if row.willingness is None else [str(words.WILLINGNESS[row.willingness])]
    if not is_named:
        return TieWords(str(words.AFFINITY[row.kind]), ", ".join(sub))
    place = units.get(row.unit_id or 0, row.place_text)
    what = ", ".join(part for part in (str(words.AFFINITY[row.kind]), row.organisation_text, place) if part)
    sub += [_period(row)] if row.started or row.ended else []
    return TieWords(what, "; ".join(part for part in (*sub, row.note) if part))


def shown_ties(
    rows: Iterable[Affinity], *, is_named: bool, units: Mapping[int, str]
) -> list[tuple[TieWords, Affinity]]:
    """Every tie in words, with its row."""
    return [(tie_words(row, is_named=is_named, units=units), row) for row in rows]


def _period(row: Affinity) -> str:
    start = row.started.text if row.started else _("không rõ")
    end = row.ended.text if row.ended else _("nay")
    return _("%(first)s – %(last)s", first=start, last=end)
