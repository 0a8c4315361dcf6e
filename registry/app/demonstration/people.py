"""Turns a drawn person into a record: plain values with ids, entered through the operations of people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.app.demonstration.drafts import PersonDraft as Drawn
from registry.consents.rules import Channel, PurposeCode
from registry.organisations.models import Organisation
from registry.people import operations
from registry.people import rules as r
from registry.people.models import Evidence, Person, SkillClaim
from registry.places.models import AdministrativeUnit
from registry.skills.models import Skill

_INTENTS = tuple(r.ReturnIntent)
_CADRE_KINDS = tuple(r.CadreKind)
_EXPERT_KINDS = (
    r.ExpertKind.EXPERT,
    r.ExpertKind.EXPERT,
    r.ExpertKind.YOUNG_SCIENTIST,
    r.ExpertKind.SKILLED_WORKER,
)
_PAPERS = ("Hợp đồng lao động", "Chứng chỉ nghề nghiệp", "Xác nhận của đơn vị công tác", "Báo cáo dự án")


@dataclass(frozen=True)
class Keeper:
    """The office of a province that keeps records."""

    unit: AdministrativeUnit
    committee: Organisation
    department: Organisation


def enter_person(
    session: Session,
    drawn: Drawn,
    keepers: Mapping[str, Keeper],
    skills: Mapping[str, Skill],
    *,
    by: int,
    at: datetime,
    on: date,
) -> Person:
    """Register one drawn person with all parts, then attach and check the evidence that was drawn."""
    person = operations.register_person(
        session,
        _record(drawn, keepers, skills, at, on),
        by=by,
        at=at,
        on=on,
        public_id=drawn.public_id,
        code=f"HS-{20000 + drawn.number * 7 + ord(drawn.public_id[0]) % 7}",
    )
    _check_evidence(session, person, drawn, skills, by, at, on)
    return person


def _record(
    drawn: Drawn, keepers: Mapping[str, Keeper], skills: Mapping[str, Skill], at: datetime, on: date
) -> r.PersonDraft:
    keeper = keepers[drawn.keeper]
    return r.PersonDraft(
        self=_self(drawn, keepers),
        legal_basis=r.LegalBasis.LAW if drawn.kind == "cadre" else r.LegalBasis.CONSENT,
        unit_id=keeper.unit.id,
        unit_path=keeper.unit.path,
        organisation_id=keeper.department.id,
        organisation_path=keeper.department.path,
        external_id=f"DEMO-{drawn.number:05d}",
        contacts=(
            r.ContactDraft(r.ContactKind.EMAIL, drawn.email, is_preferred=True),
            r.ContactDraft(r.ContactKind.PHONE, drawn.phone),
        ),
        identities=(r.IdentityDraft(r.IdentityKind.CCCD, drawn.identity),) if drawn.identity else (),
        education=_education(drawn),
        experience=_experience(drawn),
        languages=tuple(r.LanguageDraft(code, rank, paper) for code, rank, paper in drawn.languages),
        skills=tuple(
            r.SkillDraft(
                skills[one.code].vi, skills[one.code].id, level=one.level, since_year=one.since, how="exact"
            )
            for one in drawn.skills
        ),
        availability=_availability(drawn, on),
        places=_accepted(drawn, keepers),
        consents=_consents(drawn, at),
        **_facets(drawn),
    )


def _self(drawn: Drawn, keepers: Mapping[str, Keeper]) -> r.SelfDraft:
    def place(code: str | None) -> r.PlaceDraft:
        if code is None:
            return r.NO_PLACE
        unit = keepers[code].unit
        return r.PlaceDraft(unit.full_name, unit.id, unit.path)

    residence = place(drawn.residence) if drawn.residence else r.PlaceDraft(country=drawn.country)
    return r.SelfDraft(
        full_name=drawn.full_name,
        birth=r.PartialDate(drawn.birth_on.year, drawn.birth_on.month, drawn.birth_on.day),
        sex=r.Sex.FEMALE if drawn.female else r.Sex.MALE,
        nationalities=(drawn.country or "JP",) if drawn.kind == "foreign" else ("VN",),
        origin=place(drawn.origin),
        residence=residence,
        headline=drawn.headline,
    )


def _facets(drawn: Drawn) -> dict[str, Any]:
    since = date(min(drawn.birth_on.year + 26, drawn.stated_on.year), 1, 1)
    if drawn.kind == "cadre":
        kind = _CADRE_KINDS[drawn.number % len(_CADRE_KINDS)]
        office = drawn.jobs[0].employer if drawn.jobs else ""
        return {
            "cadres": (r.CadreDraft(kind, organisation_text=office, office=drawn.headline, valid_from=since),)
        }
    if drawn.kind == "foreign":
        return {"experts": (r.ExpertDraft(r.ExpertKind.FOREIGN_EXPERT, expertise=drawn.career.major),)}
    expert = r.ExpertDraft(_EXPERT_KINDS[drawn.number % len(_EXPERT_KINDS)], expertise=drawn.career.major)
    if drawn.kind == "overseas":
        overseas = r.OverseasDraft(
            drawn.country or "JP",
            r.RightToStay.WORK,
            _INTENTS[drawn.number % len(_INTENTS)],
            valid_from=since,
        )
        return {"experts": (expert,), "overseas": (overseas,)}
    return {"experts": (expert,)}


def _education(drawn: Drawn) -> tuple[r.EducationDraft, ...]:
    return tuple(
        r.EducationDraft(
            degree_rank=one.rank,
            degree_code=_DEGREE_CODES[one.rank],
            field_code=one.field,
            major=one.major,
            school=one.school,
            ended=r.PartialDate(one.year),
        )
        for one in drawn.degrees
    )


_DEGREE_CODES = {1: "SC", 2: "TC", 3: "CD", 4: "DH", 5: "THS", 6: "TS"}


def _experience(drawn: Drawn) -> tuple[r.ExperienceDraft, ...]:
    return tuple(
        r.ExperienceDraft(
            title=one.title,
            organisation_text=one.employer,
            field_code=one.field,
            started=r.PartialDate(*one.start),
            ended=None if one.end is None else r.PartialDate(*one.end),
            is_ongoing=one.end is None,
        )
        for one in drawn.jobs
    )


def _availability(drawn: Drawn, on: date) -> r.AvailabilityDraft | None:
    if drawn.availability == "not_stated":
        return None
    state = r.AvailabilityState(drawn.availability)
    paused = state is r.AvailabilityState.PAUSED
    return r.AvailabilityDraft(
        stated_on=drawn.stated_on,
        state=state,
        from_on=drawn.free_on if state is r.AvailabilityState.AVAILABLE else None,
        forms=frozenset(r.WorkForm(form) for form in drawn.forms),
        paused_until=on + timedelta(days=90) if paused else None,
    )


def _accepted(drawn: Drawn, keepers: Mapping[str, Keeper]) -> tuple[r.AcceptedPlaceDraft, ...]:
    kinds = {"anywhere": r.PlaceKind.ANYWHERE, "remote": r.PlaceKind.REMOTE}
    return tuple(
        r.AcceptedPlaceDraft(kinds[one])
        if one in kinds
        else r.AcceptedPlaceDraft(r.PlaceKind.UNIT, keepers[one].unit.id, keepers[one].unit.path)
        for one in drawn.accepts
    )


def _consents(drawn: Drawn, at: datetime) -> tuple[r.ConsentDraft, ...]:
    if drawn.kind == "cadre":
        return ()
    purposes = [PurposeCode.REGISTRY, PurposeCode.STATISTICS]
    if drawn.matching:
        purposes.append(PurposeCode.MATCHING)
    if drawn.named:
        purposes += [PurposeCode.CONTACT, PurposeCode.CAMPAIGNS]
    channel = Channel.PAPER if drawn.number % 2 else Channel.PHONE
    return tuple(r.ConsentDraft(purpose, at, channel) for purpose in purposes)


def _check_evidence(
    session: Session,
    person: Person,
    drawn: Drawn,
    skills: Mapping[str, Skill],
    by: int,
    at: datetime,
    on: date,
) -> None:
    """One paper for the claims of each evidence state; verified and rejected ones are checked by an officer."""
    states = {skills[one.code].id: one.evidence for one in drawn.skills}
    held = session.scalars(
        select(SkillClaim).where(SkillClaim.person_id == person.id).order_by(SkillClaim.id)
    ).all()
    for number, state in enumerate(("attached", "verified", "rejected")):
        claims = [claim for claim in held if claim.skill_id and states.get(claim.skill_id) == state]
        if not claims:
            continue
        title = _PAPERS[(drawn.number + number) % len(_PAPERS)]
        evidence = operations.attach_evidence(
            session, person, claims, r.EvidenceDraft(title, issued_on=on - timedelta(days=300)), by=by, at=at
        )
        _check(session, person, evidence, state, by, at)


def _check(session: Session, person: Person, evidence: Evidence, state: str, by: int, at: datetime) -> None:
    """The officer's finding; papers that are only attached wait for one."""
    seen = evidence.version
    if state == "verified":
        operations.verify_evidence(
            session,
            person,
            evidence,
            method=r.VerificationMethod.ORIGINAL_SEEN,
            until=None,
            expected_version=seen,
            by=by,
            at=at,
        )
    elif state == "rejected":
        operations.reject_evidence(
            session, person, evidence, reason="Bản chụp không đọc được", expected_version=seen, by=by, at=at
        )
