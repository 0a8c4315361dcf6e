"""The form of a whole record: the forms of its sections side by side, each optional one ignored while blank."""

from typing import Any

from registry.people.forms.entries import (
    CadreForm,
    EducationForm,
    ExperienceForm,
    ExpertForm,
    LanguageForm,
    OverseasForm,
)
from registry.people.forms.sections import (
    Bundle,
    ConsentForm,
    ContactsForm,
    IdentityForm,
    KeepingForm,
    SelfForm,
    WishesForm,
)
from registry.web.forms import CleanText, WebForm
from registry.web.i18n import lazy_gettext as _l

_NO_TOKEN = {"csrf": False}

# Fields that carry a value although nobody typed anything, and so do not make a section filled.
_PREFILLED = frozenset({"version", "csrf_token", "country", "school_country", "is_completed"})


class SkillsForm(WebForm):
    """Skills as lines of text, the way spreadsheets hold them."""

    skills = CleanText(
        _l("Kỹ năng"),
        limit=4000,
        description=_l("Mỗi dòng một kỹ năng, bậc trong ngoặc nếu biết. Ví dụ: Kế toán (4)"),
    )


class CreateForms(Bundle):
    """All sections of one new record. Optional rows live under a prefix, so that names do not clash."""

    OPTIONAL = ("identity", "expert", "cadre", "overseas", "education", "experience", "language", "wishes")

    def __init__(self) -> None:
        super().__init__(
            keeping=KeepingForm(),
            about=SelfForm(meta=_NO_TOKEN),
            contacts=ContactsForm(meta=_NO_TOKEN, prefix="lien-he-"),
            identity=IdentityForm(meta=_NO_TOKEN, prefix="giay-to-"),
            expert=ExpertForm(meta=_NO_TOKEN, prefix="chuyen-gia-"),
            cadre=CadreForm(meta=_NO_TOKEN, prefix="can-bo-"),
            overseas=OverseasForm(meta=_NO_TOKEN, prefix="nuoc-ngoai-"),
            education=EducationForm(meta=_NO_TOKEN, prefix="hoc-van-"),
            experience=ExperienceForm(meta=_NO_TOKEN, prefix="kinh-nghiem-"),
            skills=SkillsForm(meta=_NO_TOKEN),
            language=LanguageForm(meta=_NO_TOKEN, prefix="ngoai-ngu-"),
            wishes=WishesForm(meta=_NO_TOKEN, prefix="nguyen-vong-"),
            consents=ConsentForm(meta=_NO_TOKEN, prefix="dong-y-"),
        )

    def validate(self) -> bool:
        """Validate every section that must be there or that has something in it."""
        results = [
            form.validate()
            for name, form in self.forms.items()
            if name not in self.OPTIONAL or self.is_filled(name)
        ]
        return all(results)

    def is_filled(self, name: str) -> bool:
        """Whether somebody entered something in an optional section."""
        fields: Any = self.forms[name]
        return any(_is_typed(field) for field in fields if field.short_name not in _PREFILLED)


def _is_typed(field: Any) -> bool:
    """Something was entered: what a choice or a box starts with does not count."""
    if field.type == "RadioField" and field.short_name == "kind":
        return False
    if field.type == "BooleanField":
        return bool(field.data)
    return any(str(value).strip() for value in field.raw_data or ())
