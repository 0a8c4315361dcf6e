"""A person's values on their way in, from a form, a file or a generator: plain, checked, not yet stored. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime

from registry.consents.rules import Channel, PurposeCode
from registry.people.rules.dates import PartialDate
from registry.people.rules.kinds import (
    AcademicTitle,
    AchievementKind,
    AffinityKind,
    AuthorKind,
    AvailabilityState,
    CadreKind,
    Classification,
    ContactKind,
    ExpertKind,
    IdentityKind,
    LegalBasis,
    PersonState,
    PlaceKind,
    ReturnIntent,
    RightToStay,
    Sex,
    StudyMode,
    Willingness,
    WorkForm,
)


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """A place as typed, with the unit it resolved to (id and path), or a country abroad."""

    text: str = ""
    unit_id: int | None = None
    unit_path: str = ""
    country: str | None = None


NO_PLACE = PlaceDraft()


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A contact in its stored form (normalise_contact)."""

    kind: ContactKind
    value: str
    is_preferred: bool = False


@dataclass(frozen=True, slots=True)
class IdentityDraft:
    """An identity number in its stored form (check_identity_number)."""

    kind: IdentityKind
    number: str
    country: str = "VN"
    issued_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class EducationDraft:
    """A course of study."""

    degree_rank: int | None = None
    degree_code: str = ""
    field_code: str | None = None
    major: str = ""
    school: str = ""
    school_country: str | None = None
    started: PartialDate | None = None
    ended: PartialDate | None = None
    is_completed: bool = True
    mode: StudyMode | None = None
    classification: Classification | None = None
    recognition_number: str = ""


@dataclass(frozen=True, slots=True)
class ExperienceDraft:
    """A post or an assignment."""

    title: str = ""
    organisation_text: str = ""
    organisation_id: int | None = None
    field_code: str | None = None
    place: PlaceDraft = NO_PLACE
    started: PartialDate | None = None
    ended: PartialDate | None = None
    is_ongoing: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class LanguageDraft:
    """A language; `rank` None when no level was stated."""

    language: str
    rank: int | None = None
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class SkillDraft:
    """A skill: exactly one of a concept's id and a pending term's id, with the words that were typed."""

    typed: str
    skill_id: int | None = None
    pending_term_id: int | None = None
    level: int | None = None
    since_year: int | None = None
    needs_confirmation: bool = False
    how: str = ""


@dataclass(frozen=True, slots=True)
class AchievementDraft:
    """An award, initiative, patent, publication or task."""

    kind: AchievementKind
    title: str
    level: str = ""
    role: str = ""
    decision_number: str = ""
    doi: str = ""
    when: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class ExpertDraft:
    """The person as an expert."""

    kind: ExpertKind
    academic_title: AcademicTitle | None = None
    expertise: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class CadreDraft:
    """The person as cán bộ, công chức or viên chức."""

    kind: CadreKind
    organisation_id: int | None = None
    organisation_text: str = ""
    office: str = ""
    position: str = ""
    rank_code: str = ""
    rank_name: str = ""
    step: int | None = None
    coefficient_hundredths: int | None = None
    political_theory_rank: int | None = None
    state_management_rank: int | None = None
    recruited_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class OverseasDraft:
    """The person as somebody who lives abroad."""

    country: str
    right_to_stay: RightToStay | None = None
    return_intent: ReturnIntent | None = None
    time_zone: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class AffinityDraft:
    """A tie to a place: what kind, to which place as typed with its unit of today, how far one would go for it."""

    kind: AffinityKind
    place_text: str = ""
    unit_id: int | None = None
    unit_path: str = ""
    organisation_text: str = ""
    note: str = ""
    willingness: Willingness | None = None
    started: PartialDate | None = None
    ended: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class AvailabilityDraft:
    """A statement about being free, made on a day."""

    stated_on: date
    state: AvailabilityState = AvailabilityState.AVAILABLE
    from_on: date | None = None
    forms: frozenset[WorkForm] = frozenset()
    paused_until: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AcceptedPlaceDraft:
    """A place the person said they accept."""

    kind: PlaceKind
    unit_id: int | None = None
    unit_path: str = ""


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """An agreement to one purpose, given at a moment by a channel, to a notice in a language."""

    purpose: PurposeCode
    given_at: datetime
    channel: Channel
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class SelfDraft:
    """Who the person is: the section «Bản thân»."""

    full_name: str
    birth: PartialDate | None = None
    sex: Sex | None = None
    nationalities: tuple[str, ...] = ("VN",)
    origin: PlaceDraft = NO_PLACE
    birthplace: PlaceDraft = NO_PLACE
    residence: PlaceDraft = NO_PLACE
    headline: str = ""
    summary: str = ""
    stated_years: int | None = None


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A whole record. `unit` and `organisation` are the office that keeps it; at least one path is not ""."""

    self: SelfDraft
    legal_basis: LegalBasis
    unit_path: str = ""
    unit_id: int | None = None
    organisation_path: str = ""
    organisation_id: int | None = None
    external_id: str | None = None
    state: PersonState = PersonState.ACTIVE
    author: AuthorKind = AuthorKind.OFFICER
    contacts: tuple[ContactDraft, ...] = ()
    identities: tuple[IdentityDraft, ...] = ()
    experts: tuple[ExpertDraft, ...] = ()
    cadres: tuple[CadreDraft, ...] = ()
    overseas: tuple[OverseasDraft, ...] = ()
    education: tuple[EducationDraft, ...] = ()
    experience: tuple[ExperienceDraft, ...] = ()
    languages: tuple[LanguageDraft, ...] = ()
    skills: tuple[SkillDraft, ...] = ()
    achievements: tuple[AchievementDraft, ...] = ()
    availability: AvailabilityDraft | None = None
    places: tuple[AcceptedPlaceDraft, ...] = ()
    consents: tuple[ConsentDraft, ...] = field(default=())
    submission_key: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """A paper or a link that supports claims."""

    title: str
    reference: str = ""
    issuer: str = ""
    number: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
