"""Reference data that belongs to the product: loaded after every migration, safe to load again."""

import importlib
from collections.abc import Callable

from sqlalchemy.orm import Session

# In this order, since organisations name places and needs name skills. The last fills what follows from the rows.
_LOADERS = (
    "registry.places.operations:load_places",
    "registry.skills.operations:load_vocabulary",
    "registry.consents.operations:load_purposes",
    "registry.policies.operations:load_policies",
    "registry.people.operations:keep_missing_texts",
)


MIGRATED_TABLES = frozenset({"change_counter"})
"""What migrations alone fill."""

LOADED_TABLES = frozenset(
    {
        "administrative_unit",
        "audit_event",
        "audit_stream",
        "change_counter",
        "document_link",
        "legal_document",
        "notice",
        "parameter",
        "parameter_value",
        "place_edition",
        "policy",
        "policy_scope",
        "policy_version",
        "policy_version_step",
        "purpose",
        "skill",
        "skill_label",
        "skill_relation",
        "succession",
        "unit_kind_seen",
        "vocabulary_state",
        "yearly_list",
    }
)
"""What an upgrade alone fills: a database with rows nowhere else was used by nobody, since nobody has an account."""


def load_reference_data(session: Session) -> None:
    """Bring places, skills, purposes, notices and policies in the database up to the files of this version."""
    for path in _LOADERS:
        module, name = path.split(":")
        loader: Callable[[Session], object] = getattr(importlib.import_module(module), name)
        loader(session)
