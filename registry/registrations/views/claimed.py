"""The skills of a person's own record as cards, and cards written back as claims."""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from registry.people import operations
from registry.people.models import Person, SkillClaim
from registry.people.operations.skill_reading import skill_draft
from registry.people.queries import profile_of
from registry.people.rules import SkillDraft
from registry.registrations.rules import TaskState
from registry.registrations.views.answers import Entry
from registry.registrations.views.cards import KEEP_AS_TYPED, Card, Shown, values_of
from registry.registrations.views.own import Own
from registry.skills.rules import LevelScale, level_of
from registry.web.i18n import current_language


class Claimed:
    """The open claims of one record."""

    def __init__(self, own: Own, person: Person) -> None:
        self.own, self.person = own, person
        self.session: Session = own.session
        profile = profile_of(own.session, person, on=own.on, locale=current_language())
        self.lines = profile.card.skills
        self.claims: dict[str, SkillClaim] = {one.public_id: one for one in profile.claims.values()}

    def entry(self) -> Entry:
        """The claims as cards; the version names all of them as they are."""
        names = " ".join(sorted(f"{one.public_id}:{one.version}" for one in self.claims.values()))
        version = hashlib.sha256(names.encode()).hexdigest()[:16]
        cards = [self._card(line) for line in self.lines]
        return Entry("", version, TaskState.DONE, None, values=values_of(cards, ""))

    def _card(self, line: Any) -> Card:
        claim: Any = line.claim
        level = "" if claim.level is None else str(level_of(line.scale or LevelScale.GENERAL, claim.level))
        concept = "" if claim.needs_confirmation else line.code or KEEP_AS_TYPED
        return Card(claim.typed, claim.public_id, True, level if level != "0" else "", concept)

    def write(self, shown: Sequence[Shown]) -> None:
        """Claim what is new, change what changed, end what is not ticked any more."""
        said: dict[str, Any] = {"on": self.own.on, "by": self.own.account.id, "at": self.own.at}
        ticked = [one for one in shown if one.card.on and one.draft_read is not None]
        let_go = {one.card.row for one in shown if not one.card.on}
        for name, claim in self.claims.items():
            if name in let_go:
                operations.close_skill_claim(
                    self.session, self.person, claim, expected_version=claim.version, **said
                )
        for one in ticked:
            claim = self.claims.get(one.card.row)
            draft = self._draft(one, claim)
            if claim is None:
                operations.claim_skill(self.session, self.person, draft, **said)
            else:
                operations.revise_skill_claim(
                    self.session, self.person, claim, draft, expected_version=claim.version, **said
                )

    def _draft(self, one: Shown, claim: SkillClaim | None) -> SkillDraft:
        """What a card says. A text that is kept as it was is not counted once more among the unknown words."""
        read = one.draft_read
        assert read is not None  # noqa: S101 - ticked cards were settled
        if claim is not None and read.skill is None and claim.pending_term_id is not None:
            level = int(one.card.level) if one.card.level else None
            return SkillDraft(
                claim.typed,
                None,
                claim.pending_term_id,
                level,
                claim.since_year,
                claim.needs_confirmation,
                claim.how,
            )
        return skill_draft(self.session, read, since_year=None if claim is None else claim.since_year)
