"""From the texts typed into a form to the unit and the organisation they mean, or a question beside the field."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.organisations import queries
from registry.organisations.models import Organisation
from registry.organisations.rules import HasUnitPath
from registry.organisations.views.blueprint import unit_directory
from registry.web.choices import choices
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

_MOST_CHOICES = 12


@dataclass
class UnitQuestion:
    """The unit field of a form. Made before the form is validated, read after."""

    session: Session
    text: Any
    choice: Any

    def __post_init__(self) -> None:
        typed = str(self.text.data or "").strip()
        self.found = unit_directory().find(self.session, typed, current_language()) if typed else None
        self.choice.choices = choices(self.found.choices) if self.found is not None else []

    def answer(self) -> tuple[HasUnitPath | None, bool]:
        """The unit (None when nothing was typed), and whether the field is in order."""
        if self.found is None:
            return None, True
        if self.found.unit is not None:
            return self.found.unit, True
        if self.choice.data:
            return unit_directory().at(self.session, self.choice.data), True
        self.text.errors = [self.found.sentence]
        return None, False


@dataclass
class OrganisationQuestion:
    """A field that names another organisation: its parent or its successor."""

    session: Session
    viewer: Viewer
    text: Any
    choice: Any
    other_than: Organisation | None = None

    def __post_init__(self) -> None:
        self.typed = str(self.text.data or "").strip()
        found = queries.organisations_named(self.session, self.typed, self.viewer) if self.typed else ()
        self.found = [one for one in found if one is not self.other_than]
        several = self.found if len(self.found) > 1 else []
        self.choice.choices = choices((one.public_id, label_of(one)) for one in several[:_MOST_CHOICES])

    def answer(self) -> tuple[Organisation | None, bool]:
        """The organisation (None when nothing was typed), and whether the field is in order."""
        if not self.typed:
            return None, True
        if len(self.found) == 1:
            return self.found[0], True
        for one in self.found:
            if self.choice.data == one.public_id:
                return one, True
        if self.found:
            self.text.errors = [_("Có nhiều đơn vị tên này. Chọn một đơn vị trong danh sách bên dưới")]
        else:
            self.text.errors = [_("Không có đơn vị đang hoạt động nào tên này. Nhập đúng tên đầy đủ")]
        return None, False


def label_of(organisation: Organisation) -> str:
    """The name with the one above it, enough to tell two of the same name apart."""
    if organisation.parent is None:
        return organisation.name
    return f"{organisation.name} ({organisation.parent.name})"
