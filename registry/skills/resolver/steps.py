"""Steps 5 and 6: the text is a label once something is taken off, read out or put in order.

Each step is a function from the text to what it found; a step answers only with what is a label.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import product

from registry.skills.resolver.frames import is_done_with_it
from registry.skills.resolver.levels import GENERAL, LANGUAGE, TRADE, YEARS, Level
from registry.skills.resolver.naming import Found, named
from registry.skills.resolver.resolution import Context, How
from registry.skills.resolver.spelling import bare, is_lenient_match, text_key, unmarked, without_connectors
from registry.skills.resolver.vocabulary import Label, Vocabulary, bag_of
from registry.skills.resolver.written import Written, without_roles
from registry.text import decode_telex, decode_vni, is_vietnamese_syllable, typed_residue

_MOST_READINGS = 24
_SHORTEST_SURE_ABBREVIATION = 3
_SHORTEST_REORDERED = 3
# A number after three letters may be of another name: SAP2000.
_SHORTEST_WITH_VERSION = 4
# A word is the name of a concept where at least this share of the labels that use it is of that concept.
_LEAST_SHARE = 1 / 3
_VERSION = re.compile(r"(?:v|ver|version|cc)? ?\d{1,4}(?:\.[\dx]{1,3}){0,3}\+?")
_SURE: frozenset[How] = frozenset({"exact", "alias"})


def by_knowledge(written: Written, vocabulary: Vocabulary, context: Context) -> Found | None:
    """Steps 1 to 6: only what is written in labels, however it is written."""
    whole = named(written.key, vocabulary, context)
    if whole is not None:
        return _with_level(whole, written, vocabulary, context)
    unsure: list[Found] = []
    for step in STEPS:
        found = step(written, vocabulary, context)
        if found is not None and found.is_sure:
            return found
        if found is not None:
            unsure.append(found)
    return min(unsure, key=lambda found: len(found.codes), default=None)


def _with_level(whole: Found, written: Written, vocabulary: Vocabulary, context: Context) -> Found:
    """A name that is listed with its level («tiếng Nhật N2»): the level is read where the rest names the same."""
    for rest, level in written.levelled_keys:
        found = named(rest, vocabulary, context)
        # «Xây dựng cơ bản» is no basic building: words are levels only beside the concept's own name or a foreign one.
        is_name = found is not None and (found.how == "exact" or rest.isascii())
        is_measured = level is not None and level.scale in (LANGUAGE, TRADE)
        if found is not None and found.codes == whole.codes and (is_measured or is_name):
            return replace(whole, level=level)
    return whole


def _stripped(written: Written, vocabulary: Vocabulary, context: Context) -> Found | None:
    """The level and role words off; sure only where the rest is exactly a name."""
    first: Found | None = None
    for rest, level in written.shorter:
        found = named(rest, vocabulary, context)
        if found is None:
            continue
        asks = found.asks or not _is_exact_enough(found, rest) or not _level_fits(found, level, vocabulary)
        asks = (
            asks
            or _is_common_word(found, rest, vocabulary)
            or (level is None and _says_more(found, written.key, rest))
        )
        found = replace(found, how="stripped", asks=asks, level=level)
        if found.is_sure:
            return found
        first = first or found
    return first


def _says_more(found: Found, key: str, rest: str) -> bool:
    """Whether what was taken off may change what is meant: what is done with it, or another version of it."""
    before, is_whole, after = f" {key} ".partition(f" {rest} ")
    if not is_whole or _VERSION.fullmatch(after.strip()):
        return found.how != "exact" or len(rest) < _SHORTEST_WITH_VERSION
    return is_done_with_it(before) or is_done_with_it(after)


def _is_exact_enough(found: Found, rest: str) -> bool:
    if found.how == "abbreviation":
        return len(rest) >= _SHORTEST_SURE_ABBREVIATION
    return found.how in _SURE


def _is_common_word(found: Found, rest: str, vocabulary: Vocabulary) -> bool:
    """Whether the rest is one word that names of other concepts use far more: «precision» in «precision engineer»."""
    if found.how != "alias" or " " in rest:
        return False
    return vocabulary.wording.share_of(rest, vocabulary.numbers[found.codes[0]]) < _LEAST_SHARE


def _level_fits(found: Found, level: Level | None, vocabulary: Vocabulary) -> bool:
    """A level of another scale ("Python B2") makes the reading doubtful."""
    if level is None or level.scale in (GENERAL, YEARS):
        return True
    return all(vocabulary.concepts[code].scale == level.scale for code in found.codes)


def _in_parts(written: Written, vocabulary: Vocabulary, context: Context) -> Found | None:
    """A name with its gloss in brackets, or names side by side: sure when all name the same concept."""
    parts = written.parts
    if len(parts) < 2:
        return None
    answers = [_plainly(part, vocabulary, context) for part in parts]
    told = [answer for answer in answers if answer is not None]
    if not told:
        return None
    common = set(told[0].codes).intersection(*(answer.codes for answer in told[1:]))
    if len(common) == 1:
        agreed = Found(tuple(common), "stripped", level=written.level)
        is_part = len(told) < len(answers)
        asks = is_part or _all_ask(told) or not _level_fits(agreed, written.level, vocabulary)
        return replace(agreed, asks=asks, is_part=is_part)
    codes = tuple(dict.fromkeys(code for answer in told for code in answer.codes))
    return Found(codes, "several", True, written.level, is_part=True)


def _all_ask(answers: list[Found]) -> bool:
    return all(answer.asks and answer.is_one for answer in answers)


def _plainly(key: str, vocabulary: Vocabulary, context: Context) -> Found | None:
    """A part as it stands, or, to be asked about, without role words."""
    found = named(key, vocabulary, context)
    if found is not None:
        return found
    shorter = (named(rest, vocabulary, context) for rest in without_roles(key))
    return next((replace(found, asks=True) for found in shorter if found is not None), None)


def _expanded(written: Written, vocabulary: Vocabulary, context: Context) -> Found | None:
    """ "QL dự án" → quản lý dự án, "nuôi tôm CNC" → … công nghệ cao: a reading counts only if it is a label."""
    for place, shorter in enumerate((written.key, *written.without_roles)):
        codes: dict[str, bool] = {}
        for reading in _readings(shorter, vocabulary.expansions):
            found = named(reading, vocabulary, context)
            if found is not None and found.is_one:
                codes[found.codes[0]] = codes.get(found.codes[0], False) or found.how in _SURE
        if codes:
            asks = place > 0 or not any(codes.values())
            return Found(tuple(codes), "expanded", asks)
    return None


def _readings(key: str, expansions: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    tokens = key.split(" ")
    if len(tokens) < 2 or not any(token in expansions for token in tokens):
        return
    options = [(*expansions.get(token, ()), token) for token in tokens]
    for count, chosen in enumerate(product(*options)):
        if count >= _MOST_READINGS:
            return
        reading = " ".join(chosen)
        if reading != key:
            yield reading


def _decoded(written: Written, vocabulary: Vocabulary, context: Context) -> Found | None:
    """Telex or VNI left undecoded; taken only when the decoded text is a label."""
    literally = vocabulary.by_strokes.get(without_connectors(written.key))
    if literally:
        return Found(tuple(dict.fromkeys(vocabulary.labels[at].code for at in literally)), "decoded")
    for typed, level in ((written.key, None), *written.shorter):
        for reading in _undecoded(typed, vocabulary.tokens):
            found = named(text_key(reading), vocabulary, context)
            if found is not None and found.how != "abbreviation":
                return replace(found, how="decoded", level=level)
    return None


def _undecoded(typed: str, known: frozenset[str]) -> Iterator[str]:
    """Every token decoded, and then only those that are no words: "ras" could be "rá" or the name RAS."""
    readings = typed_residue(typed)
    yield from readings
    if readings:
        for decode in (decode_telex, decode_vni):
            tokens = typed.split(" ")
            kept = " ".join([token if token in known else decode(token) or token for token in tokens])
            if kept != typed and kept not in readings:
                yield kept


def _reordered(written: Written, vocabulary: Vocabulary, _context: Context) -> Found | None:
    """The same words in another order: at least three, or set apart by a separator; two foreign ones are asked about."""
    core = without_connectors(written.key)
    typed = core.split(" ")
    asks = len(typed) < _SHORTEST_REORDERED and not written.has_separator
    # «nhân công» and «công nhân» are two words; "management warehouse" is one skill.
    if len(typed) < 2 or (asks and all(map(is_vietnamese_syllable, typed))):
        return None
    labels = [vocabulary.labels[position] for position in vocabulary.by_bag.get(bag_of(unmarked(core)), ())]
    codes = tuple(dict.fromkeys(label.code for label in labels if _is_same_bag(typed, label)))
    return Found(codes, "reordered", asks) if codes else None


def _is_same_bag(typed: list[str], label: Label) -> bool:
    tokens = without_connectors(label.accented).split(" ")
    one = sorted(typed, key=lambda token: (bare(token), token))
    other = sorted(tokens, key=lambda token: (bare(token), token))
    return len(one) == len(other) and all(map(is_lenient_match, one, other))


STEPS: tuple[Callable[[Written, Vocabulary, Context], Found | None], ...] = (
    _stripped,
    _in_parts,
    _expanded,
    _decoded,
    _reordered,
)
