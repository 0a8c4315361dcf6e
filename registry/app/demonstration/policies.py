"""A made-up policy of the demonstration's own province, marked as made up wherever it shows."""

import json
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from registry.policies.operations import load_policies

_FILE = Path(__file__).parent / "data" / "policies.json"


def add_policies(session: Session, *, now: datetime) -> None:
    """Publish the made-up policy, as what comes with the product is: named by nobody."""
    load_policies(session, json.loads(_FILE.read_text("utf-8")), at=now)
