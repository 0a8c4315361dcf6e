"""The form of a proposal: the facts of the application, the groups somebody decides for, and why."""

from typing import Any

from wtforms import SelectMultipleField

from registry.grants.rules import WORDS_LENGTH
from registry.offers.forms.application import ApplicationForm
from registry.offers.rules.asking import Asking, Wanted
from registry.policies.rules import Source, Version
from registry.web.choices import choices
from registry.web.forms import CleanText
from registry.web.i18n import lazy_gettext as _l


def proposal_form(
    version: Version, asked: Asking, known: set[str], names: dict[str, str]
) -> type[ApplicationForm]:
    """The form for a version: a field for what the application brings, and for what is not on record (`known`)."""
    facts = tuple(one for one in asked.facts if _is_asked(one, known))
    made = ApplicationForm.asking(asked, facts, names)
    offered = [(one.code, one.title) for one in sorted(version.groups, key=lambda one: one.rank)]
    fields: dict[str, Any] = {
        "groups": SelectMultipleField(_l("Nhóm đề xuất"), choices=choices(offered)),
        "ground": CleanText(
            _l("Căn cứ khi đề xuất khác với kết quả tính"),
            limit=WORDS_LENGTH,
            description=_l(
                "Bắt buộc khi nhóm đã chọn không phải nhóm mà kết quả tính cho hưởng. Ghi rõ văn bản, biên bản nào."
            ),
        ),
    }
    return type("ProposalForm", (made,), fields)


def _is_asked(wanted: Wanted, known: set[str]) -> bool:
    return wanted.fact.source is Source.APPLICATION or wanted.name not in known
