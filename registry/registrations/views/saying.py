"""What somebody says about themselves with one button: consents, and being free; in a record or still in drafts."""

from datetime import date
from typing import Protocol

from registry.consents.queries import consent_history, current_notices, standing_purposes
from registry.consents.rules import Channel, PurposeCode
from registry.people import operations
from registry.people.models import Person
from registry.people.rules import AvailabilityDraft, AvailabilityState, add_months, availability_on
from registry.registrations.operations import given_on_screen, said_by_the_person
from registry.registrations.queries import Values
from registry.registrations.rules import Task, TaskState
from registry.registrations.views.answers import Drafts
from registry.registrations.views.own import Own
from registry.web.i18n import current_language


class Saying(Protocol):
    """Saying, wherever it is kept."""

    agreed: frozenset[PurposeCode]
    state: AvailabilityState | None
    paused_until: date | None

    def agree(self, purpose: PurposeCode) -> None:
        """Agree to a purpose in the words in force. Raises AlreadyGiven."""
        ...

    def withdraw(self, purpose: PurposeCode) -> None:
        """Withdraw a consent. Raises NotGiven."""
        ...

    def be(self, state: AvailabilityState, months: int, reason: str) -> None:
        """Pause for so many months (0: until said otherwise), or be free again. Raises EditedMeanwhile."""
        ...


class OfRecord:
    """Said about a record."""

    def __init__(self, own: Own, person: Person) -> None:
        self.own, self.person = own, person
        history = consent_history(own.session, person.id)
        self.agreed = frozenset(standing_purposes(history))
        said = self.statement = operations.current_availability(own.session, person)
        self.state = None if said is None else availability_on(said.state, said.paused_until, own.on)
        self.paused_until = None if said is None else said.paused_until

    def agree(self, purpose: PurposeCode) -> None:
        """Agree in the words of the page."""
        own = self.own
        notices = current_notices(own.session, current_language(), own.on)
        wanted = [one for one in notices if one.purpose.code is purpose]
        operations.give_consent(
            own.session, self.person, given_on_screen(wanted, own.at), by=own.account.id, at=own.at
        )
        said_by_the_person(own.session, self.person)

    def withdraw(self, purpose: PurposeCode) -> None:
        """Withdraw on the screen."""
        own = self.own
        operations.withdraw_consent(
            own.session,
            self.person,
            purpose,
            channel=Channel.SCREEN,
            reason="",
            by=own.account.id,
            at=own.at,
        )
        said_by_the_person(own.session, self.person)

    def be(self, state: AvailabilityState, months: int, reason: str) -> None:
        """A new statement; forms of work and the day to begin stay as they were said."""
        own, before = self.own, self.statement
        draft = AvailabilityDraft(
            stated_on=own.on,
            state=state,
            from_on=None if before is None else before.from_on,
            forms=frozenset() if before is None else before.forms,
            paused_until=_until(own.on, state, months),
            reason=reason,
        )
        operations.set_availability(own.session, self.person, draft, by=own.account.id, at=own.at)


class OfDrafts:
    """Said while an officer still looks: kept with the drafts."""

    def __init__(self, own: Own) -> None:
        self.own, self.drafts = own, Drafts(own)
        ticked = self._values(Task.CONSENT)
        agreed = {PurposeCode(one) for one in ticked.get("purposes", []) if one in set(PurposeCode)}
        if ticked.get("visibility") == ["named"]:
            agreed.add(PurposeCode.CONTACT)
        self.agreed = frozenset(agreed)
        wishes = self._values(Task.WISHES)
        said = (wishes.get("state") or [""])[0]
        self.state = AvailabilityState(said) if said in set(AvailabilityState) else None
        self.paused_until = _day(wishes.get("paused_until", []))

    def agree(self, purpose: PurposeCode) -> None:
        """Tick it."""
        self._keep_consent(self.agreed | {purpose})

    def withdraw(self, purpose: PurposeCode) -> None:
        """Take the tick away."""
        self._keep_consent(self.agreed - {purpose})

    def be(self, state: AvailabilityState, months: int, reason: str) -> None:
        """Say it in the wishes."""
        until = _until(self.own.on, state, months)
        values = self._values(Task.WISHES) | {"state": [state.value], "reason": [reason]}
        values["paused_until"] = [] if until is None else [str(until.day), str(until.month), str(until.year)]
        self._keep(Task.WISHES, values)

    def _keep_consent(self, agreed: frozenset[PurposeCode]) -> None:
        values = self._values(Task.CONSENT)
        values["purposes"] = sorted(one.value for one in agreed if one is not PurposeCode.CONTACT)
        values["visibility"] = ["named" if PurposeCode.CONTACT in agreed else "anonymous"]
        self._keep(Task.CONSENT, values)

    def _values(self, task: Task) -> Values:
        kept = self.drafts.kept(task)
        return dict(kept[0].values) if kept else {}

    def _keep(self, task: Task, values: Values) -> None:
        kept = self.drafts.kept(task)
        self.drafts.keep(task, "", values, kept[0].version if kept else 0, TaskState.DONE)


def saying_of(own: Own) -> Saying:
    """Where this person's word is kept."""
    return OfDrafts(own) if own.person is None else OfRecord(own, own.person)


def _until(on: date, state: AvailabilityState, months: int) -> date | None:
    return add_months(on, months) if state is AvailabilityState.PAUSED and months else None


def _day(parts: list[str]) -> date | None:
    try:
        day, month, year = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        return None
