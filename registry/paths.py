"""Where templates, migrations and static files lie, in a checkout and in an installed wheel alike."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _beside_or_inside(name: str) -> Path:
    """The folder of that name in the checkout when there is one, else the copy the wheel carries.

    An editable install leaves a stale copy inside the package, so the checkout must win.
    """
    checkout = PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    return PACKAGE / name


TEMPLATES = _beside_or_inside("templates")
MIGRATIONS = _beside_or_inside("migrations")
STATIC = PACKAGE / "static"
TRANSLATIONS = PACKAGE / "translations"
