"""The closed lists of the vocabulary: states, families, sectors, kinds, languages and origins. Pure."""

from enum import StrEnum


class SkillState(StrEnum):
    """Retired and merged concepts stay readable for old claims, needs and frozen rankings."""

    ACTIVE = "active"
    RETIRED = "retired"
    MERGED = "merged"


class SkillFamily(StrEnum):
    """What kind of thing a concept is; the facets of the elite workforce are made of families."""

    PROFESSION = "profession"
    TRADE = "trade"
    TOOL = "tool"
    LANGUAGE = "language"
    STATE_MANAGEMENT = "state_management"
    POLITICAL_THEORY = "political_theory"
    SOFT_SKILL = "soft_skill"


class Sector(StrEnum):
    """The sectors of the vocabulary; also the context in which an ambiguous abbreviation is read."""

    IT = "it"
    HEALTH = "health"
    AGRICULTURE = "agriculture"
    AQUACULTURE = "aquaculture"
    TOURISM = "tourism"
    LAW = "law"
    PUBLIC_ADMIN = "public_admin"
    ENGINEERING = "engineering"
    EDUCATION = "education"
    ENVIRONMENT = "environment"
    FINANCE = "finance"
    LANGUAGE = "language"
    CONSTRUCTION = "construction"
    LOGISTICS = "logistics"
    ENERGY = "energy"
    CULTURE = "culture"
    SCIENCE = "science"
    SOCIAL = "social"
    SOFT_SKILL = "soft_skill"
    BUSINESS = "business"
    CRAFT = "craft"
    SERVICES = "services"
    SPORT = "sport"
    SECURITY = "security"


class LabelKind(StrEnum):
    """Preferred names, other names, and abbreviations (which may need context)."""

    PREFERRED = "preferred"
    ALIAS = "alias"
    ABBREVIATION = "abbreviation"


class LabelLanguage(StrEnum):
    """The language a label is written in."""

    VI = "vi"
    EN = "en"


class LabelOrigin(StrEnum):
    """Where a label comes from; only labels shipped with the product are replaced by an upgrade."""

    CATALOGUE = "catalogue"
    EDITORIAL = "editorial"
    OFFICER = "officer"
    ESCO = "esco"
    ONET = "onet"


SHIPPED_ORIGINS = frozenset({LabelOrigin.CATALOGUE, LabelOrigin.EDITORIAL})


class RelationKind(StrEnum):
    """`broader` leads from a concept to a more general one and has no cycle; `related` goes both ways."""

    BROADER = "broader"
    RELATED = "related"


class PendingState(StrEnum):
    """What became of a text that named no concept."""

    WAITING = "waiting"
    LABELLED = "labelled"
    IGNORED = "ignored"
