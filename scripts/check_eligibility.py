"""Holds what the rule engine answers, what kept offer sheets hold and what their pages show against each other.

    python scripts/check_eligibility.py [--people 10000] [--papers 100] [--seed 26] [--json]

In a folder that is removed, an installation with the policies of the product and a made-up one gets random people (a tenth
of them unnamed) and an open need in each of twelve provinces. Each person's offer sheet for one of these is filled in
through its form with random facts and kept; then three are compared: the engine's answer from the record as it is, with
versions read and prepared past everything that pages keep; the kept sheet, opened and checked against its fingerprint;
the page, read from its words. States of every version and group, every sum to the đồng, costs by year. For some people
also the PDF, every sum of which must stand on it, and `registry policies check` against the engine without a post. The
controls: a page, a kept sheet and a PDF with another digit in one sum must be found. Ends with 1 when anything differs or
a control is not found.
"""

import argparse
import io
import json
import os
import re
import sys
import tempfile
import time
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.app.demonstration.policies import add_policies
from registry.app.factory import create_app
from registry.cli import main as registry
from registry.config import load_settings
from registry.needs.models import Need
from registry.offers.models import OfferSheet
from registry.offers.queries.sheets import sheet_content_of
from registry.people.models import Person
from registry.policies.queries.facts import facts_of
from registry.policies.rules import Asked, answer, answer_data
from tests.conftest import Client
from tests.factories.accounts import account, post, sign_in
from tests.factories.eligibility import (
    Engine,
    Said,
    make_posts,
    of_content,
    of_page,
    random_form,
    random_person,
    tampered,
)

_AT_ONCE = 100
_MOST_SHOWN = 20
_ON = date(2026, 11, 27)
_PAPER = {"purpose": "need", "purpose_text": "Đối chiếu phiếu với trang và máy tính"}


@dataclass
class Findings:
    """What was compared, what differs, which controls were found."""

    counts: Counter[str] = field(default_factory=Counter[str])
    differences: list[str] = field(default_factory=list[str])
    controls: dict[str, bool] = field(default_factory=dict[str, bool])

    def differ(self, where: str, found: list[str]) -> None:
        """Keep differences, the first of them in words."""
        self.counts["different"] += len(found)
        self.differences += [f"{where}: {one}"[:400] for one in found[:_MOST_SHOWN]]

    @property
    def is_right(self) -> bool:
        """Nothing differs and every control was found."""
        return not self.counts["different"] and len(self.controls) >= 3 and all(self.controls.values())


class Installation:
    """An installation in the folder REGISTRY_DATA_DIR names, and an officer of the whole country before it."""

    def __init__(self) -> None:
        with redirect_stdout(io.StringIO()):
            assert registry(["upgrade"]) == 0  # noqa: S101
        app = create_app(load_settings())
        app.test_client_class = Client
        self.database: Any = app.extensions["registry.database"]
        self.client: Any = app.test_client()

    def begin(self, session: Session) -> tuple[list[Need], Engine]:
        """Sign in, publish the made-up policy, open a need in each province."""
        self.client.session = session
        sign_in(self.client, account(session, Role.OFFICER, "", name="Lò Thị Hạnh"))
        add_policies(session, now=datetime.now(UTC))
        posts = make_posts(session)
        session.commit()
        return posts, Engine(session)


def compare(installation: Installation, people: int, papers: int, seed: int, found: Findings) -> None:
    """Everybody, one after the other."""
    rng = Random(seed)  # noqa: S311 - not a secret
    with installation.database.writing() as session:
        posts, engine = installation.begin(session)
        for first in range(0, people, _AT_ONCE):
            numbers = range(first, min(first + _AT_ONCE, people))
            made = [random_person(session, rng, number) for number in numbers]
            session.commit()
            for number, person in zip(numbers, made, strict=True):
                _one(installation, session, engine, person, rng.choice(posts), rng, found, number < papers)
            session.expunge_all()
            posts = list(session.scalars(select(Need).order_by(Need.id)))


def _one(
    installation: Installation,
    session: Session,
    engine: Engine,
    person: Person,
    need: Need,
    rng: Random,
    found: Findings,
    with_papers: bool,
) -> None:
    path, form = f"/nhu-cau/{need.public_id}/de-xuat/{person.public_id}", random_form(rng)
    session.rollback()  # the page writes by itself
    sent = post(installation.client, path, form)
    if sent.status_code != 303:
        found.differ(path, [f"form answered {sent.status_code}"])
        return
    where = sent.headers["Location"]
    row = session.scalars(select(OfferSheet).where(OfferSheet.public_id == where.rpartition("/")[2])).one()
    content = sheet_content_of(session, row)
    text = installation.client.get(where).get_data(as_text=True)
    wanted, kept = engine.says(person, need, content["question"]), of_content(content)
    found.differ(f"kept {row.public_id}", wanted.differs(kept))
    found.differ(f"page {row.public_id}", wanted.differs(of_page(text)))
    _count(wanted, found)
    _controls(wanted, content, text, found)
    if with_papers:
        found.differ(f"paper {row.public_id}", _paper(installation, where, wanted, found))
        found.differ(f"command {person.public_id}", _command(session, engine, person))
        found.counts["papers and commands"] += 1


def _count(wanted: Said, found: Findings) -> None:
    found.counts["people"] += 1
    found.counts["versions"] += len(wanted.states)
    found.counts["groups"] += sum(len(one) for one in wanted.groups.values())
    found.counts["sums"] += sum(span is not None for sums in wanted.sums.values() for span in sums.values())
    found.counts["yearly costs"] += sum(len(one) for one in wanted.costs.values())
    found.counts.update(f"states: {state}" for state in wanted.states.values())


def _controls(wanted: Said, content: dict[str, Any], text: str, found: Findings) -> None:
    """Another digit in one sum of the page and of the kept sheet; until each was once there to be found."""
    if "page" not in found.controls and (other := tampered(text)) != text:
        found.controls["page"] = bool(wanted.differs(of_page(other)))
    lines = [line for one in content["answers"] for line in one["benefits"] if "amount" in line]
    if "kept" not in found.controls and lines:
        lines[0]["amount"] += 1
        found.controls["kept"] = bool(wanted.differs(of_content(content)))


def _paper(installation: Installation, where: str, wanted: Said, found: Findings) -> list[str]:
    """The sums of policies that are met that do not stand on the PDF."""
    answered = post(installation.client, f"{where}/in", _PAPER)
    if answered.mimetype != "application/pdf":
        return [f"PDF answered {answered.status_code}"]
    pages = PdfReader(io.BytesIO(answered.data)).pages
    said = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    sums = [span for one in wanted.sums.values() for span in one.values() if span is not None]
    sums += [span for one in wanted.costs.values() for span in one.values() if span is not None]
    missing = [str(span) for span in sums if not _stands(span, said)]
    if "paper" not in found.controls and sums:
        found.controls["paper"] = not _stands((sums[0][0], sums[0][1] + 1), said)
    return missing


def _stands(span: tuple[int, int], said: str) -> bool:
    low, high = (f"{number:,}".replace(",", ".") for number in span)
    return re.search(rf"(?<![\d.]){re.escape(high)}(?![\d.]*\d)", said) is not None and (
        span[0] == 0 or low in said
    )


def _command(session: Session, engine: Engine, person: Person) -> list[str]:
    """Where `registry policies check` says otherwise than the engine without a post."""
    session.rollback()
    told = io.StringIO()
    with redirect_stdout(told):
        assert registry(["policies", "check", person.public_id, "--on", _ON.isoformat(), "--json"]) == 0  # noqa: S101
    said: dict[str, Any] = {one["version"]: one for one in json.loads(told.getvalue())}
    facts, asked = facts_of(session, person, on=_ON), Asked(applied_on=_ON, decided_on=_ON)
    wrong: list[str] = []
    for ready in engine.ready:
        wanted: dict[str, Any] = json.loads(json.dumps(answer_data(answer(ready, facts, asked))))
        wanted["benefits"] = [{"amount": None} | one for one in wanted["benefits"]]
        if said.get(ready.version.key) != wanted:
            wrong.append(f"{ready.version.key} differs")
    return wrong


def main() -> int:
    """Compare and say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--papers", type=int, default=100)
    parser.add_argument("--seed", type=int, default=26)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found, began = Findings(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["REGISTRY_DATA_DIR"] = folder
        os.environ.pop("DATABASE_URL", None)
        compare(Installation(), given.people, given.papers, given.seed, found)
    told: dict[str, Any] = {
        "ok": found.is_right,
        **found.counts,
        "controls": found.controls,
        "processor_seconds": round(time.process_time() - began, 1),
        "differences": found.differences[:_MOST_SHOWN],
    }
    print(json.dumps(told, ensure_ascii=False, indent=None if given.json else 2))
    return 0 if found.is_right else 1


if __name__ == "__main__":
    sys.exit(main())
