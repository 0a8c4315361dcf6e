"""The pages of people. Each file puts its views on the blueprint `bp`; all of them load within the viewer's scope."""

from registry.people.views import (
    absent,
    agreements,
    contacts,
    create,
    entries,
    invitations,
    languages,
    papers,
    profile,
    self_section,
    skills,
    unreachable,
    verification,
    wishes,
)
from registry.people.views.blueprint import bp
from registry.people.views.introduced import install

__all__ = [
    "absent",
    "agreements",
    "bp",
    "contacts",
    "create",
    "entries",
    "install",
    "invitations",
    "languages",
    "papers",
    "profile",
    "self_section",
    "skills",
    "unreachable",
    "verification",
    "wishes",
]
