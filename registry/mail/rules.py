"""What a letter may be and when it is tried again. Pure: no database, no clock, no network."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LEASE = timedelta(minutes=2)
"""How long a worker holds the letters it took before another one takes them. It begins none in the second half."""

BATCH = 20
"""How many letters a worker takes at once: a worker that is killed keeps so many waiting for a lease, and no more."""

HOME_ZONE = "Asia/Ho_Chi_Minh"
"""By whose clock letters rest that go to somebody whose clock is not known."""

MOST_ATTEMPTS = 24
"""With the pauses below: about two days, enough for a server that is down over a weekend's night and day."""

LONGEST_PAUSE = timedelta(hours=3)
_FIRST_PAUSE = timedelta(seconds=30)
_MOST_SPREAD = 0.25

KEPT_FOR = timedelta(days=30)
"""How long a letter that could not be sent keeps its words, so that somebody may send it again."""


class LetterState(StrEnum):
    """queued → sending → sent | failed | suppressed, or queued → cancelled; what is being sent under a lease that
    ended is due again."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "suppressed"
    CANCELLED = "cancelled"


class Ending(StrEnum):
    """What came of handing a letter over."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    ADDRESS_REFUSED = "address_refused"
    OFFICE_AWAY = "office_away"
    UNWANTED = "unwanted"


@dataclass(frozen=True)
class Outcome:
    """What came of one try, with a code for the queue page («smtp-450», «timeout»): never what a server wrote,
    which may repeat the address."""

    ending: Ending
    fault: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter to be queued: which one, in which language, to whom, with which values.

    Values are what the product made (links, codes, numbers, the office's name): nothing a stranger typed is sent to
    an address that a stranger typed. After `good_until` it is not sent any more. `account` and `person` are public
    ids of whom it concerns.

    `once` names the occasion: of two letters with one name the second is not queued. It is kept in the clear, so it is
    made of codes and public ids («campaign:ID:STEP:PERSON»). `words` are subject and body of a letter that an office
    wrote itself; there need be no template of its kind then. `unsubscribe` is the whole address of the page that stops
    such letters, for the headers mail programs make a button of. What `is_bulk` waits behind letters somebody waits
    for, and rests in quiet hours by the clock of `zone` (a name of the IANA time zones; empty: Việt Nam).
    `not_before` puts the first try off.
    """

    kind: str
    language: str
    to: str
    values: Mapping[str, str | int] = field(default_factory=dict[str, "str | int"])
    account: str = ""
    person: str = ""
    good_until: datetime | None = None
    once: str = ""
    words: tuple[str, str] | None = None
    unsubscribe: str = ""
    is_bulk: bool = False
    zone: str = ""
    not_before: datetime | None = None


def pause_after(attempts: int, spread: float = 0.0) -> timedelta:
    """How long a letter waits after its n-th try: 30 s, 1 min, 2 min … at most three hours.

    Up to a quarter more by `spread`, from 0 to 1: letters that were put off together shall not come back together.
    """
    pause = min(LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(max(0, attempts - 1), 12))
    return pause * (1 + _MOST_SPREAD * spread)


def spread_of(token: str) -> float:
    """From 0 to 1, as random as the claim it is made of."""
    return int(token[:8], 16) / 0xFFFF_FFFF


@dataclass(frozen=True)
class QuietHours:
    """From when to when bulk rests, by the clock of whoever it goes to; over midnight when `ends` is the earlier."""

    starts: time
    ends: time

    def over_at(self, at: datetime, zone: str = "") -> datetime | None:
        """When a letter may go if it has to rest now; None when it may go. An unknown zone is Việt Nam's."""
        there = at.astimezone(_zone(zone))
        if not self._is_quiet(there.time()):
            return None
        day = there.date() + timedelta(days=1 if there.time() >= self.ends else 0)
        return datetime.combine(day, self.ends, there.tzinfo).astimezone(UTC)

    def _is_quiet(self, clock: time) -> bool:
        if self.starts <= self.ends:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or HOME_ZONE)
    except (KeyError, ValueError, OSError):  # no such zone; the library says so in several ways
        return ZoneInfo(HOME_ZONE)


def one_line(value: str | int) -> str:
    """A value as it may stand in a letter or a header: one line, without control characters."""
    return " ".join("".join(c if _is_printable(c) else " " for c in str(value)).split())


def clean_lines(text: str) -> str:
    """A text of several lines as it may stand in a letter: each line without control characters, none at the end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = ("".join(c if _is_printable(c) else " " for c in line).rstrip() for line in lines)
    return "\n".join(kept).strip("\n") + "\n"


def _is_printable(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def address_key(address: str) -> str:
    """By what two spellings of an address are one, for the list of addresses that refuse letters."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def fault_of_code(code: int) -> str:
    """A reply of a server as the queue page shows it; what is no reply code says nothing."""
    return f"smtp-{code}" if 200 <= code <= 599 else "smtp"


# RFC 3463: 5.7.x speaks of who sends and with which rights, 5.1.x and 5.2.x of the address.
_ABOUT_THE_SENDER = re.compile(rb"^\s*5\.7\.", re.ASCII)


def refusal_of(code: int, words: bytes) -> Outcome:
    """What a reply to «RCPT TO» means: try later, never write there again, or mend the sender."""
    if not 500 <= code <= 599:
        return Outcome(Ending.LATER, fault_of_code(code))
    ours = _ABOUT_THE_SENDER.match(words) is not None
    return Outcome(Ending.REFUSED if ours else Ending.ADDRESS_REFUSED, fault_of_code(code))
