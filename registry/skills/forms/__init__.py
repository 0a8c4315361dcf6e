"""The words of the vocabulary's pages and the forms of its curators."""

from registry.skills.forms.curating import (
    ChoosingForm,
    EditConceptForm,
    LabelForm,
    NewConceptForm,
    RelationForm,
    SplitForm,
)
from registry.skills.forms.words import (
    EXTERNAL_STATES,
    FAMILIES,
    GROUPS,
    HOWS,
    KINDS,
    LANGUAGES,
    ORIGINS,
    PENDING_PLACES,
    SCALES,
    SCHEMES,
    SECTORS,
    change_words,
)

__all__ = [
    "EXTERNAL_STATES",
    "FAMILIES",
    "GROUPS",
    "HOWS",
    "KINDS",
    "LANGUAGES",
    "ORIGINS",
    "PENDING_PLACES",
    "SCALES",
    "SCHEMES",
    "SECTORS",
    "ChoosingForm",
    "EditConceptForm",
    "LabelForm",
    "NewConceptForm",
    "RelationForm",
    "SplitForm",
    "change_words",
]
