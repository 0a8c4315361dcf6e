"""The lists of rooms are written by hand; here each is compared with the folders that are there."""

from pathlib import Path

from registry.app.factory import ROOMS
from registry.app.schema import METADATA, MODELS

REGISTRY = Path(__file__).resolve().parents[3] / "registry"


def rooms_with(module: str) -> set[str]:
    """The full names of this module in every folder that has it, as a file or as a package."""
    files = {path.parent.name for path in REGISTRY.glob(f"*/{module}.py")}
    packages = {path.parent.parent.name for path in REGISTRY.glob(f"*/{module}/__init__.py")}
    return {f"registry.{room}.{module}" for room in files | packages}


def test_every_room_with_pages_is_in_the_app() -> None:
    assert {room.__name__ for room in ROOMS} == rooms_with("views")


def test_every_room_with_tables_is_in_the_schema() -> None:
    assert {module.__name__ for module in MODELS} == rooms_with("models")
    assert len(METADATA.tables) > 30


def test_the_folders_are_really_looked_at() -> None:
    assert "registry.people.models" in rooms_with("models")
    assert "registry.places.views" in rooms_with("views")
