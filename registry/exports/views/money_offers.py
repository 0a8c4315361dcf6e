"""The lists of money given as they may leave: decisions with their grants, and the commitment ledger."""

from urllib.parse import urlencode

from flask import url_for

from registry.accounts.access import current_viewer
from registry.exports.queries.grant_rows import DAY, granted_ids, granted_total
from registry.exports.rules.kinds import ExportKind, ExportList
from registry.exports.views.blueprint import Args
from registry.exports.views.offers import Offer
from registry.grants.forms.asked_day import asked_day
from registry.grants.forms.words import COMMITMENT
from registry.grants.queries.filters import ledger_states
from registry.grants.queries.listing import policies_decided
from registry.grants.views.register import STATES, args_of, wanted_in
from registry.places.queries import provinces
from registry.web.addresses import with_query
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.i18n import gettext as _


def grants_offer(args: Args) -> Offer:
    """Decisions and grants of the register, by the names of whom they are for."""
    wanted = wanted_in(args)
    told = [str(words) for state, words in STATES.items() if state in wanted.states]
    if wanted.policy:
        titles = dict(policies_decided(db_session(), current_viewer(), on=today()))
        told.append(titles.get(wanted.policy, wanted.policy))
    if wanted.unit_path:
        names = {unit.path: unit.full_name for unit in provinces(db_session())}
        told.append(names.get(wanted.unit_path, wanted.unit_path))
    if wanted.year:
        told.append(_("Năm quyết định %(year)s", year=wanted.year))
    address = urlencode(args_of(wanted), doseq=True)
    return _offer(
        ExportList.GRANTS, address, with_query(url_for("grants.index"), list(args.items(multi=True))), told
    )


def commitments_offer(args: Args) -> Offer:
    """The ledger, with what would be repayable on the day its page was asked for."""
    asked = asked_day(args.get(DAY, ""), today())
    states = sorted(ledger_states(args.items(multi=True)))
    told = [_("Hoàn trả tính vào ngày %(day)s", day=f"{asked.day:%d/%m/%Y}")]
    told += [str(COMMITMENT[one]) for one in states]
    kept = [("trang-thai", one.value) for one in states] + [(DAY, asked.day.isoformat())]
    return _offer(ExportList.COMMITMENTS, urlencode(kept), with_query(url_for("grants.ledger"), kept), told)


def _offer(listed: ExportList, address: str, back: str, told: list[str]) -> Offer:
    viewer, on = current_viewer(), today()
    return Offer(
        ExportKind.PEOPLE,
        "",
        granted_total(db_session(), listed, address, viewer, on=on),
        lambda _columns: granted_ids(listed, address, viewer, on=on),
        back,
        tuple(told),
        subject=listed.value,
        address=address,
    )
