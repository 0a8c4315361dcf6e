"""«Ứng viên»: the list with its filters. All state is in the address; hidden names are never searched."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission, Viewer
from registry.people import queries
from registry.people.forms import words
from registry.people.queries import FACETS, PeopleFilter, PersonCard
from registry.people.rules import degree_of_rank
from registry.people.views.blueprint import bp
from registry.people.views.cards import card_of
from registry.people.views.claim_words import skill_words
from registry.people.views.keepers import keeper_choices
from registry.people.views.loading import keep_list_read
from registry.places.queries import gazetteer
from registry.skills.models import Skill
from registry.skills.queries import skills_by_code, vocabulary
from registry.skills.resolver import resolve
from registry.text import TextRefused, clean
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l
from registry.web.origins import find_origin
from registry.web.paging import page_number

_LONGEST_QUERY = 200
_PARAMS = {
    "kind": "doi_tuong",
    "degree": "trinh_do",
    "residence": "noi_o",
    "evidence": "minh_chung",
    "availability": "san_sang",
}
_TITLES = {
    "kind": _l("Đối tượng"),
    "degree": _l("Trình độ cao nhất"),
    "residence": _l("Nơi đang ở"),
    "evidence": _l("Minh chứng, ít nhất một mục"),
    "availability": _l("Nhận việc"),
}
_WORDS: dict[str, dict[str, Any]] = {
    "kind": {
        **{str(kind): text for kind, text in words.EXPERT.items()},
        **{str(kind): text for kind, text in words.CADRE.items()},
        "overseas": words.OVERSEAS_WORDS,
    },
    "residence": {"home": _l("Trong nước"), "abroad": _l("Nước ngoài")},
    "evidence": {str(state): text for state, text in words.EVIDENCE.items()},
    "availability": {
        "now": _l("Ngay"),
        "months_3": _l("Trong 3 tháng"),
        "months_6": _l("Trong 6 tháng"),
        "not_available": _l("Không sẵn sàng"),
        "paused": _l("Đang tạm dừng"),
        "unstated": _l("Chưa nói"),
    },
}


@bp.get("/ung-vien")
@require(Permission.PEOPLE_READ)
def index() -> ResponseReturnValue:
    """The list, one page of it, with counts beside the options."""
    session, viewer, on = db_session(), current_viewer(), today()
    text, refused = _query_text()
    skill = _understood(session, text)
    wanted = PeopleFilter(
        text=text,
        skill_ids=frozenset() if skill is None else frozenset({skill.id}),
        unit_path=_unit(session, viewer),
        origin=find_origin(session, "import", request.args.get("dot_nhap", "")),
        options={facet: frozenset(request.args.getlist(param)) for facet, param in _PARAMS.items()},
    )
    page = queries.people_page(session, viewer, wanted, page_number(request.args.get("trang")), on=on)
    cards = queries.person_cards(session, page.rows, on=on)
    places = gazetteer(session)
    keep_list_read(current_account().id, [person.public_id for person in page.rows], "ung-vien", now())
    return render_template(
        "people/index.html",
        page=page,
        cards=[card_of(card, viewer, places, _why(card, skill)) for card in cards],
        text=text,
        refused=refused,
        looks_like_name=skill is None and _looks_like_name(text),
        skill=skill,
        facets=_facets(session, viewer, wanted, on),
        chips=_chips(wanted),
        unit=wanted.unit_path,
        origin=wanted.origin,
        units=keeper_choices(session, viewer),
        args=_args(),
        kept=_kept(),
        all_visible=queries.visible_count(session, viewer, on=on),
    )


def _query_text() -> tuple[str, bool]:
    """The searched words, cleaned; and whether they were refused (hidden characters, too long)."""
    typed = request.args.get("q", "")
    try:
        return clean(typed, limit=_LONGEST_QUERY), False
    except TextRefused:
        return "", True


def _looks_like_name(text: str) -> bool:
    """Whether somebody may have been looked for by name: words without a digit, as codes have."""
    return bool(text) and not any(sign.isdigit() for sign in text)


def _understood(session: Session, text: str) -> Skill | None:
    """The concept the words name without doubt, if they do."""
    found = resolve(text, vocabulary(session)) if text else None
    if found is None or not found.is_accepted or found.skill is None:
        return None
    return skills_by_code(session, [found.skill]).get(found.skill)


def _unit(session: Session, viewer: Viewer) -> str:
    """The office filtered by, when it is one of those the viewer may choose."""
    wanted = request.args.get("don_vi", "")
    return wanted if wanted in {path for path, _words in keeper_choices(session, viewer)} else ""


def _facets(session: Session, viewer: Viewer, wanted: PeopleFilter, on: Any) -> list[dict[str, Any]]:
    counts = queries.option_counts(session, viewer, wanted, on=on)
    found: list[dict[str, Any]] = []
    for facet, options in FACETS.items():
        chosen = wanted.options.get(facet, frozenset())
        rows = [
            {
                "value": option,
                "label": _option_words(facet, option),
                "checked": option in chosen,
                "count": counts[facet][option],
                "disabled": not counts[facet][option] and option not in chosen,
            }
            for option in options
        ]
        is_open = facet in {"kind", "degree", "residence"} or bool(chosen)
        found.append(
            {
                "title": _TITLES[facet],
                "param": _PARAMS[facet],
                "options": rows,
                "chosen": len(chosen & frozenset(options)),
                "open": is_open,
            }
        )
    return found


def _option_words(facet: str, option: str) -> str:
    if facet == "degree":
        return words.term(degree_of_rank(int(option)))
    return str(_WORDS[facet][option])


def _args() -> dict[str, list[str]]:
    """The state of the page as query arguments, the page number apart."""
    return {key: values for key, values in request.args.lists() if key != "trang"}


@dataclass(frozen=True)
class KeptArguments:
    """Filters that a new search keeps, as the search bar wants them: pairs that may repeat a name."""

    pairs: tuple[tuple[str, str], ...]

    def items(self) -> tuple[tuple[str, str], ...]:
        """The pairs."""
        return self.pairs


def _kept() -> KeptArguments:
    """The filters in force; not the words, not the page."""
    return KeptArguments(
        tuple((key, value) for key, values in _args().items() if key != "q" for value in values)
    )


def _chips(wanted: PeopleFilter) -> list[tuple[str, str]]:
    """(words, address without this condition) of every condition in force."""
    found: list[tuple[str, str]] = []
    if wanted.origin:
        found.append((wanted.origin.words, _without("dot_nhap", wanted.origin.key)))
    for facet, options in FACETS.items():
        for option in options:
            if option in wanted.options.get(facet, frozenset()):
                text = _("%(facet)s: %(option)s", facet=_TITLES[facet], option=_option_words(facet, option))
                found.append((text, _without(_PARAMS[facet], option)))
    return found


def _without(param: str, value: str) -> str:
    args = _args()
    args[param] = [one for one in args.get(param, []) if one != value]
    return url_for(".index", **args)  # pyright: ignore[reportArgumentType]


def _why(card: PersonCard, skill: Skill | None) -> str:
    """Why the person is in the list: the claimed skill the words named."""
    if skill is None:
        return ""
    line = next((one for one in card.skills if one.claim.skill_id == skill.id), None)
    if line is None:
        return ""
    state = str(words.EVIDENCE[line.evidence]).lower()
    return _("kỹ năng %(skill)s, %(state)s", skill=skill_words(line), state=state)
