"""The form somebody answers an invitation with, by its link."""

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField
from wtforms.validators import ValidationError

from registry.campaigns.rules.words import Answer
from registry.web.choices import choices
from registry.web.forms import CleanText, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

ANSWER = {
    Answer.INTERESTED: _l("Quan tâm"),
    Answer.NOT_NOW: _l("Chưa phải lúc này"),
    Answer.STOP: _l("Không nhận thư nữa"),
}


class AnswerForm(WebForm):
    """What somebody answers by the link of a letter."""

    answer = RadioField(
        _l("Câu trả lời của bạn"),
        [Required(_l("Chọn một câu trả lời"))],
        choices=choices((one.value, text) for one, text in ANSWER.items()),
    )
    need = RadioField(_l("Bạn quan tâm việc nào?"), validate_choice=False, choices=[])
    words = CleanText(_l("Lời nhắn"), limit=1_000)

    def offer(self, needs: Sequence[tuple[str, str]]) -> None:
        """The needs that look for people; one alone needs no choosing."""
        self.need.choices = choices(needs)
        if len(needs) == 1 and not self.need.data:
            self.need.data = needs[0][0]

    def validate_need(self, field: Any) -> None:
        """Who is interested says in what."""
        listed: Any = field.choices or []
        offered = {one.value for one in listed}
        if self.answer.data == Answer.INTERESTED and field.data not in offered:
            raise ValidationError(_("Chọn việc bạn quan tâm"))
