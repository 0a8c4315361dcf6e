"""The receipt of a profile that was sent: rows for the page, and the same on paper."""

import json
from pathlib import Path
from typing import Any

import typst

from registry import formats
from registry.places.queries import describe_unit
from registry.registrations.forms import AUDIENCE
from registry.registrations.rules import wording
from registry.registrations.views.own import Own
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.installation import installation

_TEMPLATE = Path(__file__).parents[1] / "data" / "receipt.typ"


def receipt_rows(own: Own) -> list[tuple[str, str]]:
    """(label, value) of what was sent, without anything that says who it was."""
    language = current_language()
    sent_at = own.registration.submitted_at
    assert sent_at is not None  # noqa: S101 - only what was sent has a receipt
    office = describe_unit(own.session, own.registration.unit_path, locale=language)
    return [
        (_("Gửi lúc"), formats.datetime(sent_at, language)),
        (_("Đối tượng"), str(AUDIENCE[own.audience])),
        (
            _("Cơ quan giữ hồ sơ"),
            _("Sở Nội vụ, %(unit)s", unit=office) if office else _("Cơ quan trung ương"),
        ),
        (_("Tài khoản"), own.account.email),
    ]


def next_steps() -> list[str]:
    """What happens now, in plain words."""
    return [
        _("Bạn không phải làm gì thêm. Hồ sơ của bạn đã được nhận."),
        _("Cơ quan giữ hồ sơ có thể viết cho bạn khi cần xem bản chính hoặc hỏi thêm."),
        _("Xem, sửa, tạm dừng hoặc rút đồng ý lúc nào cũng được ở «Trang của tôi»."),
        *wording()[current_language()]["fraud"][:1],
    ]


def receipt_pdf(own: Own) -> bytes:
    """The receipt as a file. Only fonts that come with the typesetter are used, so it is the same everywhere."""
    told: dict[str, Any] = {
        "title": _("Biên nhận đăng ký hồ sơ"),
        "office": installation(own.session).tenant.name,
        "code_label": _("Mã hồ sơ"),
        "code": own.registration.code,
        "rows": receipt_rows(own),
        "next_title": _("Việc tiếp theo"),
        "next": next_steps(),
        "foot": _("Giữ biên nhận này để hỏi về hồ sơ."),
        "lang": current_language(),
    }
    typeset: Any = typst.compile  # its types want text and folder to be of one kind
    return typeset(
        _TEMPLATE.read_bytes(),
        root=str(_TEMPLATE.parent),
        sys_inputs={"told": json.dumps(told)},
        ignore_system_fonts=True,
    )
