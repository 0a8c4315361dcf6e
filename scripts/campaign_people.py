"""The people a campaign is tried on: entered by the office, written to, answering without a browser."""

import re
from datetime import datetime
from email import message_from_bytes, policy
from http.cookiejar import CookieJar
from random import Random
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from sqlalchemy.orm import Session

from registry.app.demonstration.names import vietnamese_name
from registry.campaigns.rules.states import local_day
from registry.consents.rules import Channel, PurposeCode
from registry.people.operations import register_person
from registry.people.rules import (
    ConsentDraft,
    ContactDraft,
    ContactKind,
    LegalBasis,
    PersonDraft,
    SelfDraft,
)

_LINK = re.compile(r"/tra-loi/([A-Za-z0-9_-]{40,})")


class Sink:
    """An SMTP server that keeps what it gets: to whom, which Message-ID, which link."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str, str]] = []
        self.trials: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=policy.default)
        link = _LINK.search(message.get_content())
        if str(message["Subject"]).startswith("[Thử]"):
            self.trials.append(envelope.rcpt_tos[0])
        elif link is not None:  # any other one is about a sign-in
            self.letters.append((envelope.rcpt_tos[0], str(message["Message-ID"]), link.group(1)))
        return "250 OK"

    def people(self) -> set[str]:
        """Whoever got a letter."""
        return {one[0] for one in self.letters}


class Visitor:
    """Somebody with a link and no browser worth the name: keeps cookies and finds the forms."""

    def __init__(self, link: str) -> None:
        self.link = link
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.page = self._get(Request(link))  # noqa: S310 - our own server

    def _get(self, asked: Request) -> str:
        with self.opener.open(asked, timeout=60) as answer:
            return str(answer.read().decode())

    def _post(self, path: str, fields: dict[str, str]) -> None:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.page)
        sent = urlencode({"csrf_token": token.group(1) if token else "", **fields}).encode()
        self.page = self._get(
            Request(self.link + path, data=sent, headers={"Origin": self.link.split("/tra-loi")[0]})  # noqa: S310
        )

    def read_on(self) -> None:
        """Press to read on."""
        self._post("/xem", {})

    def answer(self, said: str) -> None:
        """Answer; who is interested takes the first need."""
        need = re.search(r'name="need" value="([^"]+)"', self.page)
        self._post("", {"answer": said, "need": need.group(1) if need else "", "words": ""})


def enter_people(session: Session, count: int, by: int, at: datetime) -> None:
    """So many made-up people of the office, each with an address and the consents that letters of campaigns need."""
    rng, on = Random(2026), local_day(at)  # noqa: S311 - which made-up names
    wanted = (PurposeCode.REGISTRY, PurposeCode.MATCHING, PurposeCode.CONTACT, PurposeCode.CAMPAIGNS)
    consents = tuple(ConsentDraft(one, at, Channel.PAPER) for one in wanted)
    for number in range(count):
        register_person(
            session,
            PersonDraft(
                self=SelfDraft(vietnamese_name(rng, female=bool(number % 2))),
                legal_basis=LegalBasis.CONSENT,
                unit_path="VN/12/",
                consents=consents,
                contacts=(ContactDraft(ContactKind.EMAIL, f"nguoi-{number}@minhhoa.example"),),
            ),
            by=by,
            at=at,
            on=on,
        )
