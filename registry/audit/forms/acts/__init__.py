"""Acts of the log that noun and verb together would tell too little of, or something else; by groups of rooms."""

from typing import Any

from registry.audit.forms.acts.bringing import BRINGING
from registry.audit.forms.acts.policies import POLICIES
from registry.audit.forms.acts.programmes import PROGRAMMES
from registry.audit.forms.acts.records import RECORDS
from registry.audit.forms.acts.training import TRAINING

ACTIONS: dict[str, Any] = PROGRAMMES | TRAINING | BRINGING | POLICIES | RECORDS
