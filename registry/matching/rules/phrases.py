"""Words of queries that are no skills: kinds of people, titles, residence, evidence, years, words that only join, names."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from registry.matching.rules.asked import Part, PartKind
from registry.people.rules import vocabulary
from registry.skills.resolver.spelling import is_lenient_match
from registry.text import accented_key, fold

Keys = tuple[str, ...]

_KINDS: dict[str, tuple[str, ...]] = {
    "expert": ("chuyên gia", "nhà khoa học", "chuyên gia nhà khoa học", "expert"),
    "foreign_expert": ("chuyên gia nước ngoài", "foreign expert"),
    "excellent_graduate": (
        "sinh viên tốt nghiệp xuất sắc", "tốt nghiệp xuất sắc", "sinh viên xuất sắc", "excellent graduate",
    ),
    "young_scientist": ("nhà khoa học trẻ tài năng", "nhà khoa học trẻ", "young scientist"),
    "skilled_worker": ("lao động tay nghề cao", "tay nghề cao", "thợ lành nghề", "skilled worker"),
    "cadre": ("cán bộ",),
    "civil_servant": ("công chức", "civil servant"),
    "public_employee": ("viên chức", "public employee"),
    "overseas": (
        "người Việt Nam ở nước ngoài", "người Việt ở nước ngoài", "người Việt nước ngoài", "Việt kiều", "kiều bào",
        "overseas Vietnamese",
    ),
}  # fmt: skip
_KINDS_TOGETHER = {
    ("cadre", "civil_servant", "public_employee"): (
        "cán bộ công chức viên chức", "cán bộ, công chức, viên chức", "CBCCVC", "cán bộ ccvc",
    ),
    ("civil_servant", "public_employee"): ("công chức viên chức", "CCVC"),
}  # fmt: skip
_TITLES = {
    "associate_professor": ("phó giáo sư", "PGS", "associate professor"),
    "professor": ("giáo sư", "GS", "professor"),
}
_RESIDENCES = {
    "abroad": ("ở nước ngoài", "nước ngoài", "abroad", "overseas"),
    "home": ("trong nước", "ở trong nước", "in Vietnam"),
}
_EVIDENCE = {
    ("verified",): ("đã xác minh", "đã được xác minh", "đã kiểm chứng", "verified"),
    ("attached", "verified"): ("có minh chứng", "có bằng chứng", "with evidence"),
    ("self_declared",): ("tự khai", "self-declared"),
}
_AVAILABILITIES = {
    ("now",): ("nhận việc ngay", "làm việc ngay", "đi làm ngay", "sẵn sàng nhận việc", "available now"),
    ("now", "months_3"): (
        "nhận việc trong 3 tháng",
        "trong 3 tháng",
        "available within 3 months",
        "within 3 months",
    ),
    ("now", "months_3", "months_6"): (
        "nhận việc trong 6 tháng",
        "trong 6 tháng",
        "available within 6 months",
        "within 6 months",
    ),
}
# What fields are called beside their names in the list; one syllable alone may be a given name.
_FIELDS = {
    "714": ("giáo dục", "ngành giáo dục"),
    "738": ("bằng luật", "ngành luật", "luật học"),
    "762": ("nông nghiệp", "ngành nông nghiệp", "agriculture"),
    "772": ("y tế", "ngành y tế", "ngành y"),
}
# Codes of degrees that are no words of anything else when typed in small letters.
_PLAIN_CODES = frozenset(
    {"ths", "th.s", "ts", "phd", "ph.d", "msc", "tskh", "mba", "bscki", "bsckii", "cki", "ckii", "bsnt"}
)
_SHORT = 3
_JOINING = (
    "và", "hoặc", "có", "biết", "ở", "tại", "với", "cần", "tìm", "người", "làm", "ứng viên", "kinh nghiệm", "trình độ",
    "giỏi", "ngành", "về", "chuyên", "chuyên ngành", "tốt nghiệp", "từ", "đang", "là", "các", "những", "quê",
    "and", "or", "with", "in", "from", "for", "the", "of", "who", "knows", "speaking", "living", "degree",
)  # fmt: skip
_JOINING_KEYS = frozenset(map(accented_key, _JOINING))
_JOINING_FOLDED = frozenset(map(fold, _JOINING))
BEFORE_PLACES = frozenset({"o", "tai", "in", "from"})
BEFORE_ORIGINS = frozenset({"que", "goc", "que o", "que quan"})
_SURNAMES = """nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly lo vang giang sung tan lu mua thao ha cao
    dinh doan trinh luong mai to ta quang ca tong ma trieu nong chu chau kieu la lam quach phung thai than truong vi deo
    khang phu cu hang chang ly po lau ngai vuong luu tang van trang"""
SURNAMES = frozenset(_SURNAMES.split())
_MIDDLE_NAMES = """van thi a duc huu ngoc minh thanh xuan quang dinh cong the trong ba kim thu hong my duy anh tuan phuong thuy bich
    hai viet gia quoc khac tien hoang nhu dieu tuyet cam"""
_MIDDLE = frozenset(_MIDDLE_NAMES.split())
# A fourth syllable is left over beside these three, and so belongs to the same name.
_NAME_LENGTH = 3
_YEARS = re.compile(
    r"(?P<lead>tren|hon|it nhat|toi thieu|tu|duoi|khong qua|toi da|over|at least|under)?\s*"
    r"(?P<least>\d{1,2})(?P<plus>\+)?(?:\s*(?:-|den|toi)?\s*(?P<most>\d{1,2}))?\s*(?:nam|years?|yrs?)"
    r"(?:\s*(?:kinh nghiem|kn|cong tac|lam viec|experience|exp|of experience))?"
)
_AT_MOST = frozenset({"duoi", "khong qua", "toi da", "under"})
MOST_YEARS = 60


def joins(key: str) -> bool:
    """Whether these tokens only join others: with their marks or without any, never with other marks ("chuyền")."""
    return key in _JOINING_KEYS or (key.isascii() and fold(key) in _JOINING_FOLDED)


def agrees(typed: Keys, phrase: Keys) -> bool:
    """Whether typed tokens are a phrase: equal, without any marks, or with too few; never with other marks."""
    return len(typed) == len(phrase) and all(map(is_lenient_match, typed, phrase))


def phrase_at(keys: Keys) -> Part | None:
    """The kind of people, title, residence, degree or field these tokens name exactly."""
    found = [part for phrase, part in _by_folded().get(" ".join(map(fold, keys)), ()) if agrees(keys, phrase)]
    return found[0] if found else None


def years_at(keys: Keys) -> Part | None:
    """«5 năm», «trên 5 năm kinh nghiệm», «5-10 năm», «dưới 3 năm»."""
    folded = " ".join(map(fold, keys))
    found = _YEARS.fullmatch(folded)
    if found is None:
        return None
    least, most = int(found["least"]), found["most"] and int(found["most"])
    if found["lead"] in _AT_MOST:
        least, most = 0, least
    if least > MOST_YEARS or (most and (most > MOST_YEARS or most < least)):
        return None
    return Part(PartKind.YEARS, f"{least}-{most or ''}", "", rank=least, most=most or None)


def name_at(keys: Keys) -> bool:
    """Whether these tokens look like the name of a person: a family name, a middle one, a given one."""
    if len(keys) != _NAME_LENGTH:
        return False
    return fold(keys[0]) in SURNAMES and fold(keys[1]) in _MIDDLE and all(key.isalpha() for key in keys)


@cache
def _by_folded() -> Mapping[str, list[tuple[Keys, Part]]]:
    found: dict[str, list[tuple[Keys, Part]]] = {}
    for text, part in (*_named_people(), *_named_studies()):
        key = accented_key(text)
        found.setdefault(fold(key), []).append((tuple(key.split(" ")), part))
    return found


def _named_people() -> Iterator[tuple[str, Part]]:
    """Every way to write a kind of people, a title, where people live, what is proven, when they may begin."""
    for kind, table in (
        (PartKind.KIND, _KINDS),
        (PartKind.TITLE, _TITLES),
        (PartKind.RESIDENCE, _RESIDENCES),
    ):
        for code, texts in table.items():
            yield from ((text, Part(kind, code, texts[0])) for text in texts)
    for kind, together in (
        (PartKind.KIND, _KINDS_TOGETHER),
        (PartKind.EVIDENCE, _EVIDENCE),
        (PartKind.AVAILABILITY, _AVAILABILITIES),
    ):
        for codes, texts in together.items():
            yield from ((text, Part(kind, codes[0], texts[0], also=codes[1:])) for text in texts)


def _named_studies() -> Iterator[tuple[str, Part]]:
    """Every way to write a degree or a field of study; abbreviations only where they are no other word."""
    for degree in vocabulary().degrees:
        part = Part(PartKind.DEGREE, degree.code, degree.vi, english=degree.en, rank=degree.rank)
        for text in (degree.vi, degree.en, *degree.names):
            if len(fold(text)) > _SHORT or fold(text) in _PLAIN_CODES:
                yield text, part
    for field in vocabulary().fields:
        part = Part(PartKind.FIELD, field.code, field.vi, english=field.en)
        yield from ((text, part) for text in (field.vi, field.en, *_FIELDS.get(field.code, ())))
