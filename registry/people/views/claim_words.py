"""What one claim is called where it stands alone: in choices, beside evidence, in the list to verify."""

from collections.abc import Mapping
from functools import lru_cache

from registry.people import queries
from registry.people.forms.words import term
from registry.people.models import Achievement, Education, Experience, LanguageClaim
from registry.people.operations.evidence import Claim
from registry.people.rules import degree_of_code, field_of_code, language_of_code, vocabulary
from registry.people.views.loading import Opened
from registry.skills.rules import LevelScale, level_of
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


def education_words(row: Education) -> str:
    """«Thạc sĩ, Máy tính và công nghệ thông tin»."""
    field = row.major or term(field_of_code(row.field_code or ""))
    return ", ".join(part for part in (term(degree_of_code(row.degree_code)), field) if part) or _("Học vấn")


def language_words(row: LanguageClaim) -> str:
    """«Tiếng Anh, bậc 4 (B2)»."""
    name = term(language_of_code(row.language)) or row.language
    return f"{name}, {rank_words(row.rank)}" if row.rank is not None else name


def rank_words(rank: int) -> str:
    """A rank of the six-level frame."""
    level = next((one for one in vocabulary().language_levels if one.rank == rank), None)
    if level is None:
        return _("không biết")
    return _("bậc %(rank)s (%(cefr)s)", rank=level.rank, cefr=level.cefr)


def skill_words(line: queries.SkillLine) -> str:
    """«Kế toán · bậc 4» on the scale of the concept."""
    return skill_words_in(line, current_language())


def skill_words_in(line: queries.SkillLine, language: str) -> str:
    """The same for whoever says many: `language` is that of the page."""
    name = (line.english if language == "en" else "") or line.label
    level = line.claim.level
    return name if level is None else _levelled(name, level, line.scale or LevelScale.GENERAL, language)


@lru_cache(maxsize=8_192)
def _levelled(name: str, rank: int, scale: LevelScale, _language: str) -> str:
    """A concept with its level: a list says the same of many people, so it is kept by all that it is made of."""
    if rank == 0:
        return _("%(skill)s · không có", skill=name)
    return _("%(skill)s · bậc %(level)s", skill=name, level=level_of(scale, rank))


def skill_label(line: queries.SkillLine) -> str:
    """The concept in the language of the page; what was typed while it has none."""
    return (line.english if current_language() == "en" else "") or line.label


def experience_words(row: Experience) -> str:
    """The title of a post; employers are not part of it, since anonymous profiles hide them."""
    return row.title or _("Kinh nghiệm")


def achievement_words(row: Achievement) -> str:
    """The title of an achievement."""
    return row.title


def claim_choices(opened: Opened) -> Mapping[str, tuple[str, Claim]]:
    """All claims of a record that evidence may support: opaque id → (words, row)."""
    profile = queries.profile_of(opened.session, opened.person, on=opened.on)
    found: dict[str, tuple[str, Claim]] = {}
    for education in profile.education:
        found[education.public_id] = (_("Học vấn: %(what)s", what=education_words(education)), education)
    for line in profile.card.skills:
        claim = profile.claims[line.claim.id]
        found[claim.public_id] = (_("Kỹ năng: %(what)s", what=skill_words(line)), claim)
    for language in profile.languages:
        found[language.public_id] = (_("Ngoại ngữ: %(what)s", what=language_words(language)), language)
    for post in profile.experience:
        found[post.public_id] = (_("Kinh nghiệm: %(what)s", what=experience_words(post)), post)
    for achievement in profile.achievements:
        words = _("Thành tích: %(what)s", what=achievement_words(achievement))
        found[achievement.public_id] = (words, achievement)
    return found


def words_by_link(profile: queries.Profile) -> Mapping[tuple[str, int], str]:
    """(column of the link, row id) → words, to say beside evidence what it supports."""
    found: dict[tuple[str, int], str] = {}
    found |= {("education_id", row.id): education_words(row) for row in profile.education}
    found |= {("experience_id", row.id): experience_words(row) for row in profile.experience}
    found |= {("language_claim_id", row.id): language_words(row) for row in profile.languages}
    found |= {("skill_claim_id", line.claim.id): skill_words(line) for line in profile.card.skills}
    found |= {("achievement_id", row.id): achievement_words(row) for row in profile.achievements}
    return found
