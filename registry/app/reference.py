"""Reference data that belongs to the product: loaded after every migration, safe to load again."""

import importlib
from collections.abc import Callable

from sqlalchemy.orm import Session

# In this order, since organisations name places and needs name skills. The last fills what follows from the rows.
_LOADERS = (
    "registry.places.operations:load_places",
    "registry.skills.operations:load_vocabulary",
    "registry.consents.operations:load_purposes",
    "registry.people.operations:keep_missing_texts",
)


def load_reference_data(session: Session) -> None:
    """Bring places, skills, purposes and notices in the database up to the files of this version."""
    for path in _LOADERS:
        module, name = path.split(":")
        loader: Callable[[Session], object] = getattr(importlib.import_module(module), name)
        loader(session)
