"""The closed lists of the room: states, legal bases, kinds of people and claims. Pure: plain words, no tables."""

from enum import StrEnum


class PersonState(StrEnum):
    """Where a record stands in the registry; availability and placement are other facts with other histories."""

    DRAFT = "draft"
    PENDING = "pending"
    INCOMPLETE = "incomplete"
    ACTIVE = "active"
    UNREACHABLE = "unreachable"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    ERASED = "erased"


KEPT_STATES = frozenset(
    {
        PersonState.DRAFT,
        PersonState.PENDING,
        PersonState.INCOMPLETE,
        PersonState.ACTIVE,
        PersonState.UNREACHABLE,
    }
)
"""States in which an office still works on the record."""


class LegalBasis(StrEnum):
    """Why the record may be kept: the person agreed, or a law orders it (officials' records)."""

    CONSENT = "consent"
    LAW = "law"


class AuthorKind(StrEnum):
    """Who entered the record."""

    OFFICER = "officer"
    SELF = "self"


class Sex(StrEnum):
    """As stated; never read by scoring."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class DatePrecision(StrEnum):
    """How far a date is known; an unknown month or day is stored as the first."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class NameKind(StrEnum):
    """Names beside the one in use."""

    BIRTH = "birth"
    FORMER = "former"
    COMMON = "common"
    FOREIGN = "foreign"


class IdentityKind(StrEnum):
    """Identity documents: the 12-digit number, the former 9-digit card, a passport."""

    CCCD = "cccd"
    CMND = "cmnd"
    PASSPORT = "passport"


class ContactKind(StrEnum):
    """Ways to reach a person."""

    EMAIL = "email"
    PHONE = "phone"


class ExpertKind(StrEnum):
    """Kinds of expert."""

    EXPERT = "expert"
    FOREIGN_EXPERT = "foreign_expert"
    EXCELLENT_GRADUATE = "excellent_graduate"
    YOUNG_SCIENTIST = "young_scientist"
    SKILLED_WORKER = "skilled_worker"


class CadreKind(StrEnum):
    """Three legal kinds that are never merged: cán bộ, công chức, viên chức."""

    CADRE = "cadre"
    CIVIL_SERVANT = "civil_servant"
    PUBLIC_EMPLOYEE = "public_employee"


class ReturnIntent(StrEnum):
    """The willingness ladder of people abroad, from advice to coming home."""

    REMOTE_ADVICE = "remote_advice"
    SHORT_VISIT = "short_visit"
    PROJECT = "project"
    RETURN = "return"
    UNDECIDED = "undecided"


class RightToStay(StrEnum):
    """On what ground a person lives in the country of residence."""

    CITIZEN = "citizen"
    PERMANENT = "permanent"
    WORK = "work"
    STUDY = "study"
    OTHER = "other"


class AcademicTitle(StrEnum):
    """Professor titles; degrees are another fact."""

    PROFESSOR = "professor"
    ASSOCIATE_PROFESSOR = "associate_professor"


class EvidenceState(StrEnum):
    """Five states that are never mixed in one count."""

    SELF_DECLARED = "self_declared"
    ATTACHED = "attached"
    VERIFIED = "verified"
    REJECTED = "rejected"
    EXPIRED = "expired"


class EvidenceResult(StrEnum):
    """What an officer found."""

    VERIFIED = "verified"
    REJECTED = "rejected"


class VerificationMethod(StrEnum):
    """How evidence was checked. The result of a course is found in the registry itself: no officer chooses it."""

    ORIGINAL_SEEN = "original_seen"
    CERTIFIED_COPY = "certified_copy"
    ISSUER_ASKED = "issuer_asked"
    PUBLIC_REGISTER = "public_register"
    COURSE_RESULT = "course_result"


class AvailabilityState(StrEnum):
    """What the person said about being free; a pause ends by itself."""

    AVAILABLE = "available"
    PAUSED = "paused"
    NOT_AVAILABLE = "not_available"


class WorkForm(StrEnum):
    """Forms of work a person accepts and a need offers; one list for both."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    PART_TIME = "part_time"
    SECONDMENT = "secondment"
    SHORT_STAY = "short_stay"
    REMOTE = "remote"
    ADVICE = "advice"
    TEACHING = "teaching"
    PROJECT = "project"


class PlaceKind(StrEnum):
    """Where the person said they accept work."""

    UNIT = "unit"
    ANYWHERE = "anywhere"
    REMOTE = "remote"


class AffinityKind(StrEnum):
    """Ties to a place."""

    ORIGIN = "origin"
    STUDIED = "studied"
    FAMILY = "family"
    WORKED = "worked"
    MEMBER = "member"


class Willingness(StrEnum):
    """How far somebody would go for a place they are tied to: each step contains those before."""

    ADVISE = "advise"
    VISIT = "visit"
    PROJECT = "project"
    RETURN = "return"


class AchievementKind(StrEnum):
    """Things done that can be shown."""

    AWARD = "award"
    INITIATIVE = "initiative"
    PATENT = "patent"
    PUBLICATION = "publication"
    SCIENTIFIC_TASK = "scientific_task"


class StudyMode(StrEnum):
    """How a degree was studied for."""

    FULL_TIME = "full_time"
    IN_SERVICE = "in_service"
    DISTANCE = "distance"
    TRANSFER = "transfer"
    OTHER = "other"


class Classification(StrEnum):
    """Classification of a degree."""

    EXCELLENT = "excellent"
    VERY_GOOD = "very_good"
    GOOD = "good"
    FAIRLY_GOOD = "fairly_good"
    AVERAGE = "average"


class PairState(StrEnum):
    """What was decided about two records that may be of one person."""

    OPEN = "open"
    DIFFERENT = "different"
    MERGED = "merged"
