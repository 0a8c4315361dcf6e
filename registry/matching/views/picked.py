"""What becomes of people ticked in a list: side by side, on a shortlist, or kept for an export.

Ticks live in the form alone. They reach the next page as ids in its address and nowhere else, so that none is
carried unseen into another result.
"""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, proved_lately, require
from registry.accounts.rules import Permission
from registry.matching.forms.pools import NAME_LENGTH
from registry.matching.operations.keeping import add_to_shortlist, create_shortlist, keep_selection
from registry.matching.queries.kept_searches import (
    people_selected,
    selection_named,
    selections,
    shortlist_named,
    visible_people,
)
from registry.matching.rules import PastedKind, read_pasted
from registry.matching.views.blueprint import bp, page, record_shown
from registry.matching.views.for_need import (
    against,
    chosen_for,
    lists_offered,
    need_asked,
    need_id_asked,
    needs_offered,
    way_back,
)
from registry.matching.views.shortlists import NOTE_LENGTH
from registry.needs.models import Need
from registry.people import queries
from registry.people.models import Person
from registry.people.views.cards import card_of
from registry.people.views.claim_words import language_words, skill_words
from registry.people.views.introduced import NEED, in_need
from registry.places.queries import gazetteer
from registry.text import TextRefused, clean
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

FEWEST, MOST = 2, 4
MOST_PICKED = 100
_NEXT = {
    "so-sanh": "matching.compare",
    "rut-gon": "matching.shortlist_people",
    "lua-chon": "matching.select_people",
}


@bp.post("/ung-vien/da-chon")
@require(Permission.PEOPLE_READ)
def picked() -> ResponseReturnValue:
    """Where the ticked people go next. Nothing is written here."""
    one, need = request.form.get("rut_gon", ""), need_id_asked()
    ids = [one] if one else request.form.getlist("nguoi")[:MOST_PICKED]
    target = "matching.shortlist_people" if one else _NEXT.get(request.form.get("viec", ""), "")
    people = [person.public_id for person in visible_people(db_session(), current_viewer(), ids, on=today())]
    if not people or not target:
        flash(_("Chưa chọn ai. Đánh dấu ít nhất một người rồi chọn việc cần làm."), "warn")
        return redirect(way_back(need), 303)
    if target == "matching.compare" and not FEWEST <= len(people) <= MOST:
        flash(_("So sánh được từ 2 đến 4 người. Bạn đã chọn %(count)s.", count=len(people)), "warn")
        return redirect(way_back(need), 303)
    return redirect(url_for(target, nguoi=people, nhu_cau=need), 303)


@bp.get("/ung-vien/so-sanh")
@require(Permission.PEOPLE_READ)
def compare() -> ResponseReturnValue:
    """Two to four people side by side; against a need, with the parts of the ranking. One waits for another."""
    session, viewer = db_session(), current_viewer()
    people = _asked_people(session)
    if request.args.get("ma", "").strip():
        return _with_codes(session, people, request.args["ma"])
    if not 1 <= len(people) <= MOST:
        flash(_("So sánh được từ 2 đến 4 người. Bạn đã chọn %(count)s.", count=len(people)), "warn")
        return redirect(url_for("people.index"), 303)
    need = need_asked(session, Permission.MATCHING_READ)
    about = {} if need is None else {"need": need.public_id}
    record_shown("people.compared", [person.public_id for person in people], **about)
    return page(
        "compare.html",
        people=people,
        columns=_columns(session, people, need),
        has_room=len(people) < MOST,
        need=need,
        needs=needs_offered(session, need) if viewer.can(Permission.MATCHING_READ) else [],
        scores=against(session, need, people) if need is not None else {},
    )


def _with_codes(session: Session, people: list[Person], typed: str) -> ResponseReturnValue:
    """The comparison with the people of the codes typed, as far as there is room for them."""
    codes = [one.key.upper() for one in read_pasted(typed)[:MOST] if one.kind is PastedKind.CODE]
    found = queries.people_with_codes(session, current_viewer(), codes, on=today())
    unknown = [code for code in codes if code not in found]
    if unknown or not codes:
        # A cookie carries it: codes and nothing else of what was typed.
        said = (
            _("Không thấy hồ sơ mã %(codes)s.", codes=", ".join(unknown))
            if unknown
            else _("Nhập mã hồ sơ, ví dụ HS-20418")
        )
        flash(said, "warn")
    ids = dict.fromkeys(
        [one.public_id for one in people] + [found[code][0].public_id for code in codes if code in found]
    )
    if len(ids) > MOST:
        flash(_("So sánh được nhiều nhất %(most)s người.", most=MOST), "warn")
    return redirect(url_for("matching.compare", nguoi=list(ids)[:MOST], nhu_cau=need_id_asked()), 303)


def _columns(session: Session, people: list[Person], need: Need | None) -> list[dict[str, Any]]:
    """What the rows of the comparison say of each person; the way to a profile knows what need one comes from."""
    carried = "" if need is None else f"?{NEED}={need.public_id}"
    viewer = in_need(current_viewer(), None if need is None else need.public_id)
    on, places = today(), gazetteer(session)
    found: list[dict[str, Any]] = []
    for person, card in zip(people, queries.person_cards(session, people, on=on), strict=True):
        profile = queries.profile_of(session, person, on=on)
        shown = card_of(card, viewer, places)
        found.append(
            {
                **shown,
                "href": shown["href"] + carried,
                "id": person.public_id,
                "all_skills": [
                    (skill_words(line), line.evidence.value) for line in card.skills if line.claim.level != 0
                ],
                "languages": [
                    (language_words(row), row.evidence_on(on).value)
                    for row in profile.languages
                    if row.rank != 0
                ],
            }
        )
    return found


def _asked_people(session: Session) -> list[Person]:
    ids = request.values.getlist("nguoi")[:MOST_PICKED]
    return visible_people(session, current_viewer(), ids, on=today())


def _named(people: list[Person], need: Need | None = None) -> list[tuple[str, str]]:
    viewer = in_need(current_viewer(), None if need is None else need.public_id)
    return [(person.public_id, queries.display_name(person, viewer)) for person in people]


@bp.get("/danh-sach/them")
@require(Permission.PEOPLE_READ)
def shortlist_people() -> ResponseReturnValue:
    """Choose the list, new or there already, and write a note for each person."""
    session = db_session()
    people = _asked_people(session)
    if not people:
        return redirect(url_for("people.index"), 303)
    record_shown("people.listed", [person.public_id for person in people], page="danh-sach/them")
    return _shortlist_page(session, people, {})


def _shortlist_page(session: Session, people: list[Person], errors: dict[str, str]) -> str:
    need = need_asked(session, Permission.NEEDS_READ)
    return render_template(
        "matching/shortlist_add.html",
        people=_named(people, need),
        lists=lists_offered(session, need),
        need=need,
        needs=needs_offered(session, need),
        errors=errors,
        typed=request.form or chosen_for(session, need, NAME_LENGTH),
        note_length=NOTE_LENGTH,
    )


@bp.post("/danh-sach/them")
@require(Permission.PEOPLE_READ)
def shortlist_people_sent() -> ResponseReturnValue:
    """Put them on the list chosen or on a new one."""
    session, by = db_session(), current_account().id
    people = _asked_people(session)
    errors: dict[str, str] = {}
    name = _typed("ten", NAME_LENGTH, errors)
    notes = {
        person.public_id: _typed(f"ghi-chu-{person.public_id}", NOTE_LENGTH, errors) for person in people
    }
    chosen = request.form.get("danh_sach", "")
    shortlist = shortlist_named(session, current_viewer(), by, chosen) if chosen else None
    if chosen and shortlist is None:
        raise NotVisible
    if not chosen and not name and not errors:
        errors["ten"] = _("Chọn một danh sách, hoặc nhập tên cho danh sách mới")
    if chosen and name:
        errors["ten"] = _(
            "Đã chọn một danh sách có sẵn. Muốn lập danh sách tên này thì chọn «Danh sách mới», không thì xóa tên"
        )
    if errors or not people:
        return _shortlist_page(session, people, errors), 422
    if shortlist is None:
        need = need_asked(session, Permission.NEEDS_READ)
        shortlist = create_shortlist(session, name=name, need=need, by=by, at=now())
    batch = add_to_shortlist(session, shortlist, people, notes=notes, by=by, at=now())
    session.commit()
    return redirect(url_for("matching.shortlist", ma=shortlist.public_id, vua_lam=batch), 303)


def _typed(name: str, limit: int, errors: dict[str, str]) -> str:
    """A text of a form, cleaned; what may not enter becomes an error of its field."""
    try:
        return clean(request.form.get(name, ""), limit=limit)
    except TextRefused:
        errors[name] = _("Nhập tối đa %(limit)s ký tự, không có ký tự ẩn", limit=limit)
        return ""


@bp.get("/lua-chon/tao")
@require(Permission.PEOPLE_READ)
def select_people() -> ResponseReturnValue:
    """Say what the picked people will be exported for."""
    people = _asked_people(db_session())
    if not people:
        return redirect(url_for("people.index"), 303)
    record_shown("people.listed", [person.public_id for person in people], page="lua-chon/tao")
    return page("selection_new.html", people=_named(people), errors={}, typed=request.form)


@bp.post("/lua-chon/tao")
@require(Permission.PEOPLE_READ)
@proved_lately
def select_people_sent() -> ResponseReturnValue:
    """Keep the selection with its purpose."""
    session = db_session()
    people = _asked_people(session)
    errors: dict[str, str] = {}
    purpose = _typed("muc_dich", NOTE_LENGTH, errors)
    if not purpose and not errors:
        errors["muc_dich"] = _("Nhập mục đích, ví dụ: gửi hội đồng tuyển chọn")
    if errors or not people:
        form = render_template(
            "matching/selection_new.html", people=_named(people), errors=errors, typed=request.form
        )
        return form, 422
    made = keep_selection(session, people, purpose=purpose, by=current_account().id, at=now())
    session.commit()
    flash(_("Đã giữ lựa chọn để xuất. Chưa có tệp nào được tạo."), "ok")
    return redirect(url_for("matching.selection", ma=made.public_id), 303)


@bp.get("/lua-chon")
@require(Permission.PEOPLE_READ)
def selections_kept() -> ResponseReturnValue:
    """The selections of the signed-in account."""
    return page("selections.html", rows=selections(db_session(), current_account().id))


@bp.get("/lua-chon/<ma>")
@require(Permission.PEOPLE_READ)
def selection(ma: str) -> ResponseReturnValue:
    """Who is in a selection and may still be seen."""
    session = db_session()
    made = selection_named(session, current_account().id, ma)
    if made is None:
        raise NotVisible
    people = list(people_selected(session, current_viewer(), made, on=today()))
    record_shown("people.listed", [person.public_id for person in people], page="lua-chon")
    return page("selection.html", selection=made, people=_named(people))
