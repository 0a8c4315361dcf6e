"""Two records side by side: choose field by field, see what moves, merge; or say that they are different people."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import proved_lately, require
from registry.accounts.rules import Permission
from registry.accounts.views.postman import letter_paper
from registry.duplicates import operations
from registry.duplicates.forms import FIRST, SECOND, MergeForm, words
from registry.duplicates.operations import AlreadyDecided, Counts
from registry.duplicates.queries import PairShown
from registry.duplicates.rules import Reason
from registry.duplicates.views import shown as side
from registry.duplicates.views.blueprint import acting, bp, keep_read, pair_in_scope
from registry.people.forms.fields import refuse
from registry.people.models import Person
from registry.people.rules import PairState
from registry.privacy.forms.columns import TABLE
from registry.web.choices import choices
from registry.web.database import db_session
from registry.web.i18n import gettext as _


@bp.get("/<ma>")
@require(Permission.PEOPLE_MERGE)
def compare(ma: str) -> ResponseReturnValue:
    """Both records, nothing decided yet."""
    pair = pair_in_scope(ma)
    if pair.pair.state is PairState.MERGED:
        return _decided_already()
    page = _compare_page(pair, _form(pair), side.default_survivor(pair))
    keep_read("person.opened", [pair.first, pair.second], "trung")
    return page


@bp.post("/<ma>")
@require(Permission.PEOPLE_MERGE)
def preview(ma: str) -> ResponseReturnValue:
    """What a merge as chosen would move; nothing is kept of it."""
    session, pair = db_session(), pair_in_scope(ma, to_write=True)
    form, survivor = _form(pair), _survivor(pair)
    if pair.pair.state is not PairState.OPEN:
        session.rollback()
        return _decided_already()
    if not _is_complete(pair, form, survivor):
        page = _compare_page(pair, form, survivor)
        session.rollback()
        return page, 422
    rows = side.rows_of(session, pair, survivor)
    stays, goes = side.in_order(pair, survivor)
    picked = side.chosen(rows, survivor, form.reason.data or "")
    counts = operations.preview_merge(session, stays, goes, picked, acting=acting())
    page = _confirm_page(pair, form, rows, (stays, goes), counts)
    session.rollback()
    return page


@bp.post("/<ma>/gop")
@require(Permission.PEOPLE_MERGE)
@proved_lately
def merge(ma: str) -> ResponseReturnValue:
    """Merge as chosen."""
    session, pair = db_session(), pair_in_scope(ma, to_write=True)
    form, survivor = _form(pair), _survivor(pair)
    if pair.pair.state is not PairState.OPEN:
        session.rollback()
        return _decided_already()
    if not _is_complete(pair, form, survivor):
        page = _compare_page(pair, form, survivor)
        session.rollback()
        return page, 422
    picked = side.chosen(side.rows_of(session, pair, survivor), survivor, form.reason.data or "")
    stays, goes = side.in_order(pair, survivor)
    try:
        made = operations.merge_people(
            session, pair.pair, stays, goes, picked, acting=acting(), paper=letter_paper(session)
        )
    except AlreadyDecided:
        session.rollback()
        return _decided_already()
    session.commit()
    flash(_("Đã gộp %(code)s vào %(into)s.", code=goes.code, into=stays.code), "ok")
    return redirect(url_for(".merged", ma=made.public_id), 303)


@bp.post("/<ma>/khac-nguoi")
@require(Permission.PEOPLE_MERGE)
def different(ma: str) -> ResponseReturnValue:
    """«Không phải một người»: the pair never comes back by itself."""
    said = _("Đã ghi nhớ: không phải một người. Cặp này không hiện lại.")
    return _settle(ma, operations.mark_different, said)


@bp.post("/<ma>/hoi-lai")
@require(Permission.PEOPLE_MERGE)
def again(ma: str) -> ResponseReturnValue:
    """Take «không phải một người» back."""
    return _settle(ma, operations.ask_again, _("Cặp này chờ quyết định trở lại."))


def _settle(ma: str, settle: Callable[..., object], said: str) -> ResponseReturnValue:
    """Write what was decided of a pair, unless somebody else decided meanwhile."""
    session, pair = db_session(), pair_in_scope(ma, to_write=True)
    try:
        settle(session, pair.pair, acting=acting())
    except AlreadyDecided:
        session.rollback()
        return _decided_already()
    session.commit()
    flash(said, "ok")
    return redirect(url_for(".compare", ma=ma), 303)


def _decided_already() -> ResponseReturnValue:
    flash(_("Cặp này vừa được xử lý."), "info")
    return redirect(url_for(".queue"), 303)


def _form(pair: PairShown) -> MergeForm:
    form = MergeForm(data={"survivor": side.default_survivor(pair)})
    form.survivor.choices = choices(
        (value, _("%(code)s, tạo ngày %(on)s", code=one.code, on=one.created_at.strftime("%d/%m/%Y")))
        for value, one in ((FIRST, pair.first), (SECOND, pair.second))
    )
    form.survivor.flags.required = True
    return form


def _survivor(pair: PairShown) -> str:
    sent = _form(pair).survivor.data
    return sent if sent in {FIRST, SECOND} else side.default_survivor(pair)


def _is_complete(pair: PairShown, form: MergeForm, survivor: str) -> bool:
    is_valid = form.validate()
    found = operations.differences_of(db_session(), *side.in_order(pair, survivor))
    if found.needs_reason and not form.reason.data:
        return refuse(form.reason, side.why_reason(found))
    return is_valid


def _compare_page(pair: PairShown, form: MergeForm, survivor: str) -> str:
    session = db_session()
    found = operations.differences_of(session, pair.first, pair.second)
    form.reason.flags.required = found.needs_reason
    both = (pair.first, pair.second)
    return render_template(
        "duplicates/compare.html",
        pair=pair,
        form=form,
        rows=side.rows_of(session, pair, survivor),
        contacts=[side.contacts_of(session, one) for one in both],
        names=[one.full_name for one in both],
        reasons=words.reason_words(pair.reasons),
        strength=words.STRENGTH[pair.pair.strength],
        is_different=pair.pair.state is PairState.DIFFERENT,
        newer=words.reason_words(pair.reasons & ~Reason(pair.pair.decided_reasons)),
        found=found,
    )


def _confirm_page(
    pair: PairShown, form: MergeForm, rows: Sequence[side.Row], people: tuple[Person, Person], counts: Counts
) -> str:
    return render_template(
        "duplicates/confirm.html",
        pair=pair,
        form=form,
        rows=rows,
        stays=people[0],
        goes=people[1],
        lines=_lines(counts),
        found=operations.differences_of(db_session(), *people),
    )


def _lines(counts: Counts) -> list[dict[str, Any]]:
    """Rows by table that move or stay, in the order of the tables."""
    names = [name for name in TABLE if counts.moved[name] or counts.stayed[name]]
    return [
        {"table": TABLE[name], "moved": counts.moved[name], "stayed": counts.stayed[name]} for name in names
    ]
