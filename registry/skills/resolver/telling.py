"""An answer of the resolver as plain values, for programs: the command and the API tell the same. Pure."""

from typing import Any

from registry.skills.resolver.resolution import Resolution
from registry.skills.resolver.vocabulary import Vocabulary


def as_json(line: str, answer: Resolution, words: Vocabulary) -> dict[str, Any]:
    """The answer in the keys programs rely on; `score` and `margin` are 0…100."""
    concept = None if answer.skill is None else words.concepts[answer.skill]
    level = answer.level
    return {
        "input": line,
        "skill": answer.skill,
        "vi": None if concept is None else concept.vi,
        "en": None if concept is None else concept.en,
        "how": answer.how,
        "score": answer.score,
        "margin": answer.margin,
        "level": None if level is None else {"text": level.text, "scale": level.scale, "rank": level.rank},
        "needs_confirmation": answer.needs_confirmation,
        "candidates": [
            {"skill": candidate.skill, "vi": candidate.vi, "score": candidate.score}
            for candidate in answer.candidates
        ],
    }
