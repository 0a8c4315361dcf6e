"""«Xuất danh sách»: what for, which columns, which kind of file. One page for every list."""

from collections.abc import Callable
from typing import cast
from urllib.parse import parse_qsl

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from registry.accounts.access import current_account, proved_lately, require
from registry.accounts.rules import Permission
from registry.config import Settings
from registry.exports.forms import KIND_WORDS, ExportForm, form_for, groups_of
from registry.exports.models import ADDRESS_LENGTH
from registry.exports.operations.asking import Asked, ask_export
from registry.exports.rules.kinds import ExportFormat, ExportPurpose
from registry.exports.rules.limits import limits_on
from registry.exports.views.blueprint import Args, bp
from registry.exports.views.money_offers import commitments_offer, grants_offer
from registry.exports.views.offers import (
    Offer,
    cadres_offer,
    candidacies_offer,
    needs_offer,
    people_offer,
    ranking_offer,
    selection_offer,
    shortlist_offer,
)
from registry.exports.views.training_offer import training_offer
from registry.jobs.waking import wake_worker
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.turns import in_turn

_MOST_FILTERS = 200


@bp.route("/xuat/ung-vien", methods=["GET", "POST"])
@require(Permission.PEOPLE_READ)
@proved_lately
@in_turn
def people() -> ResponseReturnValue:
    """Whoever a search finds."""
    return _answered(people_offer)


@bp.route("/xuat/nhu-cau", methods=["GET", "POST"])
@require(Permission.NEEDS_READ)
@proved_lately
def needs() -> ResponseReturnValue:
    """The needs of the register."""
    return _answered(needs_offer)


@bp.route("/xuat/xep-hang/<ma>", methods=["GET", "POST"])
@require(Permission.MATCHING_READ)
@proved_lately
@in_turn
def ranking(ma: str) -> ResponseReturnValue:
    """The ranking of a need."""
    return _answered(lambda args: ranking_offer(ma, args))


@bp.route("/xuat/danh-sach/<ma>", methods=["GET", "POST"])
@require(Permission.PEOPLE_READ)
@proved_lately
def shortlist(ma: str) -> ResponseReturnValue:
    """A shortlist."""
    return _answered(lambda args: shortlist_offer(ma, args))


@bp.route("/xuat/lua-chon/<ma>", methods=["GET", "POST"])
@require(Permission.PEOPLE_READ)
@proved_lately
def selection(ma: str) -> ResponseReturnValue:
    """People picked by hand."""
    return _answered(lambda args: selection_offer(ma, args))


@bp.route("/xuat/can-bo", methods=["GET", "POST"])
@require(Permission.PEOPLE_WRITE)
@proved_lately
def cadres() -> ResponseReturnValue:
    """The cadres, civil servants and public employees in scope, for a register of them."""
    return _answered(cadres_offer)


@bp.route("/xuat/ung-tuyen", methods=["GET", "POST"])
@require(Permission.CANDIDACIES_DECIDE)
@proved_lately
def candidacies() -> ResponseReturnValue:
    """The candidacies of the register, with their decisions and what is next."""
    return _answered(candidacies_offer)


@bp.route("/xuat/ho-tro", methods=["GET", "POST"])
@require(Permission.GRANTS_READ)
@proved_lately
def grants() -> ResponseReturnValue:
    """Decisions and grants with what is planned, committed and paid."""
    return _answered(grants_offer)


@bp.route("/xuat/cam-ket", methods=["GET", "POST"])
@require(Permission.GRANTS_READ)
@proved_lately
def commitments() -> ResponseReturnValue:
    """The commitment ledger with what would be repayable on a day, and what is to be repaid."""
    return _answered(commitments_offer)


@bp.route("/xuat/lop-dao-tao/<ma>", methods=["GET", "POST"])
@require(Permission.TRAINING_READ)
@proved_lately
def training(ma: str) -> ResponseReturnValue:
    """The list of a class with results."""
    return _answered(lambda args: training_offer(ma, args))


def _answered(offered: Callable[[Args], Offer]) -> ResponseReturnValue:
    """The form; once it is filled rightly, the page of the file."""
    if request.method != "POST":
        offer = offered(request.args)
        form = form_for(offer.listed, filters=offer.address, purpose_text=offer.purpose_text, is_sent=False)
        return _page(offer, form)
    offer = offered(_filters_sent())
    form = form_for(offer.listed, filters=offer.address, is_sent=True)
    if not form.validate() or not offer.rows:
        return _page(offer, form), 422
    return _asked(offer, form)


def _filters_sent() -> Args:
    """The filters of the list as the form carries them."""
    sent = request.form.get("filters", "")[:ADDRESS_LENGTH]
    return MultiDict(parse_qsl(sent, max_num_fields=_MOST_FILTERS))


def _page(offer: Offer, form: ExportForm) -> str:
    limits = limits_on(today())
    return render_template(
        "exports/ask.html",
        offer=offer,
        form=form,
        kind=KIND_WORDS[offer.listed],
        groups=groups_of(offer.listed),
        limits=limits,
        is_long=offer.kind.holds_people and offer.rows > limits.at_once_rows,
    )


def _asked(offer: Offer, form: ExportForm) -> ResponseReturnValue:
    session, limits = db_session(), limits_on(today())
    asked = Asked(
        kind=offer.kind,
        subject=offer.subject,
        need=offer.need,
        address=offer.address,
        told=offer.told,
        columns=tuple(cast("list[str]", form.columns.data)),
        format=ExportFormat(str(form.format.data)),
        purpose=ExportPurpose(str(form.purpose.data)),
        purpose_text=str(form.purpose_text.data),
    )
    made = ask_export(
        session, asked, offer.held(asked.columns), limits=limits, by=current_account().id, at=now()
    )
    session.commit()
    if made.job is not None:
        wake_worker(cast("Settings", current_app.config["REGISTRY_SETTINGS"]))
    return redirect(url_for("exports.file", ma=made.public_id), 303)
