"""Reads of purposes, notices and consents."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager

from registry.consents.models import Consent, Notice, Purpose
from registry.consents.rules import ASKED_LATER, PurposeCode


def current_notices(session: Session, language: str, on: date) -> Sequence[Notice]:
    """The notice of every purpose that is valid on a day, in the order in which purposes are asked.

    A purpose without a notice in this language comes with its Vietnamese one; one that is asked about later only, not.
    """
    return [one for one in _current(session, language, on) if one.purpose.code not in ASKED_LATER]


def current_notice(session: Session, purpose: PurposeCode, language: str, on: date) -> Notice | None:
    """The notice of one purpose that is valid on a day."""
    return next((one for one in _current(session, language, on) if one.purpose.code is purpose), None)


def _current(session: Session, language: str, on: date) -> Sequence[Notice]:
    found = session.scalars(
        select(Notice)
        .join(Notice.purpose)
        .options(contains_eager(Notice.purpose))
        .where(
            Notice.language.in_({language, "vi"}),
            Notice.valid_from <= on,
            or_(Notice.valid_to.is_(None), Notice.valid_to >= on),
        )
        .order_by(Purpose.position, Notice.version.desc(), Notice.language)
    ).all()
    best: dict[int, Notice] = {}
    for notice in found:
        kept = best.get(notice.purpose_id)
        if kept is None or (kept.version == notice.version and notice.language == language):
            best[notice.purpose_id] = notice
    return list(best.values())


def standing_consent(session: Session, person_id: int, purpose: PurposeCode) -> Consent | None:
    """The consent to this purpose that was not withdrawn, if there is one."""
    return session.scalar(
        select(Consent)
        .join(Purpose)
        .where(Consent.person_id == person_id, Consent.withdrawn_at.is_(None), Purpose.code == purpose)
    )


def standing_consents(
    session: Session, person_id: int, purposes: Collection[PurposeCode]
) -> Sequence[Consent]:
    """The consents to any of these purposes that were not withdrawn."""
    return session.scalars(
        select(Consent)
        .join(Purpose)
        .where(Consent.person_id == person_id, Consent.withdrawn_at.is_(None), Purpose.code.in_(purposes))
        .order_by(Consent.id)
    ).all()


def consent_history(session: Session, person_id: int) -> Sequence[Consent]:
    """All consents of a person, newest first."""
    return session.scalars(
        select(Consent)
        .where(Consent.person_id == person_id)
        .order_by(Consent.given_at.desc(), Consent.id.desc())
    ).all()


def counts_now(consent: Consent) -> bool:
    """Whether the consent stands and its notice is recent enough to count."""
    return consent.withdrawn_at is None and consent.notice.version >= consent.purpose.counts_from_version


def withdrawn_purposes(consents: Sequence[Consent]) -> Mapping[PurposeCode, datetime]:
    """When each purpose without a consent that stands was last withdrawn."""
    open_ones = {consent.purpose.code for consent in consents if consent.withdrawn_at is None}
    found: dict[PurposeCode, datetime] = {}
    for consent in consents:
        code, at = consent.purpose.code, consent.withdrawn_at
        if at is not None and code not in open_ones:
            found[code] = max(at, found.get(code, at))
    return found


def standing_purposes(consents: Sequence[Consent]) -> Mapping[PurposeCode, Consent]:
    """The consents that count now, by purpose."""
    return {consent.purpose.code: consent for consent in consents if counts_now(consent)}
