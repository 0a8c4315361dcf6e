"""What a search is called: options of facets, parts understood, conditions to take away, reasons of one person."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from registry.matching.queries.search import InText, Reason, Sought
from registry.matching.rules import Part, PartKind
from registry.people.forms import words
from registry.people.queries.areas import AREA_FACETS
from registry.people.rules import (
    EvidenceState,
    degree_of_code,
    degree_of_rank,
    field_of_code,
    language_of_code,
)
from registry.people.rules.full_text import Place, TextField
from registry.people.views.claim_words import rank_words, skill_label, skill_words
from registry.places.queries import country_name
from registry.web.i18n import current_language, lazy_gettext
from registry.web.i18n import gettext as _

_l = lazy_gettext
TITLES: Mapping[str, Any] = {
    "skill": _l("Kỹ năng"),
    "field": _l("Lĩnh vực"),
    "degree": _l("Trình độ cao nhất"),
    "title": _l("Học hàm"),
    "language": _l("Ngoại ngữ"),
    "profession": _l("Chuyên môn"),
    "trade": _l("Kỹ năng nghề"),
    "digital": _l("Chuyển đổi số"),
    "ai": _l("Trí tuệ nhân tạo"),
    "residence": _l("Nơi đang ở"),
    "kind": _l("Đối tượng"),
    "evidence": _l("Minh chứng, ít nhất một mục"),
    "availability": _l("Nhận việc"),
    "years": _l("Số năm kinh nghiệm"),
    "unit": _l("Đơn vị giữ hồ sơ"),
    "freshness": _l("Xác nhận còn đúng"),
    "origin": _l("Đợt nhập"),
    "new": _l("Hồ sơ mới"),
    "considered": _l("Loại người đã xem xét"),
    "wanted": _l("Kỹ năng và ngoại ngữ đã gõ"),
}
_AREA = {"any": _l("Có khai"), "rank_3": _l("Từ bậc 3"), "verified": _l("Đã xác minh")}
_WORDS: dict[str, dict[str, Any]] = {
    "kind": {
        **{str(kind): text for kind, text in words.EXPERT.items()},
        **{str(kind): text for kind, text in words.CADRE.items()},
        "overseas": words.OVERSEAS_WORDS,
    },
    "title": {str(title): text for title, text in words.ACADEMIC_TITLE.items()},
    "residence": {"home": _l("Trong nước"), "abroad": _l("Nước ngoài")},
    "evidence": {str(state): text for state, text in words.EVIDENCE.items()},
    "availability": {
        "now": _l("Ngay"),
        "months_3": _l("Trong 3 tháng"),
        "months_6": _l("Trong 6 tháng"),
        "not_available": _l("Không sẵn sàng"),
        "unstated": _l("Chưa nói"),
    },
    "freshness": {
        "months_6": _l("Trong 6 tháng qua"),
        "months_12": _l("Trong 12 tháng qua"),
        "older": _l("Đã hơn 12 tháng"),
        "never": _l("Chưa xác nhận lần nào"),
    },
    **dict.fromkeys(AREA_FACETS, _AREA),
}
_STEPS: Mapping[str, Any] = {
    "exact": _l("đúng tên"),
    "alias": _l("tên gọi khác"),
    "abbreviation": _l("viết tắt"),
    "folded": _l("không dấu"),
    "joined": _l("viết liền"),
    "stripped": _l("bỏ phần chỉ mức"),
    "expanded": _l("viết tắt một phần"),
    "decoded": _l("gõ Telex chưa đổi"),
    "reordered": _l("khác thứ tự từ"),
    "fuzzy": _l("gần giống, có thể gõ nhầm"),
    "former": _l("tên cũ"),
}
_TEXTS: Mapping[TextField, Any] = {
    TextField.HEADLINE: _l("Nghề nghiệp"),
    TextField.SKILL: _l("Kỹ năng đã khai"),
    TextField.POST: _l("Vị trí đã làm"),
    TextField.MAJOR: _l("Chuyên ngành"),
    TextField.CERTIFICATE: _l("Chứng chỉ ngoại ngữ"),
    TextField.SUMMARY: _l("Giới thiệu"),
    TextField.EMPLOYER: _l("Nơi công tác"),
    TextField.WORK_PLACE: _l("Nơi làm việc"),
    TextField.DUTIES: _l("Mô tả công việc"),
    TextField.SCHOOL: _l("Trường"),
    TextField.ACHIEVEMENT: _l("Thành tích"),
    TextField.EXPERTISE: _l("Chuyên môn"),
    TextField.OFFICE: _l("Chức vụ"),
    TextField.PAPER: _l("Minh chứng"),
}


def option_words(facet: str, option: str) -> str:
    """One option of a facet."""
    return _option(facet, option, current_language())


@lru_cache(maxsize=2_048)
def _option(facet: str, option: str, language: str) -> str:
    """The panel names sixty options on every page: each is kept by the language."""
    if facet == "degree":
        return words.term(degree_of_rank(int(option)))
    if facet == "field":
        return words.term(field_of_code(option)) or option
    if facet == "language":
        return words.term(language_of_code(option)) or option
    if facet == "residence" and option not in _WORDS["residence"]:
        return country_name(option, language)
    return str(_WORDS[facet][option])


def part_words(part: Part) -> str:
    """What a part of the box was understood as."""
    meanings: Mapping[PartKind, Callable[[], str]] = {
        PartKind.SKILL: lambda: _wanted_words(part),
        PartKind.LANGUAGE: lambda: _wanted_words(part),
        PartKind.DEGREE: lambda: _degree_words(part),
        PartKind.KIND: lambda: _options_words("kind", part),
        PartKind.EVIDENCE: lambda: _options_words("evidence", part),
        PartKind.AVAILABILITY: lambda: _("nhận việc: %(when)s", when=_options_words("availability", part)),
        PartKind.TITLE: lambda: option_words("title", part.key),
        PartKind.RESIDENCE: lambda: option_words("residence", part.key),
        PartKind.COUNTRY: lambda: _("đang ở %(place)s", place=country_name(part.key, current_language())),
        PartKind.PLACE: lambda: _("đang ở %(place)s", place=_named(part)),
        PartKind.ORIGIN: lambda: _("quê ở %(place)s", place=_named(part)),
        PartKind.YEARS: lambda: years_words(part.rank, part.most),
    }
    return meanings.get(part.kind, lambda: _named(part))()


def _options_words(facet: str, part: Part) -> str:
    return ", ".join(option_words(facet, code) for code in (part.key, *part.also))


def _degree_words(part: Part) -> str:
    degree = degree_of_code(part.key)
    is_general = degree is not None and degree_of_rank(degree.rank) == degree
    return _("%(degree)s trở lên", degree=_named(part)) if is_general else _named(part)


def years_words(least: int | None, most: int | None) -> str:
    """«từ 5 năm», «5–10 năm», «đến 3 năm»."""
    if most is None:
        return _("từ %(least)s năm kinh nghiệm", least=least or 0)
    if not least:
        return _("đến %(most)s năm kinh nghiệm", most=most)
    return _("%(least)s–%(most)s năm kinh nghiệm", least=least, most=most)


def condition_words(sought: Sought, name: str) -> str:
    """A condition by the name the queries give it."""
    kind, _colon, rest = name.partition(":")
    if kind == "part":
        part = next(one for one in sought.search.read.parts if one.mark == rest)
        return part_words(part)
    if kind == "words":
        return rest or sought.search.read.typed
    return str(TITLES[name])


def step_words(how: str) -> str:
    """By which step typed words were understood."""
    return str(_STEPS.get(how, _STEPS["exact"]))


def relation_words(closeness: int) -> str:
    """How a claimed concept stands to the one asked for."""
    if closeness >= 100:
        return _("đúng kỹ năng")
    if closeness >= 90:
        return _("kỹ năng hẹp hơn")
    if closeness >= 80:
        return _("kỹ năng hẹp hơn hai cấp")
    if closeness >= 60:
        return _("kỹ năng rộng hơn")
    return _("kỹ năng liên quan")


def why_words(reasons: list[Reason], in_texts: list[InText]) -> Markup:
    """All reasons in one line, what was found marked."""
    places = [place for one in in_texts for place in one.places]
    language = current_language()
    why = [
        _why(_claim(one), one.where, one.closeness, one.evidence, _named(one.item.part), language)
        for one in reasons
    ]
    told = [*why, *map(_place_words, places)]
    return told[0] if len(told) == 1 else Markup("; ").join(told)


def _place_words(place: Place) -> Markup:
    """«Nơi công tác: … Bưu điện tỉnh …», what was asked for marked."""
    return Markup("{}: ").format(_TEXTS[place.field]) + Markup("").join(
        Markup("<mark>{}</mark>").format(part.text) if part.is_found else escape(part.text)
        for part in place.excerpt
    )


def text_words(found: InText) -> str:
    """Where leftover words stand in a profile."""
    fields = dict.fromkeys(str(_TEXTS[place.field]).lower() for place in found.places)
    return _("Bạn gõ «%(typed)s»: có trong hồ sơ (%(where)s).", typed=found.typed, where=", ".join(fields))


def how_words(reason: Reason) -> str:
    """One reason step by step: what was typed, how it was understood, what the record says, with what proof."""
    part = reason.item.part
    asked = (_wanted_words(part), part.words, part.how)
    said = (_claim(reason), reason.where, reason.closeness, reason.evidence)
    return _how(*said, *asked, current_language())


# The same claims stand on many cards and pages: what is said of them is kept by the language and all it is made of.
_MOST_KEPT = 4_096


@lru_cache(maxsize=_MOST_KEPT)
def _how(
    claim: str,
    where: str,
    closeness: int,
    evidence: EvidenceState | None,
    asked: str,
    typed: str,
    step: str,
    _language: str,
) -> str:
    told = [_("người này có «%(claim)s»", claim=claim)]
    if where == "headline":
        told = [_("nghề nghiệp trong hồ sơ ghi các từ này")]
    elif where == "skill":
        told.append(relation_words(closeness))
    if evidence is not None:
        told.append(str(words.EVIDENCE[evidence]).lower())
    if not typed:
        return _("Bạn chọn «%(asked)s»: %(told)s.", asked=asked, told=", ".join(told))
    return _(
        "Bạn gõ «%(typed)s», hiểu là «%(asked)s» (%(step)s): %(told)s.",
        typed=typed,
        asked=asked,
        step=step_words(step),
        told=", ".join(told),
    )


@lru_cache(maxsize=_MOST_KEPT)
def _why(
    claim: str, where: str, closeness: int, evidence: EvidenceState | None, asked: str, _language: str
) -> Markup:
    marked = Markup("<mark>{}</mark>").format(claim)
    if where == "headline":
        return escape(_("nghề nghiệp ghi")) + Markup(" ") + marked
    found = marked
    if where == "skill" and closeness < 100:
        relation = _("%(relation)s của «%(asked)s»", relation=relation_words(closeness), asked=asked)
        found = marked + Markup(" ") + escape(relation)
    if evidence is not None:
        found += Markup(", ") + escape(str(words.EVIDENCE[evidence]).lower())
    return found


def _claim(reason: Reason) -> str:
    if reason.line is not None:
        return skill_words(reason.line) if reason.line.claim.level else skill_label(reason.line)
    row = reason.language
    if row is not None:
        name = words.term(language_of_code(row.language)) or row.language
        return f"{name}, {rank_words(row.rank)}" if row.rank else name
    return _named(reason.item.part)


def _wanted_words(part: Part) -> str:
    if part.rank is None:
        return _named(part)
    if part.kind is PartKind.LANGUAGE:
        return _("%(name)s từ %(level)s", name=_named(part), level=rank_words(part.rank))
    return _("%(name)s từ bậc %(level)s", name=_named(part), level=part.rank)


def _named(part: Part) -> str:
    return (part.english if current_language() == "en" else "") or part.name


def quoted(typed: Iterable[str]) -> str:
    """Words as they were typed, each in the quotation marks of the language; a phrase comes with marks of its own."""
    return ", ".join(_("«%(words)s»", words=words.strip('"“”«»')) for words in typed)


def name_words(words_typed: str, *, is_like: bool) -> str:
    """That a name holds leftover words, or is like them."""
    if is_like:
        return _("Tên gần giống «%(words)s» (có thể gõ nhầm).", words=words_typed)
    return _("Tên có «%(words)s».", words=words_typed)
