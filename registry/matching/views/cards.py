"""The pieces of the ranking page as values for the templates: cards of people, and the boxes beside them."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import url_for
from markupsafe import Markup, escape

from registry.accounts.rules import Viewer
from registry.formats import number
from registry.matching.engine.facts import Condition, SkillWanted
from registry.matching.engine.fairness import statement
from registry.matching.engine.outcome import How, Match, SkillScore, Verdict
from registry.matching.engine.reasons import Fragment, Sentence, Step, Words, lost_by_part, skill_groups
from registry.matching.engine.rows import match_row
from registry.matching.engine.score import FORMULA_SINCE, FORMULA_VERSION
from registry.matching.queries import Ranked, names_of
from registry.matching.views.asked import Asked
from registry.people.queries import PersonCard
from registry.people.views.cards import card_of
from registry.places.rules import Gazetteer
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

ASKS_SHOWN = 6
SCARCE_SHOWN = 5
_PROVED = frozenset({"attached", "verified"})


def words_for(session: Any, found: Ranked) -> Words:
    """The words of a ranking in the language of the page."""
    locale = current_language()
    return Words(names_of(session, found.concepts, [found.plan.need], locale), _, locale)


def sentence_markup(sentence: Sentence) -> Markup:
    """A sentence with its strong fragments."""
    said = (
        f"<strong>{escape(part.text)}</strong>" if part.strong else escape(part.text) for part in sentence
    )
    return Markup("".join(said))  # noqa: S704 - every text is escaped above


def labelled_row(found: Ranked, match: Match, rank: int | None, words: Words) -> dict[str, Any]:
    """The row of the contract with the names that people read beside the codes."""
    row = match_row(match, rank, words.condition_text)
    for line, one in zip(row["skills"], match.skills, strict=True):
        line.update(_skill_labels(found, one, words))
    return row


def _skill_labels(found: Ranked, one: SkillScore, words: Words) -> dict[str, Any]:
    return {
        "requirement_label": words.names.skill(one.wanted.skill),
        "claim_label": words.names.skill(one.claim) if one.claim else None,
        "scale_max": max(found.concepts.highest_rank(one.wanted.skill), one.wanted.rank),
        "essential_met": None if one.essential is None else one.essential is Verdict.MET,
    }


def who(card: PersonCard, viewer: Viewer, places: Gazetteer, match: Match) -> dict[str, Any]:
    """The person of a card as other lists show them, with the evidence of what earned points here."""
    shown = card_of(card, viewer, places)
    evidence, tag = evidence_of(match)
    return {
        **shown,
        "headline": " · ".join(part for part in (shown["headline"], shown["place"]) if part),
        "evidence": evidence,
        "tags": [*shown["tags"], *([tag] if tag else [])],
    }


def evidence_of(match: Match) -> tuple[str | None, str | None]:
    """One state when all claims that earned points share it, else how many of them are proved: states never mix."""
    states = [one.evidence for one in match.skills if one.points and one.evidence]
    if len(set(states)) == 1:
        return states[0], None
    if not states:
        return None, None
    proved = sum(state in _PROVED for state in states)
    return None, _("%(proved)s trên %(all)s kỹ năng có minh chứng", proved=proved, all=len(states))


def card(
    found: Ranked, match: Match, rank: int | None, words: Words, person: dict[str, Any], asked: Asked
) -> dict[str, Any]:
    """Everything one card shows, short or whole. `person` is what `who` gave."""
    groups = skill_groups(match.skills)
    years = found.years_of(match.person)
    return {
        "row": labelled_row(found, match, rank, words),
        "who": person,
        "lead": sentence_markup(words.lead(match, years)),
        "opening": sentence_markup((_opening(rank), *words.lead(match, years, capital=False))),
        "more_href": url_for(
            "matching.explanation",
            ma=found.need.public_id,
            nguoi=match.person,
            **asked.arguments(**{"tu-diem": None}),
        ),
        "questions": words.questions(match),
        "lifts": words.lifts(match),
        "losses": lost_by_part(match),
        "groups": [
            (_("Đạt"), [words.names.skill(one.wanted.skill) for one in groups.matched]),
            (_("Gần đạt"), [_near(one, words) for one in groups.near]),
            (_("Khai là không có"), [words.names.skill(one.wanted.skill) for one in groups.missing]),
            (_("Chưa khai"), [words.names.skill(one.wanted.skill) for one in groups.unknown]),
        ],
    }


def failed_texts(match: Match, words: Words) -> list[str]:
    """The conditions that exclude somebody, each as what is wrong."""
    return [words.excluded(one.condition) for one in match.conditions if one.key in match.failed]


def _opening(rank: int | None) -> Fragment:
    said = _("Vì sao đứng đầu:") if rank == 1 else _("Vì sao được điểm này:")
    return Fragment(f"{said} ", strong=True)


def _near(one: SkillScore, words: Words) -> str:
    """A near skill names both sides."""
    wanted = words.names.skill(one.wanted.skill)
    if one.claim is None or one.claim == one.wanted.skill:
        return f"{wanted} ({words.skill_loss(one)})"
    return f"{wanted} ← {words.names.skill(one.claim)} ({words.skill_loss(one)})"


def formula(found: Ranked) -> dict[str, Any]:
    """The formula box: shares in force for this need, and what the formula does not read."""
    return {
        "version": FORMULA_VERSION,
        "since": FORMULA_SINCE,
        "shares": [(name, share) for name, share in found.plan.shares.items() if share],
        "statements": [
            statement(_),
            _("Kết quả chỉ để tham khảo. Hội đồng quyết định và ghi rõ lý do."),
        ],
    }


def excluded(found: Ranked, words: Words, asked: Asked) -> list[dict[str, Any]]:
    """Why people are excluded, the most frequent first, each with the page on which that reason is relaxed."""
    counts, relaxations = found.tally.excluded, found.tally.relaxations
    reasons = [
        {
            "text": words.excluded(condition),
            "count": counts[key],
            "relax": relaxations[key],
            "href": url_for(
                "matching.ranking", ma=found.need.public_id, **asked.arguments(noi=[*asked.relaxed, key])
            ),
        }
        for key, condition in found.plan.named_conditions()
        if counts.get(key)
    ]
    return sorted(reasons, key=lambda reason: -reason["count"])


def asks(found: Ranked, words: Words) -> list[Step]:
    """What is most often not known among the people at the head: the sentence, and of how many people."""
    conditions, stated, confirmed = Counter[Condition](), Counter[str](), Counter[str]()
    for row in found.head:
        conditions.update(
            result.condition
            for result in row.conditions
            if result.verdict is Verdict.UNKNOWN and not isinstance(result.condition, SkillWanted)
        )
        stated.update(one.wanted.skill for one in row.skills if one.how is How.NOT_STATED)
        confirmed.update(one.claim or "" for one in row.skills if one.how is How.TO_CONFIRM)
    unknown: Counter[str] = Counter()
    for condition, count in conditions.items():
        unknown[_("chưa rõ điều kiện «%(condition)s»", condition=words.condition(condition))] += count
    for skill, count in stated.items():
        unknown[_("chưa khai «%(skill)s»", skill=words.names.skill(skill))] += count
    for skill, count in confirmed.items():
        unknown[_("chờ xác nhận «%(skill)s»", skill=words.names.skill(skill))] += count
    return [Step(text, count) for text, count in sorted(unknown.items(), key=_by_count)[:ASKS_SHOWN]]


def _by_count(counted: tuple[str, int]) -> tuple[int, str]:
    return (-counted[1], counted[0])


def scarce(found: Ranked, words: Words) -> dict[str, Any]:
    """The wanted skills that fewest ranked people reach, and what one rank less would bring for the scarcest."""
    rarest = sorted(found.supply, key=lambda one: (one.reach, one.wanted.skill))[:SCARCE_SHOWN]
    note = None
    for one in rarest:
        if one.more_one_rank_lower:
            note = _(
                "Nếu hạ %(skill)s xuống bậc %(rank)s, thêm %(more)s người đạt.",
                skill=words.names.skill(one.wanted.skill),
                rank=one.wanted.rank - 1,
                more=one.more_one_rank_lower,
            )
            break
    return {
        "ranked": found.tally.ranked,
        "skills": [
            (
                _("%(skill)s bậc %(rank)s", skill=words.names.skill(one.wanted.skill), rank=one.wanted.rank),
                one.reach,
            )
            for one in rarest
        ],
        "note": note,
        "lower": [
            _(
                "%(skill)s xuống bậc %(rank)s: thêm %(more)s người",
                skill=words.names.skill(one.wanted.skill),
                rank=one.wanted.rank - 1,
                more=number(one.more_one_rank_lower),
            )
            for one in rarest
            if one.more_one_rank_lower
        ],
    }


def trial_words(found: Ranked, words: Words, asked: Asked) -> list[str]:
    """What is tried out, a sentence each."""
    said = [
        _("Bỏ điều kiện bắt buộc: %(condition)s.", condition=text) for text in relaxed_texts(found, words)
    ]
    if asked.shares:
        shares = " – ".join(str(share) for share in asked.shares)
        said.append(_("Tỷ trọng mới: %(shares)s.", shares=shares))
    return said


def conditions_offered(found: Ranked, words: Words) -> list[tuple[str, str, bool]]:
    """Every hard condition as something to relax: its key, what it asks, whether it is relaxed now."""
    return [
        (key, words.condition(one), key in found.plan.relaxed) for key, one in found.plan.named_conditions()
    ]


def relaxed_texts(found: Ranked, words: Words) -> list[str]:
    """The conditions that are left out for once."""
    return [words.condition(one) for key, one in found.plan.named_conditions() if key in found.plan.relaxed]


def waiting_skills(found: Ranked) -> list[Mapping[str, Any]]:
    """Skills of the need whose words name no concept yet: they are not scored, and the page says so."""
    return [
        {"text": row.typed, "essential": row.is_essential}
        for row in found.need.skills
        if row.skill_id is None
    ]
