"""A search as it stands in an address: read from one, written into one. Nothing else holds the state of the page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from urllib.parse import urlencode

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from registry.accounts.rules import Viewer
from registry.matching.models import SEARCH_LENGTH
from registry.matching.queries.considered import PERIODS, Considered, considered_named
from registry.matching.queries.search import CLOSED_FACETS, Place, Search
from registry.matching.rules import LONGEST_QUERY, Lexicon, Read, nothing_read, read_box
from registry.people.rules import field_of_code, language_of_code
from registry.places.queries import country_index, gazetteer
from registry.places.rules import Gazetteer
from registry.skills.queries import vocabulary
from registry.skills.resolver import Vocabulary
from registry.text import TextRefused, clean
from registry.web.addresses import url_for, with_query
from registry.web.origins import find_origin

PARAMS: Mapping[str, str] = {
    "kind": "doi_tuong",
    "degree": "trinh_do",
    "title": "hoc_ham",
    "residence": "noi_o",
    "evidence": "minh_chung",
    "availability": "san_sang",
    "freshness": "cap_nhat",
    "profession": "chuyen_mon",
    "trade": "tay_nghe",
    "digital": "chuyen_doi_so",
    "ai": "ai",
}
SKILL, SKILL_RANK, LANGUAGE, LANGUAGE_RANK = "ky_nang", "bac", "ngoai_ngu", "bac_nn"
FIELD, RESIDENCE, UNIT, YEARS_FROM, YEARS_TO = "linh_vuc", "noi_o", "don_vi", "kn_tu", "kn_den"
LITERAL, ALL, MUST, ORIGIN = "dung_tu", "tat_ca", "bat_buoc", "dot_nhap"
CONSIDERED_LIST, CONSIDERED_NEED, CONSIDERED_MONTHS = "loai_ds", "loai_nc", "loai_thang"
VIEW, AFTER, BEFORE, START, SAVED, NEW = "xem", "sau", "truoc", "tu", "bo_tim", "moi"
CRITERIA = (
    "q", LITERAL, ALL, MUST, SKILL, SKILL_RANK, LANGUAGE, LANGUAGE_RANK, FIELD, *PARAMS.values(), UNIT,
    YEARS_FROM, YEARS_TO, ORIGIN, CONSIDERED_LIST, CONSIDERED_NEED, CONSIDERED_MONTHS,
)  # fmt: skip
_STATE = (*CRITERIA, VIEW)
_MOST_VALUES = 40
_LONGEST_VALUE = 200
_MOST_YEARS = 60

Args = MultiDict[str, str]


def search_of(session: Session, args: Args, units: Iterable[str], viewer: Viewer) -> Search:
    """What an address asks for; what it does not understand it leaves out. `units` are those one may choose."""
    is_literal = args.get(LITERAL) == "1"
    read = _read(session, args.get("q", ""), is_literal=is_literal)
    options = {
        facet: frozenset(_values(args, PARAMS[facet])) & set(known_options)
        for facet, known_options in CLOSED_FACETS.items()
    }
    known = country_index().by_code
    allowed = frozenset(units)
    considered = considered_in(session, args, viewer)
    return Search(
        read,
        is_literal,
        skills=tuple(code for code in _values(args, SKILL) if code.isalnum() or "-" in code),
        skill_rank=_whole(args.get(SKILL_RANK), 6),
        languages=tuple(code for code in _values(args, LANGUAGE) if language_of_code(code)),
        language_rank=_whole(args.get(LANGUAGE_RANK), 6),
        options={facet: frozenset(chosen) for facet, chosen in options.items()},
        fields=tuple(code for code in _values(args, FIELD) if field_of_code(code)),
        countries=tuple(code for code in _values(args, RESIDENCE) if code in known and code != "VN"),
        units=tuple(path for path in _values(args, UNIT) if path in allowed),
        years=(_whole(args.get(YEARS_FROM), _MOST_YEARS), _whole(args.get(YEARS_TO), _MOST_YEARS)),
        must=frozenset(_values(args, MUST)),
        needs_all=args.get(ALL) == "1",
        origin=find_origin(session, "import", args[ORIGIN]) if args.get(ORIGIN) else None,
        considered=considered if considered.names_somebody else None,
    )


def considered_in(session: Session, args: Args, viewer: Viewer) -> Considered:
    """Whose people an address leaves out because they were considered before."""
    months = _whole(args.get(CONSIDERED_MONTHS), max(PERIODS))
    return considered_named(
        session,
        viewer,
        _ids(args, CONSIDERED_LIST),
        _ids(args, CONSIDERED_NEED),
        months if months in PERIODS else None,
    )


def _ids(args: Args, name: str) -> list[str]:
    return [value for value in _values(args, name) if value.isascii() and value.isalnum()]


def place_of(args: Args) -> Place:
    """Where the page begins."""
    return Place(_key(args.get(AFTER, "")), _key(args.get(BEFORE, "")))


def start_of(args: Args) -> int:
    """The number of the first row, told along with the key so that the page can say «21–40»."""
    return max(1, _whole(args.get(START), 9_999_999) or 1)


def criteria_in(args: Args) -> Args:
    """The criteria alone, in a fixed order: what is saved, compared and carried on."""
    found: Args = MultiDict()
    for name in CRITERIA:
        values = [value for value in args.getlist(name) if value]
        found.setlist(name, values[:_MOST_VALUES])
    return MultiDict((name, value) for name, value in found.items(multi=True))


def address_of(args: Args) -> str:
    """The criteria as one text, alike for alike searches; cut where nobody could have typed more."""
    pairs = sorted(criteria_in(args).items(multi=True), key=lambda one: CRITERIA.index(one[0]))
    return urlencode(pairs)[:SEARCH_LENGTH]


def changed(args: Args, **values: Any) -> dict[str, list[str]]:
    """The criteria and the view with some replaced; None or an empty list takes one away. Paging starts anew."""
    found = {name: args.getlist(name) for name in _STATE if name in args}
    for name, value in values.items():
        found[name] = _listed(value)
    return {name: held for name, held in found.items() if held}


def href(args: Args, **values: Any) -> str:
    """The page of the search with some of the state replaced."""
    return page_with(changed(args, **values))


def page_with(state: Mapping[str, Sequence[object]], endpoint: str = "people.index") -> str:
    """The page of the search, or another, with this state."""
    return with_query(url_for(endpoint), [(name, one) for name, held in state.items() for one in held])


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [str(one) for one in cast("list[object]", value)]
    return [str(value)]


def _read(session: Session, typed: str, *, is_literal: bool) -> Read:
    if not is_literal:
        return reads_by(vocabulary(session), gazetteer(session)).of(typed)
    try:
        return nothing_read(clean(typed, limit=LONGEST_QUERY))
    except TextRefused as refused:
        return nothing_read("", refused.reason)


class Reads:
    """What boxes were read as by one vocabulary and one edition of the places.

    The pages, facets and sorts of one search all read the same box; that took a thirtieth of each.
    """

    _MOST = 1_000

    def __init__(self, skills: Vocabulary, places: Gazetteer) -> None:
        self.lexicon = Lexicon(skills, places, country_index())
        self._kept: dict[str, Read] = {}

    def of(self, typed: str) -> Read:
        """As `read_box`."""
        found = self._kept.get(typed)
        if found is None:
            if len(self._kept) >= self._MOST:
                self._kept.clear()
            found = self._kept[typed] = read_box(typed, self.lexicon)
        return found


_latest: list[Reads] = []
"""The last one; vocabularies and places change seldom, and each change makes new objects of them."""


def reads_by(skills: Vocabulary, places: Gazetteer) -> Reads:
    """What was read so far by just these."""
    found = next(iter(_latest), None)
    if found is None or found.lexicon.skills is not skills or found.lexicon.places is not places:
        found = Reads(skills, places)
        _latest[:] = [found]
    return found


def _values(args: Args, name: str) -> list[str]:
    """The values of one parameter, each once, none that no page would send."""
    values = dict.fromkeys(args.getlist(name)[:_MOST_VALUES])
    return [value for value in values if value and len(value) <= _LONGEST_VALUE and value.isprintable()]


def _whole(value: str | None, most: int) -> int | None:
    if value is None or not (value.isascii() and value.isdigit()) or len(value) > 7:
        return None
    number = int(value)
    return number if 0 < number <= most else None


def _key(value: str) -> str:
    return value if value.isascii() and value.isalnum() and len(value) == 26 else ""
