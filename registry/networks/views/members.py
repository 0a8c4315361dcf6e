"""Who joins an association and who leaves it."""

from flask import request
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.db import new_public_id
from registry.networks import operations
from registry.networks.forms.associations import EndForm, MemberForm, check_period
from registry.networks.models import Association, AssociationMember
from registry.networks.operations import MemberTerms
from registry.networks.queries.associations import MemberLine, is_member_on, member_in
from registry.networks.rules import MemberRole
from registry.networks.views.associations import association_form, opened, page_of
from registry.networks.views.blueprint import bp, by, person_typed, reader_of_people, saved
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.sent import made_once, sent_before


@bp.route("/mang-luoi/hoi/<ma>/hoi-vien/them", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def add_member(ma: str) -> ResponseReturnValue:
    """Somebody joined."""
    session, one = opened(ma)
    is_sent = request.method == "POST"
    form = MemberForm() if is_sent else MemberForm(formdata=None, data=MemberForm.usual(new_public_id()))
    if is_sent and sent_before(session, AssociationMember, str(form.submission.data or "")) is not None:
        return saved(session, page_of(one))
    terms = _read(form, one) if is_sent else None
    if terms is None:
        return association_form(
            one, form, _("Thêm hội viên"), _("Ghi mã hồ sơ hoặc số thẻ; đừng ghi tên ở ô nào.")
        )
    made_once(
        session,
        form,
        AssociationMember,
        lambda key: operations.add_member(session, one, terms, by=by(), at=now(), submission_key=key),
    )
    return saved(session, page_of(one))


@bp.route("/mang-luoi/hoi/<ma>/hoi-vien/<dong>/ket-thuc", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def end_member(ma: str, dong: str) -> ResponseReturnValue:
    """Somebody left."""
    session, one = opened(ma)
    line = member_in(session, one, dong, reader_of_people(), on=today())
    if line is None:
        raise NotVisible
    member = line.member
    form = EndForm() if request.method == "POST" else EndForm(formdata=None, data={"ends": member.ends})
    if request.method == "POST" and form.validate() and form.check_after(member.starts):
        assert form.ends.data is not None  # noqa: S101 - the form asked for it
        operations.end_member(session, member, form.ends.data, by=by(), at=now())
        return saved(session, page_of(one))
    return association_form(
        one,
        form,
        _("Hội viên ra khỏi Hội"),
        _("%(who)s: số hội viên của những ngày trước vẫn giữ nguyên.", who=_who(line)),
    )


def _who(line: MemberLine) -> str:
    """Whose membership it is, by code or card; a stopped record is not told of."""
    if line.person is not None:
        return line.person.code
    if line.is_stopped:
        return " · ".join(filter(None, (_("Hồ sơ đang tạm dừng"), line.member.card)))
    return line.member.card or _("Chưa có hồ sơ")


def _read(form: MemberForm, one: Association) -> MemberTerms | None:
    """The terms of a form; None when something is to be mended, which the form then says."""
    is_valid = form.validate()
    is_valid = form.check_who() and is_valid and check_period(form)
    person, is_known = person_typed(form)
    starts = form.starts.data
    if not is_valid or not is_known or starts is None:
        return None
    if starts > today():
        form.starts.errors = [_("Ngày vào Hội không được sau hôm nay")]
        return None
    if person is not None and is_member_on(db_session(), one, person, starts):
        form.person.errors = [
            _("Người này đang là hội viên vào ngày đó. Chọn ngày khác, hoặc ghi ngày ra khỏi Hội trước")
        ]
        return None
    return MemberTerms(person, str(form.card.data or ""), MemberRole(form.role.data), starts, form.ends.data)
