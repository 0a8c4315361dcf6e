"""Property tests have no deadline: on a busy machine the clock says nothing about the code."""

from hypothesis import settings

settings.register_profile("without_deadline", deadline=None)
settings.load_profile("without_deadline")
