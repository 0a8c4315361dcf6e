"""Property tests have no deadline: on a busy machine the clock says nothing about the code."""

import pytest
from hypothesis import settings

settings.register_profile("without_deadline", deadline=None)
# The fast lane draws fewer examples where a test does not say how many it needs.
settings.register_profile("fast_lane", deadline=None, max_examples=30)


def pytest_configure(config: pytest.Config) -> None:
    """The fast lane is the one that leaves out what is slow."""
    is_fast = "not slow" in str(config.getoption("markexpr"))
    settings.load_profile("fast_lane" if is_fast else "without_deadline")
