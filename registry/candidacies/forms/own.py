"""Forms of people about their own candidacies, and of experts who are asked."""

from wtforms import RadioField, SelectField

from registry.candidacies.forms.words import ADVICE
from registry.candidacies.rules import LINE_LENGTH, NOTE_LENGTH
from registry.web.choices import choices
from registry.web.forms import CleanText, Required, WebForm
from registry.web.i18n import lazy_gettext as _l


class LeavingForm(WebForm):
    """No to an invitation, or out of a candidacy: a reason may be given."""

    reason = SelectField(_l("Lý do"), default="")
    note = CleanText(_l("Lời nhắn cho đơn vị"), limit=LINE_LENGTH)


class OpinionForm(WebForm):
    """What an expert says."""

    recommendation = RadioField(
        _l("Kiến nghị của bạn"),
        [Required(_l("Chọn một kiến nghị"))],
        choices=choices((one.value, label) for one, label in ADVICE.items()),
    )
    words = CleanText(
        _l("Ý kiến"),
        [Required(_l("Viết ý kiến"))],
        limit=NOTE_LENGTH,
        description=_l("Đơn vị đọc nguyên văn; người ứng tuyển được nhận bản sao khi xin dữ liệu về mình."),
    )


class RecuseForm(WebForm):
    """Why an expert steps aside, if they want to say."""

    words = CleanText(_l("Vì sao"), limit=LINE_LENGTH)


class NominationForm(WebForm):
    """Why somebody puts themselves or another forward."""

    ground = CleanText(
        _l("Vì sao phù hợp"), [Required(_l("Ghi vì sao phù hợp với nhu cầu này"))], limit=NOTE_LENGTH
    )
