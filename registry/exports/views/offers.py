"""The lists as they may leave: which list, its filters in words, how many rows, and whom it holds. One function each."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for

from registry.accounts.access import current_account, current_viewer
from registry.accounts.rules import Permission
from registry.candidacies.rules import Stage
from registry.candidacies.rules.words import STAGES
from registry.exports.operations.asking import Held, Placed
from registry.exports.queries.cadre_rows import cadre_ids, cadres_total
from registry.exports.queries.candidacy_rows import candidacies_meant, candidate_ids, candidates_total
from registry.exports.rules.columns import WHY
from registry.exports.rules.kinds import ExportKind, ExportList, list_of
from registry.exports.rules.limits import limits_on
from registry.exports.views.blueprint import Args
from registry.matching.queries import Window, people_shown
from registry.matching.queries.kept_searches import entries_of, people_selected, selection_named
from registry.matching.queries.search import found_ids, found_total
from registry.matching.queries.search.finding import keys_of
from registry.matching.views.blueprint import visible_need
from registry.matching.views.considered import chips as considered_chips
from registry.matching.views.on_paper import ranking_accounts
from registry.matching.views.ranking import asked_in, left_out, ranked_as
from registry.matching.views.search import sought_in
from registry.matching.views.search_address import NEW, SAVED, address_of
from registry.matching.views.search_parts import chips
from registry.matching.views.shortlists import opened_shortlist
from registry.needs.queries import register_ids
from registry.needs.views.register import filter_args, filter_chips, wanted_in
from registry.people.views.keepers import keeper_choices
from registry.places.queries import provinces
from registry.web.addresses import with_query
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


def _nowhere(_args: Args, **_changes: object) -> str:
    return ""


@dataclass(frozen=True)
class Offer:
    """A list that may leave. `name` is that of the shortlist, need or selection; `held` gives
    whom it holds, with what the chosen columns (keys) need.
    """

    kind: ExportKind
    name: str
    rows: int
    held: Callable[[Collection[str]], Held]
    back: str
    told: tuple[str, ...] = ()
    subject: str = ""
    need: str = ""
    address: str = ""
    purpose_text: str = ""
    is_cut: bool = False

    @property
    def listed(self) -> ExportList:
        """The list it is, by which its columns are known."""
        return list_of(self.kind, self.subject)


def people_offer(args: Args) -> Offer:
    """Whoever a search finds, in its order."""
    session, viewer = db_session(), current_viewer()
    units = keeper_choices(session, viewer)
    sought = sought_in(session, args, viewer, [path for path, _words in units])
    typed = sought.search.read.typed
    told = [_("Từ tìm kiếm: «%(words)s»", words=typed)] if typed else []
    told += [words for words, _href in chips(sought, args, dict(units))]
    if args.get(NEW) == "1" and sought.search.new_for is not None:
        told.append(_("Chỉ người mới so với lần xem trước của bộ tìm đã lưu"))
    kept = address_of(args) + "".join(
        f"&{urlencode({name: args[name]})}" for name in (SAVED, NEW) if args.get(name)
    )
    order = [key.column.desc() if key.is_down else key.column.asc() for key in keys_of(sought)]
    return Offer(
        ExportKind.PEOPLE,
        "",
        found_total(session, sought),
        lambda _columns: found_ids(sought).order_by(*order),
        with_query(url_for("people.index"), list(args.items(multi=True))),
        tuple(told),
        address=kept.lstrip("&"),
    )


def cadres_offer(_args: Args) -> Offer:
    """Who is a cadre, a civil servant or a public employee today, in the order of names."""
    session, viewer, on = db_session(), current_viewer(), today()
    return Offer(
        ExportKind.PEOPLE,
        "",
        cadres_total(session, viewer, on=on),
        lambda _columns: cadre_ids(viewer, on=on),
        url_for("exports.index"),
        (_("Cán bộ, công chức, viên chức trong phạm vi của bạn vào ngày %(day)s", day=f"{on:%d/%m/%Y}"),),
        subject=ExportList.CADRES.value,
    )


def candidacies_offer(args: Args) -> Offer:
    """The candidacies of the register, by the names of their people."""
    session, on = db_session(), today()
    viewer = current_viewer().limited_to(Permission.CANDIDACIES_DECIDE)
    address = urlencode(list(args.items(multi=True)))
    wanted = candidacies_meant(address, current_account().id)
    told = [str(STAGES[one]) for one in Stage if one in wanted.stages]
    told += [_("Quá hạn")] if wanted.is_overdue else []
    told += [] if wanted.is_open else [_("Cả đã kết thúc")]
    return Offer(
        ExportKind.PEOPLE,
        "",
        candidates_total(session, viewer, wanted, on=on),
        lambda _columns: candidate_ids(viewer, wanted, on=on),
        with_query(url_for("candidacies.index"), list(args.items(multi=True))),
        tuple(told),
        subject=ExportList.CANDIDACIES.value,
        need=wanted.need,
        address=address,
    )


def needs_offer(args: Args) -> Offer:
    """The needs of the register, in its order."""
    session, viewer = db_session(), current_viewer()
    wanted = wanted_in(session, args)
    names = {unit.path: unit.full_name for unit in provinces(session)}
    ids = register_ids(session, viewer, wanted)
    pairs = filter_args(wanted)
    return Offer(
        ExportKind.NEEDS,
        "",
        len(ids),
        lambda _columns: len(ids),
        url_for("needs.index", **pairs),
        tuple(words for words, _href in filter_chips(wanted, names)),
        address=urlencode(pairs, doseq=True),
    )


def ranking_offer(ma: str, args: Args) -> Offer:
    """The head of the ranking of a need, as it is filtered and tried out."""
    session = db_session()
    need, asked = visible_need(session, ma), asked_in(args)
    most = limits_on(today()).ranked_rows
    window = Window(0, most, asked.minimum * 100, without=left_out(asked))
    found, asked = ranked_as(need, asked, window)
    told = [_("Tính tại ngày %(day)s", day=f"{asked.as_of:%d/%m/%Y}")]
    if asked.minimum:
        told.append(_("Từ %(points)s điểm", points=asked.minimum))
    if asked.is_trial:
        told.append(_("Bảng thử: điều kiện hoặc tỷ trọng khác với nhu cầu đã lưu"))
    told += [words for words, _href in considered_chips(asked.considered, args, _nowhere)]

    def held(columns: Collection[str]) -> list[Placed]:
        whys: Mapping[str, str] = ranking_accounts(session, found) if WHY in columns else {}
        shown = people_shown(session, current_viewer(), [row.person for row in found.rows], today())
        return [
            Placed(shown[row.person].person.id, rank, row.certain, row.potential, whys.get(row.person, ""))
            for rank, row in zip(found.ranks, found.rows, strict=True)
            if row.person in shown
        ]

    return Offer(
        ExportKind.RANKING,
        need.title,
        len(found.rows),
        held,
        url_for("matching.ranking", ma=ma, **asked.arguments()),
        tuple(told),
        subject=need.public_id,
        need=need.public_id,
        address=urlencode(asked.arguments(), doseq=True),
        is_cut=len(found.rows) == most,
    )


def shortlist_offer(ma: str, _args: Args) -> Offer:
    """Who is on a shortlist."""
    session, viewer = db_session(), current_viewer()
    opened = opened_shortlist(ma)
    rows = entries_of(session, viewer, opened, on=today())
    need = opened.need
    return Offer(
        ExportKind.SHORTLIST,
        opened.name,
        len(rows),
        lambda _columns: [Placed(row.person.id) for row in rows],
        url_for("matching.shortlist", ma=ma),
        (_("Danh sách «%(name)s»", name=opened.name),),
        subject=opened.public_id,
        need="" if need is None else need.public_id,
    )


def selection_offer(ma: str, _args: Args) -> Offer:
    """Who was picked by hand."""
    session, viewer = db_session(), current_viewer()
    made = selection_named(session, current_account().id, ma)
    if made is None:
        raise NotVisible
    people = people_selected(session, viewer, made, on=today())
    return Offer(
        ExportKind.SELECTION,
        made.purpose,
        len(people),
        lambda _columns: [Placed(person.id) for person in people],
        url_for("matching.selection", ma=ma),
        (_("Chọn từng người"),),
        subject=made.public_id,
        purpose_text=made.purpose[:300],
    )
