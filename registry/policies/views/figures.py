"""A figure of a version in words: what it is called and what it says, for comparing it with its source."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry import formats
from registry.policies.forms import words
from registry.policies.models import PolicyVersion
from registry.policies.queries.versions import content_of
from registry.policies.rules.facts import DEGREES
from registry.policies.rules.figures import Figure, FigureKind
from registry.policies.rules.policy import Law, Version
from registry.policies.rules.reading import read_version
from registry.policies.rules.refusals import PolicyRefused
from registry.policies.views import sums
from registry.policies.views.naming import PageNames, page_words, scope_words
from registry.policies.views.telling import STACKING, commitment_words, told
from registry.text import fold
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


class FigureTeller:
    """Says figures of versions; each version is read once."""

    def __init__(self, session: Session, law: Law, on: date) -> None:
        self._law, self._on = law, on
        self._words, self._names = page_words(session), PageNames(session)
        self._read: dict[int, Version | None] = {}

    def tell(self, figure: Figure, version: PolicyVersion) -> tuple[str, str]:
        """(what it is called, what it says)."""
        read_as = self._version(version)
        if read_as is None:
            return figure.key, _("không đọc được")
        group = next((one.title for one in read_as.groups if one.code == figure.group), "")
        name = str(words.FIGURE[figure.kind])
        return f"{group}: {name.lower()}" if group else name, self._says(figure, version, read_as)

    def _version(self, version: PolicyVersion) -> Version | None:
        if version.id not in self._read:
            try:
                self._read[version.id] = read_version(content_of(version))
            except PolicyRefused:
                self._read[version.id] = None
        return self._read[version.id]

    def _says(self, figure: Figure, version: PolicyVersion, read_as: Version) -> str:
        group = next((one for one in read_as.groups if one.code == figure.group), None)
        if figure.kind is FigureKind.DATES:
            return self._dates(version)
        if figure.kind is FigureKind.RULE:
            rule = read_as.common if group is None else group.rule
            return "" if rule is None else self._words.rule(rule, read_as.ladder)
        if figure.kind is FigureKind.BENEFIT:
            return self._benefit(figure, read_as)
        if figure.kind is FigureKind.COMMITMENT and group is not None:
            return commitment_words(group.commitment)
        if figure.kind is FigureKind.REMAINING:
            return _("còn ít nhất %(years)s năm công tác", years=figure.content)
        return self._of_all(figure, read_as)

    def _dates(self, version: PolicyVersion) -> str:
        days = formats.date_range(version.effective_from, version.effective_to, current_language())
        places = ", ".join(scope_words(self._names, version)) or _("chưa rõ địa bàn")
        parts = [_("hiệu lực: %(days)s", days=days), _("địa bàn: %(places)s", places=places)]
        if version.apply_from or version.apply_to:
            window = formats.date_range(version.apply_from, version.apply_to, current_language())
            parts.append(_("nhận hồ sơ: %(days)s", days=window))
        return "; ".join(parts)

    def _benefit(self, figure: Figure, read_as: Version) -> str:
        code = figure.key.rpartition("/")[2]
        benefit = next((one for one in read_as.benefits if one.code == code), None)
        if benefit is None:
            return ""
        said = sums.said(benefit, self._law, self._on)
        amount = "; ".join(f"{name}: {level}" for name, level in said.levels) or said.amount
        sentence = None if benefit.rule is None else self._words.rule(benefit.rule, read_as.ladder)
        rule = "" if sentence is None else _("nếu %(rule)s", rule=sentence)
        told = [one for one in (amount, said.how_often) if one and not _is_said(one, said.text)]
        return ", ".join(filter(None, (said.text, *told, rule)))

    def _of_all(self, figure: Figure, read_as: Version) -> str:
        all_told = told(read_as, self._law, self._words, self._on)
        if figure.kind is FigureKind.REPAYMENT:
            return " ".join(all_told.repayment) or _("không nêu")
        if figure.kind is FigureKind.STACKING:
            return _stacking(figure.content, read_as)
        lines = (
            all_told.modifiers
            if figure.kind is FigureKind.MODIFIER
            else [one for one, _c in all_told.exclusions]
        )
        number = int(figure.key.rpartition("/")[2])
        return lines[number - 1] if number <= len(lines) else ""


def _is_said(words: str, text: str) -> bool:
    """Whether a text says these words already: «500 lần mức lương cơ sở» is not said twice."""
    return f" {fold(words)} " in f" {fold(text)} "


def _stacking(content: Mapping[str, Any], read_as: Version) -> str:
    steps = " < ".join(" = ".join(_(DEGREES[one]) for one in step) for step in read_as.ladder)
    ladder = _("Thang bằng cấp: %(steps)s.", steps=steps) if content.get("ladders") else ""
    return f"{STACKING[read_as.stacking]} {ladder}".strip()
