"""A number typed as it is written in Việt Nam, and the days of a period."""

from decimal import Decimal
from typing import Any

from wtforms.validators import ValidationError

from registry.indicators.rules.typed import LONGEST, Typed, read_amount
from registry.people.rules.problems import Problem
from registry.web.forms import CleanString
from registry.web.i18n import gettext as _


class AmountField(CleanString):
    """«5.647», «9,8», «khoảng 100». `amount` is the exact number or None, `is_about` whether it is «khoảng»."""

    amount: Decimal | None = None
    is_about: bool = False

    def __init__(self, label: Any = None, validators: Any = (), **kwargs: Any) -> None:
        super().__init__(label, validators, limit=LONGEST, **kwargs)

    def pre_validate(self, form: Any) -> None:
        """Read what was typed; what is no number stays in the field with how to mend it."""
        super().pre_validate(form)
        if not self.data:
            return
        read = read_amount(str(self.data))
        if isinstance(read, Problem):
            raise ValidationError(_(read.sentence) % read.params if read.params else _(read.sentence))
        assert isinstance(read, Typed)  # noqa: S101 - the other kind was just refused
        self.amount, self.is_about = read.amount, read.is_about
