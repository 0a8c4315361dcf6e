"""What the formula is given: a need in ranks and codes, and the facts a person stated. Frozen, pure.

There is no field here for a name, a birth date or age, a sex, an ethnicity, a religion, a party membership,
an origin, a residence, a family, a photo, a school or a nationality: what cannot be passed in cannot matter.
The fairness statement of the page is made from the fields that there are (`fairness`).
"""

from dataclasses import dataclass
from datetime import date

from registry.matching.engine.dates import Moment

PARTS: tuple[str, ...] = ("skills", "experience", "qualification", "availability", "place")
DEFAULT_SHARES = (50, 20, 15, 10, 5)

EVIDENCE_STRENGTH = {"verified": 4, "attached": 3, "self_declared": 2, "expired": 1, "rejected": 0}
"""Evidence states from strong to weak; a claim whose evidence lapsed or was refused stands behind a plain claim."""


# --- the need ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SkillWanted:
    """One skill of a need: concept code, wanted rank 1…6, weight 1…5, and, when essential, the rank that must be met."""

    skill: str
    rank: int
    weight: int
    essential: bool = False
    minimum: int | None = None

    @property
    def must_reach(self) -> int:
        """The rank an essential skill must reach: the stated minimum, else the wanted rank."""
        return self.rank if self.minimum is None else self.minimum


@dataclass(frozen=True, slots=True)
class Field:
    """A field of study or work by its code, with the code of its group. Without a code it stands for the whole group."""

    code: str | None
    group: str | None


@dataclass(frozen=True, slots=True)
class ExperienceWanted:
    """Years of experience (1…15) in a field or a group of fields, or in any when `field` is None."""

    years: int
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class QualificationWanted:
    """An education rank 1…6 and the fields it may be in; no fields means any field."""

    rank: int
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class AvailabilityWanted:
    """The day work starts and the forms of work offered; None and empty ask for nothing."""

    start_on: date | None = None
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlaceWanted:
    """The unit path of the workplace, or remote work."""

    unit_path: str | None = None
    remote: bool = False


@dataclass(frozen=True, slots=True)
class DegreeCondition:
    """Hard: an education of at least this rank (1…6)."""

    rank: int


@dataclass(frozen=True, slots=True)
class FieldCondition:
    """Hard: an education in one of these fields."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class LanguageCondition:
    """Hard: this language at this rank (1…6) or above."""

    language: str
    rank: int


@dataclass(frozen=True, slots=True)
class AvailableCondition:
    """Hard: free for work by this day."""

    by: date


@dataclass(frozen=True, slots=True)
class ScopeCondition:
    """Hard: the record is kept in this administrative unit or below it."""

    unit_path: str


@dataclass(frozen=True, slots=True)
class EvidenceCondition:
    """Hard: the claim that reaches an essential skill has at least this evidence (attached or verified)."""

    state: str


Condition = (
    DegreeCondition
    | FieldCondition
    | LanguageCondition
    | AvailableCondition
    | ScopeCondition
    | EvidenceCondition
)


@dataclass(frozen=True, slots=True)
class NeedSpec:
    """A need as the formula sees it. `shares` are whole numbers in the order of PARTS that sum to 100."""

    public_id: str
    skills: tuple[SkillWanted, ...] = ()
    experience: ExperienceWanted | None = None
    qualification: QualificationWanted | None = None
    availability: AvailabilityWanted | None = None
    place: PlaceWanted | None = None
    conditions: tuple[Condition, ...] = ()
    shares: tuple[int, int, int, int, int] = DEFAULT_SHARES


# --- the person -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SkillClaimed:
    """A claim on a concept. `rank` 0 says «không có», None says the level is not stated."""

    id: int
    skill: str
    rank: int | None
    evidence: str = "self_declared"
    claimed_on: date | None = None
    needs_confirmation: bool = False


@dataclass(frozen=True, slots=True)
class ExperienceHeld:
    """A period of work; a missing field or date is None, a period that goes on has `ongoing`."""

    field: Field | None = None
    start: Moment | None = None
    end: Moment | None = None
    ongoing: bool = False


@dataclass(frozen=True, slots=True)
class EducationHeld:
    """A finished education: rank 1…6 and field, each None when not stated."""

    rank: int | None = None
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class LanguageHeld:
    """A language with its rank 0…6, None when the level is not stated."""

    language: str
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class AvailabilityStated:
    """What the person said about being free: when it was said, whether available at all, from when, in which forms."""

    stated_on: date
    available: bool = True
    free_from: date | None = None
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlacesStated:
    """Where the person said they accept work: units by path, anywhere, or remote work."""

    unit_paths: tuple[str, ...] = ()
    anywhere: bool = False
    remote: bool = False


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """The facts of one person, each stated by or for that person. `unit_path` is where the record is kept."""

    public_id: str
    skills: tuple[SkillClaimed, ...] = ()
    experience: tuple[ExperienceHeld, ...] = ()
    education: tuple[EducationHeld, ...] = ()
    languages: tuple[LanguageHeld, ...] = ()
    availability: AvailabilityStated | None = None
    places: PlacesStated | None = None
    unit_path: str | None = None
