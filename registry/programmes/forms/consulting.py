"""The form that asks agencies about the draft of a programme's document: as of a policy, and which document."""

from collections.abc import Sequence

from wtforms import SelectField

from registry.policies.forms.consulting import AskForm
from registry.web.choices import choices
from registry.web.forms import Required
from registry.web.i18n import lazy_gettext as _l


class AskAboutForm(AskForm):
    """Agencies, one a line, until when they are to answer, and about which document."""

    document = SelectField(_l("Văn bản lấy ý kiến"), [Required(_l("Chọn văn bản"))], choices=[])

    def offer(self, documents: Sequence[tuple[str, str]]) -> None:
        """The documents of the programme."""
        self.document.choices = choices(documents)
