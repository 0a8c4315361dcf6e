"""Folders for what is made from a registry."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Path]:
    """A new folder for every registry."""
    return (tmp_path / str(number) for number in itertools.count())
