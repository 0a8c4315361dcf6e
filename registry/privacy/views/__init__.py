"""Pages of the room: what people ask about their own data, and what offices do with it."""

from registry.privacy.views import erasing, handling, office, own, recording, seen, taking
from registry.privacy.views.blueprint import bp

__all__ = ["bp", "erasing", "handling", "office", "own", "recording", "seen", "taking"]
