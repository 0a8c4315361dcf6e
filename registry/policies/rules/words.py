"""Conditions as Vietnamese sentences, for the composer, the pages and the command line. Pure.

Sentences go through `translate`, so that pages for persons can be in English; names of units, countries and fields
of study come from `Names`, since they are rows of other rooms.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from registry.policies.rules.conditions import AllOf, AnyOf, AsOf, Leaf, Not, Rule
from registry.policies.rules.facts import (
    AREAS,
    AWARDS,
    EXPERIENCES,
    LANGUAGES,
    NO_RULE,
    PROFESSIONAL_DEGREES,
    WORKPLACES,
    YEARLY_LIST,
    Fact,
    FactKind,
    fact_of,
)

Translate = Callable[[str], str]
Ladder = tuple[tuple[str, ...], ...]


def N_(sentence: str) -> str:  # noqa: N802 - what the collection of sentences looks for
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return sentence


class Names(Protocol):
    """Names of what conditions speak of by code."""

    def unit(self, code: str) -> str:
        """An administrative unit «code@as_of»."""
        ...

    def country(self, code: str) -> str:
        """A country by its code of two letters."""
        ...

    def field(self, code: str) -> str:
        """A field of study by its code."""
        ...


class Codes:
    """No names known: codes stand for themselves."""

    def unit(self, code: str) -> str:
        """The code."""
        return code

    def country(self, code: str) -> str:
        """The code, but for the country everybody knows."""
        return "Việt Nam" if code == "VN" else code

    def field(self, code: str) -> str:
        """The code."""
        return code


_AGE = {
    ">=": N_("Từ %(n)s tuổi trở lên"),
    "<=": N_("Không quá %(n)s tuổi"),
    ">": N_("Trên %(n)s tuổi"),
    "<": N_("Dưới %(n)s tuổi"),
    "=": N_("Đúng %(n)s tuổi"),
    "!=": N_("Khác %(n)s tuổi"),
}
_COUNT = {
    ">=": N_("ít nhất %(n)s"),
    "<=": N_("nhiều nhất %(n)s"),
    ">": N_("trên %(n)s"),
    "<": N_("dưới %(n)s"),
    "=": N_("đúng %(n)s"),
    "!=": N_("khác %(n)s"),
}
_STEP = {
    ">=": N_("%(what)s trở lên"),
    "<=": N_("%(what)s trở xuống"),
    ">": N_("trên %(what)s"),
    "<": N_("dưới %(what)s"),
    "=": "%(what)s",
    "!=": N_("không phải %(what)s"),
    "in": "%(what)s",
    "has_any": "%(what)s",
}
_YES_NO: Mapping[str, tuple[str, str]] = {
    "worked_here_before": (N_("Đã từng làm việc tại nơi tuyển"), N_("Chưa từng làm việc tại nơi tuyển")),
    "owns_home_in_province": (N_("Đã có nhà ở trong tỉnh"), N_("Chưa có nhà ở trong tỉnh")),
    "patent_applied": (N_("Có sáng chế đã được áp dụng"), N_("Không có sáng chế đã được áp dụng")),
    "outstanding_work": (
        N_("Có công trình xuất sắc được ứng dụng hoặc được giải thưởng"),
        N_("Không có công trình xuất sắc được ứng dụng hoặc được giải thưởng"),
    ),
    "works_at_foreign_rnd": (
        N_("Đang làm tại cơ sở nghiên cứu nước ngoài có uy tín"),
        N_("Không làm tại cơ sở nghiên cứu nước ngoài có uy tín"),
    ),
    "recognised_talent": (
        N_("Đã được công nhận là người có tài năng"),
        N_("Chưa được công nhận là người có tài năng"),
    ),
    "training:abroad": (N_("Học ở nước ngoài"), N_("Học trong nước")),
}
_NUMBERS: Mapping[str, str] = {
    "remaining_working_years": N_("Còn %(count)s năm công tác"),
    "led_programmes": N_("Đã chủ trì %(count)s chương trình, dự án"),
    "training:months": N_("Thời gian đào tạo %(count)s tháng"),
}
_CODES: Mapping[str, str] = {
    "degree_rank": N_("Có bằng %(what)s"),
    "academic_title": N_("Có chức danh %(what)s"),
    "professional_degree": N_("Có bằng %(what)s"),
    "classification": N_("Tốt nghiệp loại %(what)s"),
    "study_mode": N_("Học hình thức %(what)s"),
    "field_code": N_("Ngành đào tạo thuộc %(what)s"),
    "gender": N_("Giới tính: %(what)s"),
    "nationality": N_("Có quốc tịch %(what)s"),
    "residence_country": N_("Nơi cư trú: %(what)s"),
    "origin_unit": N_("Quê quán: %(what)s"),
    "current_employer_unit": N_("Đang công tác tại địa bàn: %(what)s"),
    "workplace_kind": N_("Nơi làm việc thuộc loại %(what)s"),
    "workplace_area": N_("Nơi làm việc ở địa bàn: %(what)s"),
    "award": N_("Đạt danh hiệu, giải thưởng: %(what)s"),
    "initiative": N_("Có sáng kiến được công nhận %(what)s"),
    "application_purpose": N_("Hồ sơ theo diện %(what)s"),
    "training:kind": N_("Đi học trình độ %(what)s"),
    "wage_region": N_("Vùng lương tối thiểu: %(what)s"),
}
_OWN_WORDS: Mapping[str, Mapping[str, str]] = {
    "professional_degree": PROFESSIONAL_DEGREES,
    "award": AWARDS,
    "workplace_kind": WORKPLACES,
    "workplace_area": AREAS,
}
EVIDENCE: Mapping[str, str] = {
    "foreign_degree_recognition": N_("công nhận văn bằng nước ngoài"),
    "degree": N_("văn bằng"),
    "identity": N_("giấy tờ tùy thân"),
    "employment": N_("xác nhận quá trình công tác"),
    "award": N_("quyết định khen thưởng, công nhận"),
    "language": N_("chứng chỉ ngoại ngữ"),
}


class Words:
    """Says conditions in one language and with one set of names."""

    def __init__(self, names: Names | None = None, translate: Translate = str) -> None:
        self._names: Names = names or Codes()
        self._translate = translate

    def rule(self, rule: Rule, ladder: Ladder = ()) -> str:
        """A whole rule in one sentence, branches in brackets; `ladder` as for `condition`."""
        match rule:
            case Leaf():
                return rule.text or self.condition(rule, ladder)
            case Not(part):
                return f"{self._translate(N_('không phải'))} ({self.rule(part, ladder)})"
            case AllOf(parts):
                return self._joined(parts, self._translate(N_("và")), ladder)
            case AnyOf(parts):
                return self._joined(parts, self._translate(N_("hoặc")), ladder)

    def _joined(self, parts: tuple[Rule, ...], word: str, ladder: Ladder) -> str:
        said = [
            self.rule(one, ladder) if isinstance(one, Leaf) else f"({self.rule(one, ladder)})"
            for one in parts
        ]
        return f" {word} ".join(said)

    def condition(self, leaf: Leaf, ladder: Ladder = ()) -> str:
        """One condition: «Có bằng Tiến sĩ trở lên», «Dưới 35 tuổi vào ngày nộp hồ sơ».

        `ladder`: the policy's own, to say what it holds equal («Tiến sĩ hoặc tương đương: Chuyên khoa II»).
        """
        if leaf.fact == NO_RULE:
            return self._translate(N_("Văn bản chưa nêu điều kiện"))
        if leaf.fact == YEARLY_LIST:
            return self._translate(N_("Ngành đào tạo thuộc danh mục của năm quyết định"))
        fact = fact_of(leaf.fact, leaf.of)
        if fact is None:
            return leaf.name
        if fact.kind is FactKind.YES_NO:
            yes, no = _YES_NO[fact.key]
            return self._translate(yes if leaf.value == (leaf.op == "=") else no)
        if fact.kind is FactKind.NUMBER:
            return self._number(leaf, fact)
        if fact.kind is FactKind.RANKING:
            return self._ranking(leaf)
        return self._code(leaf, fact, ladder)

    def _number(self, leaf: Leaf, fact: Fact) -> str:
        _ = self._translate
        if fact.key == "age_on":
            day = _("vào ngày nộp hồ sơ") if leaf.as_of is AsOf.APPLY else _("vào ngày quyết định")
            return f"{_(_AGE[leaf.op]) % {'n': leaf.value}} {day}"
        if fact.key == "language_level":
            language = _(LANGUAGES.get(leaf.of or "", leaf.of or ""))
            level = _(_STEP[leaf.op]) % {"what": _("bậc %(n)s") % {"n": leaf.value}}
            return f"{_first_upper(language)} {level}"
        count = _(_COUNT[leaf.op]) % {"n": leaf.value}
        if fact.key == "years_experience":
            kind = _(EXPERIENCES.get(leaf.of or "", leaf.of or ""))
            return _("Có %(count)s năm %(kind)s") % {"count": count, "kind": kind}
        return _(_NUMBERS[fact.key]) % {"count": count}

    def _ranking(self, leaf: Leaf) -> str:
        _ = self._translate
        if leaf.op == "<=":
            said = _("Trường trong %(n)s hạng đầu") % {"n": leaf.value}
        else:
            said = _("Hạng của trường %(count)s") % {"count": _(_COUNT[leaf.op]) % {"n": leaf.value}}
        return f"{said} ({leaf.of})" if leaf.of else said

    def _code(self, leaf: Leaf, fact: Fact, ladder: Ladder) -> str:
        _ = self._translate
        values = leaf.value if isinstance(leaf.value, tuple) else (str(leaf.value),)
        what = f" {_('hoặc')} ".join(self.code(fact, one) for one in values)
        if fact.kind is FactKind.LADDER and leaf.op != "has_any":
            equal = [
                self.code(fact, one)
                for step in ladder
                if leaf.value in step
                for one in step
                if one != leaf.value
            ]
            if equal:
                what = _("%(what)s hoặc tương đương (%(equal)s)") % {"what": what, "equal": ", ".join(equal)}
        return _(_CODES[fact.key]) % {"what": _(_STEP[leaf.op]) % {"what": what}}

    def code(self, fact: Fact, code: str) -> str:
        """One value of a fact."""
        if fact.kind is FactKind.UNIT:
            return self._names.unit(code)
        if fact.kind is FactKind.FIELDS:
            return self._names.field(code)
        if fact.key in ("nationality", "residence_country"):
            return self._names.country(code)
        return self._translate(_OWN_WORDS.get(fact.key, fact.values).get(code, code))

    def paper(self, kind: str) -> str:
        """A kind of evidence a condition asks for."""
        return self._translate(EVIDENCE.get(kind, kind))

    def lacking(self, leaf: Leaf, text: str, *, is_unknown: bool, is_reversed: bool) -> str:
        """What would have to come: «thiếu: công nhận văn bằng nước ngoài», «cần: Có bằng Tiến sĩ trở lên»."""
        _ = self._translate
        if is_unknown and leaf.evidence:
            return _("thiếu: %(what)s") % {"what": self.paper(leaf.evidence)}
        if is_unknown and is_reversed:
            return _("chưa biết có vướng: %(what)s") % {"what": text}
        if is_unknown:
            return _("chưa biết: %(what)s") % {"what": text}
        if is_reversed:
            return _("vướng: %(what)s") % {"what": text}
        return _("cần: %(what)s") % {"what": text}


def _first_upper(said: str) -> str:
    return said[:1].upper() + said[1:]
