"""Writing the parts of a programme: documents, places of the tree, the working group, printed facts."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.programmes.forms.programme import DocumentForm, EndForm, FactForm, MemberForm, NodeForm
from registry.programmes.models import Programme, ProgrammeNode
from registry.programmes.operations.errors import CodeTaken, WrongPlace
from registry.programmes.operations.programmes import (
    DocumentTerms,
    FactTerms,
    NodeTerms,
    add_document,
    add_fact,
    add_member,
    add_node,
    end_member,
    revise_node,
)
from registry.programmes.queries.programmes import document_of, member_of, node_of, nodes
from registry.programmes.rules.words import ChainLink, DocumentRole, FactKind, MemberRole, NodeKind
from registry.programmes.views.blueprint import (
    agency_choices,
    agency_ids,
    bp,
    by,
    document_choices,
    form_page,
    node_choices,
    opened_to_write,
    page_of,
    saved,
)
from registry.web.clock import now, today
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


def _text(field: Any) -> str:
    return str(field.data or "")


@bp.route("/chuong-trinh/<ma>/van-ban/them", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def new_document(ma: str) -> ResponseReturnValue:
    """Add a document to the chain."""
    session, programme = opened_to_write(ma)
    form = DocumentForm() if request.method == "POST" else DocumentForm(formdata=None)
    form.offer(document_choices(session, programme))
    back = page_of(programme, "show")
    if request.method != "POST" or not form.validate():
        page = form_page(programme, form, _("Thêm văn bản vào chuỗi"), back)
        return (page, 422) if request.method == "POST" else page
    parent = document_of(session, programme, _text(form.parent)) if form.parent.data else None
    terms = DocumentTerms(
        role=DocumentRole(form.role.data),
        title=_text(form.title),
        number=_text(form.number),
        issuer=_text(form.issuer),
        signed_on=form.signed_on.data,
        effective_from=form.effective_from.data,
        effective_to=form.effective_to.data,
        note=_text(form.note),
        parent=parent,
        link=ChainLink(form.link.data) if parent is not None and form.link.data else None,
    )
    add_document(session, programme, terms, by=by(), at=now())
    return saved(session, back)


@bp.route("/chuong-trinh/<ma>/cay/them", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def new_node(ma: str) -> ResponseReturnValue:
    """Add a place to the tree."""
    session, programme = opened_to_write(ma)
    form = NodeForm() if request.method == "POST" else NodeForm(formdata=None)
    return _node_page(session, programme, form, None)


@bp.route("/chuong-trinh/<ma>/cay/<nut>/sua", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def edit_node(ma: str, nut: str) -> ResponseReturnValue:
    """Say anew what a place is, who answers for it and where its figures come from."""
    session, programme = opened_to_write(ma)
    node = node_of(session, programme, nut)
    if node is None:
        raise NotVisible
    form = (
        NodeForm()
        if request.method == "POST"
        else NodeForm(formdata=None, data=_typed(session, programme, node))
    )
    return _node_page(session, programme, form, node)


def _typed(session: Session, programme: Programme, node: ProgrammeNode) -> dict[str, Any]:
    parent = next((one for one in nodes(session, programme) if one.id == node.parent_id), None)
    return {
        **{name: getattr(node, name) for name in ("code", "title", "position", "source", "is_printed")},
        "kind": node.kind.value,
        "parent": "" if parent is None else parent.public_id,
        "owner": "" if node.owner is None else node.owner.public_id,
    }


def _node_page(
    session: Session, programme: Programme, form: NodeForm, node: ProgrammeNode | None
) -> ResponseReturnValue:
    form.offer(node_choices(session, programme, node), agency_choices(session, programme))
    back = page_of(programme, "show", _anchor="cay")
    heading = _("Sửa mục của cây mục tiêu") if node else _("Thêm vào cây mục tiêu")
    if request.method != "POST":
        return form_page(programme, form, heading, back)
    if not form.validate() or not _is_kept(session, programme, form, node):
        return form_page(programme, form, heading, back), 422
    return saved(session, back)


def _is_kept(session: Session, programme: Programme, form: NodeForm, node: ProgrammeNode | None) -> bool:
    """Keep the place; what stands against it is said on the form."""
    terms = NodeTerms(
        kind=NodeKind(form.kind.data),
        code=_text(form.code),
        title=_text(form.title),
        parent=node_of(session, programme, _text(form.parent)) if form.parent.data else None,
        position=int(form.position.data or 0),
        owner_id=agency_ids(session, programme).get(_text(form.owner)),
        source=_text(form.source),
        is_printed=bool(form.is_printed.data),
    )
    try:
        if node is None:
            add_node(session, programme, terms, by=by(), at=now())
        else:
            revise_node(session, programme, node, terms, by=by(), at=now())
    except CodeTaken:
        form.code.errors = [_("Mã này đã có trong cây: chọn mã khác")]
        return False
    except WrongPlace:
        form.parent.errors = [
            _(
                "Loại này không đứng ở đó: kết quả then chốt thuộc một mục tiêu, "
                "nhóm kết quả đứng ở gốc hoặc thuộc nhóm kết quả"
            )
        ]
        return False
    return True


@bp.route("/chuong-trinh/<ma>/to-cong-tac/them", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def new_member(ma: str) -> ResponseReturnValue:
    """Put somebody into the working group."""
    session, programme = opened_to_write(ma)
    form = MemberForm() if request.method == "POST" else MemberForm(formdata=None)
    back = page_of(programme, "show", _anchor="to-cong-tac")
    if request.method != "POST" or not form.validate():
        page = form_page(programme, form, _("Thêm vào Tổ công tác"), back)
        return (page, 422) if request.method == "POST" else page
    add_member(
        session,
        programme,
        MemberRole(form.role.data),
        _text(form.name),
        office=_text(form.office),
        valid_from=form.valid_from.data,
        valid_to=form.valid_to.data,
        by=by(),
        at=now(),
    )
    return saved(session, back)


@bp.route("/chuong-trinh/<ma>/to-cong-tac/<nguoi>/thoi", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def end_membership(ma: str, nguoi: str) -> ResponseReturnValue:
    """The last day somebody was in the working group."""
    session, programme = opened_to_write(ma)
    member = member_of(session, programme, nguoi)
    if member is None:
        raise NotVisible
    form = EndForm() if request.method == "POST" else EndForm(formdata=None, data={"on": today()})
    back = page_of(programme, "show", _anchor="to-cong-tac")
    is_right = request.method == "POST" and form.validate()
    if is_right and form.on.data and member.valid_from and form.on.data < member.valid_from:
        form.on.errors = [_("Ngày cuối không được trước ngày vào Tổ công tác")]
        is_right = False
    if not is_right or form.on.data is None:
        page = form_page(programme, form, _("Thôi tham gia Tổ công tác"), back, about=member.name)
        return (page, 422) if request.method == "POST" else page
    end_member(session, programme, member, form.on.data, by=by(), at=now())
    return saved(session, back)


@bp.route("/chuong-trinh/<ma>/so-lieu/them", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def new_fact(ma: str) -> ResponseReturnValue:
    """Keep a printed figure that is no quantity."""
    session, programme = opened_to_write(ma)
    form = FactForm() if request.method == "POST" else FactForm(formdata=None)
    back = page_of(programme, "show", _anchor="da-in")
    heading = _("Thêm số liệu đã in")
    if request.method != "POST" or not form.validate():
        page = form_page(programme, form, heading, back)
        return (page, 422) if request.method == "POST" else page
    terms = FactTerms(
        code=_text(form.code),
        kind=FactKind(form.kind.data),
        name=_text(form.name),
        value=_text(form.value),
        unit=_text(form.unit),
        quote=_text(form.quote),
        paragraph=form.paragraph.data,
        source=_text(form.source),
    )
    try:
        add_fact(session, programme, terms, by=by(), at=now())
    except CodeTaken:
        form.code.errors = [_("Mã này đã có số liệu khác dùng: chọn mã khác")]
        return form_page(programme, form, heading, back), 422
    return saved(session, back)
