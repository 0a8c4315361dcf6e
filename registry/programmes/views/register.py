"""«Chương trình»: the register, one programme with all that is printed of it, a document of its chain; and writing it."""

from datetime import date
from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError

from registry import formats
from registry.accounts.access import current_viewer, require
from registry.accounts.rules import Permission
from registry.people.views.keepers import office_choices, office_of
from registry.programmes.forms.programme import ProgrammeForm
from registry.programmes.forms.words import FACT, LINK, MEMBER, ROLE, STATE, STATE_TAG, TASK, TASK_TAG
from registry.programmes.models import Programme, ProgrammeFact
from registry.programmes.operations.errors import ChangedMeanwhile, CodeTaken
from registry.programmes.operations.programmes import ProgrammeTerms, create_programme, revise_programme
from registry.programmes.queries.programmes import (
    document_of,
    documents,
    facts,
    members,
    task_counts,
)
from registry.programmes.queries.programmes import register as programmes
from registry.programmes.queries.tasks import TaskFilter, tasks
from registry.programmes.rules.trees import above, below, laid_out
from registry.programmes.rules.words import FactKind, ProgrammeState
from registry.programmes.views.blueprint import (
    bp,
    by,
    head_of,
    opened,
    opened_to_write,
    page_of,
    reader,
    saved,
)
from registry.programmes.views.trees import tree_of
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.paging import page_number


@bp.get("/chuong-trinh")
@require(Permission.PROGRAMMES_READ)
def index() -> ResponseReturnValue:
    """All programmes the viewer has anything to do with."""
    session = db_session()
    found = programmes(session, reader(), page_number(request.args.get("trang")))
    counts = task_counts(session, reader(), found.rows, today())
    return render_template(
        "programmes/index.html",
        page=found,
        lines=[(one, *counts.get(one.id, (0, 0, 0))) for one in found.rows],
        words=STATE,
        tags=STATE_TAG,
        may_write=current_viewer().can(Permission.PROGRAMMES_WRITE),
    )


@bp.get("/chuong-trinh/<ma>")
@require(Permission.PROGRAMMES_READ)
def show(ma: str) -> ResponseReturnValue:
    """One programme: what is printed of it, its documents, its tree, its working group."""
    session, programme = opened(ma)
    chain = {one.id: one for one in documents(session, programme)}
    group = members(session, programme)
    return render_template(
        "programmes/show.html",
        **head_of(programme, "show"),
        chain=[
            (chain[row], depth, chain.get(chain[row].parent_id or 0))
            for row, depth in laid_out({one.id: one.parent_id for one in chain.values()})
        ],
        tree=tree_of(session, programme),
        facts=[(one, _as_shown(one)) for one in facts(session, programme)],
        group=[(one, _is_in(one.valid_from, one.valid_to)) for one in group],
        role_words=ROLE,
        link_words=LINK,
        member_words=MEMBER,
        fact_words=FACT,
    )


def _as_shown(fact: ProgrammeFact) -> str:
    """A day as people write it; everything else as it is kept."""
    if fact.kind is not FactKind.DATE:
        return fact.value
    day, _mark, clock = fact.value.partition("T")
    try:
        shown = formats.date(date.fromisoformat(day), current_language())
    except ValueError:
        return fact.value
    return f"{shown} {clock}".strip()


def _is_in(first: date | None, last: date | None) -> bool:
    on = today()
    return (first is None or first <= on) and (last is None or on <= last)


@bp.get("/chuong-trinh/<ma>/van-ban/<van_ban>")
@require(Permission.PROGRAMMES_READ)
def document(ma: str, van_ban: str) -> ResponseReturnValue:
    """One document: what it comes from, what comes from it, and the tasks given under it."""
    session, programme = opened(ma)
    found = document_of(session, programme, van_ban)
    if found is None:
        raise NotVisible
    chain = {one.id: one for one in documents(session, programme)}
    parents = {one.id: one.parent_id for one in chain.values()}
    listed = tasks(session, reader(), TaskFilter(programme_id=programme.id), today())
    return render_template(
        "programmes/document.html",
        **head_of(programme, "show"),
        document=found,
        above=[chain[one] for one in above(found.id, parents)],
        below=[chain[one] for one in below(found.id, parents)],
        tasks=[one for one in listed.rows if one.document_id == found.id],
        role_words=ROLE,
        link_words=LINK,
        task_words=TASK,
        task_tags=TASK_TAG,
    )


@bp.route("/chuong-trinh/tao", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def create() -> ResponseReturnValue:
    """A new programme."""
    session = db_session()
    form = ProgrammeForm() if request.method == "POST" else ProgrammeForm(formdata=None)
    form.offer(office_choices(session, current_viewer()))
    terms = _read(form) if request.method == "POST" else None
    if terms is None:
        return _page(form, None), 422 if request.method == "POST" else 200
    try:
        made = create_programme(session, terms, by=by(), at=now())
    except CodeTaken:
        _say_taken(form)
        return _page(form, None), 422
    return saved(session, page_of(made, "show"), _("Đã lập chương trình %(code)s.", code=made.code))


@bp.route("/chuong-trinh/<ma>/sua", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def edit(ma: str) -> ResponseReturnValue:
    """What a programme says of itself, to be changed."""
    session, programme = opened_to_write(ma)
    form = (
        ProgrammeForm() if request.method == "POST" else ProgrammeForm(formdata=None, data=_typed(programme))
    )
    form.offer(office_choices(session, current_viewer()))
    if request.method != "POST":
        return _page(form, programme)
    if form.version.data != str(programme.version):
        return _meanwhile(form, programme)
    terms = _read(form)
    if terms is None:
        return _page(form, programme), 422
    try:
        revise_programme(session, programme, terms, version=programme.version, by=by(), at=now())
    except CodeTaken:
        _say_taken(form)
        return _page(form, programme), 422
    except (ChangedMeanwhile, StaleDataError):
        session.rollback()
        return _meanwhile(form, opened_to_write(ma)[1])
    return saved(session, page_of(programme, "show"))


def _meanwhile(form: ProgrammeForm, programme: Programme) -> ResponseReturnValue:
    flash(_("Người khác vừa lưu chương trình này. Dưới đây là điều bạn đã gõ, chưa lưu."), "warn")
    form.version.data = str(programme.version)
    return _page(form, programme), 409


def _say_taken(form: ProgrammeForm) -> None:
    form.code.errors = [_("Mã này đã có chương trình khác dùng: chọn mã khác")]


def _page(form: ProgrammeForm, programme: Programme | None) -> str:
    return render_template(
        "programmes/form.html",
        form=form,
        programme=programme,
        heading=_("Sửa chương trình") if programme else _("Lập chương trình"),
        back=page_of(programme, "show") if programme else url_for("programmes.index"),
        about="",
        words="",
    )


def _read(form: ProgrammeForm) -> ProgrammeTerms | None:
    """The terms of a form; None when something is to be mended, which the form then says."""
    if not form.validate():
        return None
    office = office_of(db_session(), current_viewer(), str(form.office.data))
    if office is None:
        abort(400)
    return ProgrammeTerms(
        code=str(form.code.data),
        name=str(form.name.data),
        name_en=str(form.name_en.data or ""),
        about=str(form.about.data or ""),
        state=ProgrammeState(form.state.data),
        unit_id=office.unit_id,
        unit_path=office.unit_path,
        organisation_id=office.organisation_id,
        organisation_path=office.organisation_path,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        horizons=form.years,
        source=str(form.source.data or ""),
    )


def _typed(programme: Programme) -> dict[str, Any]:
    """A programme as its form holds it."""
    plain = ("code", "name", "name_en", "about", "starts_on", "ends_on", "source")
    at = programme.organisation
    return {
        **{name: getattr(programme, name) for name in plain},
        "version": str(programme.version),
        "state": programme.state.value,
        "office": f"unit:{programme.unit_path}" if at is None else f"organisation:{at.public_id}",
        "horizons": ", ".join(str(one) for one in programme.horizons),
    }
