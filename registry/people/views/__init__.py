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
    verification,
    wishes,
)
from registry.people.views.blueprint import bp
from registry.people.views.introduced import install
from registry.people.views.panels import install_panels

__all__ = [
    "absent",
    "agreements",
    "bp",
    "contacts",
    "create",
    "entries",
    "install",
    "install_panels",
    "invitations",
    "languages",
    "papers",
    "profile",
    "self_section",
    "skills",
    "verification",
    "wishes",
]
