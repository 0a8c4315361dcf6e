"""What stands behind a number of the balance: the needs of a demand, and the people of a supply counted by facets."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import require, whole_viewer
from registry.accounts.rules import Permission
from registry.balance.forms.words import HORIZON, SUBJECT
from registry.balance.queries.behind import DEGREE, KEPT, WHEN, PeopleBehind, needs_behind, people_behind
from registry.balance.queries.counting import LATER, NOW, UNDATED, UNSTATED
from registry.balance.queries.places import names_of_units
from registry.balance.rules import Subject
from registry.balance.views.blueprint import Asked, asked, asked_subject, bp, number, place_name, subject_name
from registry.people.rules import degree_of_rank
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l
from registry.web.paging import page_number

_WHEN: dict[str, Any] = {
    NOW: _l("Bắt đầu được trong 12 tháng"),
    LATER: _l("Sau 12 tháng"),
    UNDATED: _l("Sẵn sàng, chưa nói ngày"),
    UNSTATED: _l("Chưa nói có sẵn sàng không"),
}


@bp.get("/cung-cau/nhu-cau")
@require(Permission.INDICATORS_READ)
def needs() -> ResponseReturnValue:
    """The needs whose free places make up a demand, where the viewer may read needs."""
    session, wanted, subject = db_session(), asked(), asked_subject()
    reader, page = whole_viewer().limited_to(Permission.NEEDS_READ), page_number(request.args.get("trang"))
    found = needs_behind(session, wanted.part, reader, subject, wanted.horizon, page, on=today())
    return render_template("balance/needs.html", **_head(wanted, subject), found=found)


@bp.get("/cung-cau/nguoi")
@require(Permission.INDICATORS_READ)
def people() -> ResponseReturnValue:
    """The people who make up a supply, or of whom it is not known, by facets that add up to the number."""
    session, wanted, subject = db_session(), asked(), asked_subject()
    unknown = request.args.get("chua-ro") == "1"
    found = people_behind(session, wanted.part, subject, wanted.horizon, on=today(), unknown=unknown)
    return render_template(
        "balance/people.html",
        **_head(wanted, subject),
        is_unknown=unknown,
        people=number(found.people if wanted.is_own else None, is_hidden=True),
        facets=_facets(found, names_of_units(session, found.by[KEPT])) if wanted.is_own else [],
    )


def _facets(found: PeopleBehind, names: Mapping[str, str]) -> list[dict[str, Any]]:
    def degree(option: str) -> str:
        known = degree_of_rank(int(option))
        return _("Chưa rõ") if known is None else known.vi

    def when(option: str) -> str:
        return str(_WHEN[option])

    def kept(option: str) -> str:
        return names.get(option, option) or _("Không theo địa bàn nào")

    told: list[tuple[str, str, Callable[[str], str]]] = [
        (DEGREE, _("Trình độ"), degree),
        (WHEN, _("Khi nào bắt đầu được"), when),
        (KEPT, _("Nơi giữ hồ sơ"), kept),
    ]
    return [{"title": title, "rows": _rows(found.by[facet], word)} for facet, title, word in told]


def _rows(counts: Mapping[str, int], word: Callable[[str], str]) -> list[tuple[str, str]]:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [(word(option), number(people)) for option, people in ordered]


def _head(wanted: Asked, subject: Subject | None) -> dict[str, Any]:
    session = db_session()
    args = dict(wanted.args)
    if subject is not None:
        args |= {"loai": subject.kind.value, "ma": subject.code}
    about = "" if subject is None else f"{SUBJECT[subject.kind]}: {subject_name(session, subject)}"
    return {
        "wanted": wanted,
        "args": args,
        "back": wanted.args,
        "about": about,
        "place": place_name(session, wanted.part.unit_path),
        "horizon": HORIZON[wanted.horizon],
    }
