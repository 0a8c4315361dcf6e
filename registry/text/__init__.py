"""Vietnamese text: one normal form at the border, keys to find by, a key to sort by.

Pure: plain strings in, plain strings out. No database, no settings, no clock.
"""

from registry.text.border import TextRefused, clean, nfc
from registry.text.collation import person_sort_key, sort_key
from registry.text.keyboard import decode_telex, decode_vni, typed_residue
from registry.text.keys import accented_key, fold, label_keys, match_key, syllables
from registry.text.sounds import Sound, sound
from registry.text.syllable import is_vietnamese_syllable, tone_placed

__all__ = [
    "Sound",
    "TextRefused",
    "accented_key",
    "clean",
    "decode_telex",
    "decode_vni",
    "fold",
    "is_vietnamese_syllable",
    "label_keys",
    "match_key",
    "nfc",
    "person_sort_key",
    "sort_key",
    "sound",
    "syllables",
    "tone_placed",
    "typed_residue",
]
