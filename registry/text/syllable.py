"""The Vietnamese syllable: which letter sequences are one, and where its tone mark stands.

The tables list every onset and rhyme of the standard spelling; loan spellings are not in them.
"""

import re
import unicodedata
from functools import lru_cache

# Combining marks in the order of the tones: huyền, hỏi, ngã, sắc, nặng.
TONE_MARKS = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
MARK_OF_TONE = {tone: mark for mark, tone in TONE_MARKS.items()}
_STOPPED_TONES = frozenset({4, 5})

_ONSET_TABLE = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYME_TABLE = """
a ac ach ai am an ang anh ao ap at au ay
ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yêm yên yêng yêt yêu
o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
oe oen oeo oet oong ooc ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uô uôc uôi uôm uôn uông uôt uơ
uy uya uych uyên uyêt uyn uynh uyp uyt uyu
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
"""
_TABLE_AFTER_QU = """
a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây
e en eo et ê ên ênh êch êt i ia it ơ ô ôc y ych ynh yt yên yêt yêu yu
"""
ONSETS = frozenset(_ONSET_TABLE.split()) | {""}
RHYMES = frozenset(_RHYME_TABLE.split())
_RHYMES_AFTER_QU = frozenset(_TABLE_AFTER_QU.split())
_RHYMES_AFTER_GI = RHYMES | {"êc", "êm", "ên", "êng", "êt"}
_STOPS = ("c", "ch", "p", "t")
_FRONT = ("e", "ê", "i", "y")

_PLAIN_VOWELS = frozenset("aăâeêioôơuưy")
_MARKED_VOWELS = frozenset("ăâêôơư")
_WORD = re.compile(r"[^\W\d_]+")


def split_tone(syllable: str) -> tuple[str, int]:
    """The NFC letters without tone marks, and the tone 0…5; of several tone marks the last counts."""
    if syllable.isascii():
        return syllable, 0
    tone = 0
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", syllable):
        if char in TONE_MARKS:
            tone = TONE_MARKS[char]
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)), tone


@lru_cache(maxsize=32_768)
def is_vietnamese_syllable(syllable: str) -> bool:
    """Whether the letters and tone are a possible syllable of standard spelling, in any case and tone placement.

    A stopped syllable (ending in c, ch, p, t) must carry sắc or nặng: "cac" is not one, "các" is.
    """
    letters, tone = split_tone(syllable.casefold())
    rhyme = _rhyme_of(letters)
    return rhyme is not None and (tone in _STOPPED_TONES or not rhyme.endswith(_STOPS))


@lru_cache(maxsize=32_768)
def _rhyme_of(letters: str) -> str | None:
    for length in (3, 2, 1, 0):
        onset, rhyme = letters[:length], letters[length:]
        if len(onset) == length and onset in ONSETS and rhyme and _fits(onset, rhyme):
            return rhyme
    return None


def _fits(onset: str, rhyme: str) -> bool:
    if onset == "qu":
        return rhyme in _RHYMES_AFTER_QU
    if onset == "gi":
        return rhyme in _RHYMES_AFTER_GI
    front = rhyme.startswith(_FRONT)
    if onset in ("k", "gh", "ngh") and not front:
        return False
    if onset in ("c", "ng") and front:
        return False
    # "g" stands before i in "gì", "gìn", "giếng"; before e and ê the spelling is "gh".
    if onset == "g" and rhyme.startswith(("e", "ê", "y")):
        return False
    return rhyme in RHYMES


def tone_placed(text: str) -> str:
    """The text with every tone mark where the older school puts it: "hoà" → "hòa", "thuỷ" → "thủy", "qúy" → "quý".

    Words that are no Vietnamese syllable, and the case of letters, stay as they are; the result is NFC.
    """
    text = unicodedata.normalize("NFC", text)
    return text if text.isascii() else _WORD.sub(lambda found: _placed(found.group()), text)


@lru_cache(maxsize=32_768)
def _placed(word: str) -> str:
    letters, tone = split_tone(word)
    folded = letters.casefold()
    if tone == 0 or len(folded) != len(letters) or not is_vietnamese_syllable(word):
        return word
    at = _tone_position(folded)
    return unicodedata.normalize("NFC", letters[: at + 1] + MARK_OF_TONE[tone] + letters[at + 1 :])


def _tone_position(letters: str) -> int:
    """Index of the letter that bears the tone in a syllable without tone."""
    rhyme = _rhyme_of(letters) or letters
    start = len(letters) - len(rhyme)
    vowels = [i for i in range(start, len(letters)) if letters[i] in _PLAIN_VOWELS]
    marked = [i for i in vowels if letters[i] in _MARKED_VOWELS]
    if marked:
        return marked[-1]
    if len(vowels) == 1:
        return vowels[0]
    if vowels[-1] != len(letters) - 1:
        return vowels[-1]
    return vowels[1] if len(vowels) > 2 else vowels[0]
