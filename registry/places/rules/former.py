"""By what words a part of a merged province is asked for: the path of a former one, or what names no commune. Pure."""

FORMER_ROOT = "VN-63/"
"""Where the paths of units begin that ended on 2025-06-30."""

ITSELF = "="
"""After the path of a province: what names it and no commune in it, so that no former province is known."""


def is_former(path: str) -> bool:
    """Whether a path is of a unit that ended with the reform."""
    return path.startswith(FORMER_ROOT)


def is_former_part(part: str) -> bool:
    """Whether a part of a province is asked for by what it was, and not by a path of today."""
    return part.endswith(ITSELF) or is_former(part)
