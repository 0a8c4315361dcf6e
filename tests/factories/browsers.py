"""Which browser of the machine tests and scripts look through."""

from shutil import which

# The first that the machine has. The shell is the same engine without the windows of a browser around it, which took
# a third of the journeys' time.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium_path() -> str | None:
    """The machine's own Chromium; None where there is none."""
    return next((path for name in _NAMES if (path := which(name))), None)
