"""Pages of the register of incidents, for administrators and auditors of the whole installation."""

from registry.incidents.views import acting, people, recording, register, report, telling
from registry.incidents.views.blueprint import bp

__all__ = ["acting", "bp", "people", "recording", "register", "report", "telling"]
