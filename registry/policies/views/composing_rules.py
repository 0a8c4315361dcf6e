"""The conditions of a draft as sentences: one page for each rule, one form for each condition."""

from dataclasses import dataclass
from typing import Any, cast

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.policies.forms.conditions import (
    SOURCES,
    ConditionForm,
    composable,
    condition_form,
    fact_named,
    fact_of_row,
)
from registry.policies.queries.versions import content_of
from registry.policies.rules import data_edits, tree_edits
from registry.policies.rules.conditions import AsOf, Leaf
from registry.policies.rules.data_edits import Data, Row, RuleOf, Seat
from registry.policies.rules.facts import Fact, FactKind
from registry.policies.rules.words import Words
from registry.policies.views.blueprint import Opened, bp, not_possible, opened_version
from registry.policies.views.composing import (
    compose_url,
    found_or_404,
    is_draft,
    look_for_units,
    mark,
    rule_url,
    saved,
)
from registry.policies.views.naming import countries, page_words
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


def leaf_of(row: Row) -> Leaf:
    """A stored condition as the engine reads it."""
    value: Any = row["value"]
    return Leaf(
        fact=row["fact"],
        op=row["op"],
        value=_frozen(value),
        of=row.get("of"),
        as_of=AsOf(row.get("as_of") or "decide"),
        clause=row.get("clause") or "",
        evidence=row.get("evidence") or "",
        text=row.get("text") or "",
    )


def _frozen(value: Any) -> Any:
    if type(value) is not list:
        return value
    return tuple(cast("list[str]", value))


class Sentences:
    """Rules of a draft in words, with the policy's own ladder."""

    def __init__(self, words: Words, data: Row) -> None:
        self._words = words
        ladders: Row = data.get("ladders") or {}
        steps: list[list[str]] = ladders.get("degree") or []
        self._ladder = tuple(tuple(step) for step in steps)

    def condition(self, row: Row) -> str:
        """One condition, without its clause."""
        leaf = leaf_of(row)
        return leaf.text or self._words.condition(leaf, self._ladder)

    def rule(self, rule: Row | None) -> str:
        """«Có bằng Thạc sĩ trở lên VÀ Không quá 40 tuổi … — Điều 3 khoản 2»."""
        if rule is None:
            return ""
        return self._said(rule, is_inner=False)

    def _said(self, rule: Row, *, is_inner: bool) -> str:
        branch, parts = tree_edits.branch_of(rule), tree_edits.parts_of(rule)
        if not branch:
            clause = rule.get("clause")
            return self.condition(rule) + (f" — {clause}" if clause else "")
        if branch == "not":
            return _("KHÔNG (%(what)s)", what=self._said(parts[0], is_inner=False))
        word = _("VÀ") if branch == "all" else _("HOẶC")
        said = f" {word} ".join(self._said(one, is_inner=True) for one in parts)
        return f"({said})" if is_inner and len(parts) > 1 else said

    def tree(self, rule: Row, path: tree_edits.Path = (), *, count: int = 1) -> dict[str, Any]:
        """The rule as its page shows it: each part with its path and what can be done with it."""
        branch, parts = tree_edits.branch_of(rule), tree_edits.parts_of(rule)
        here = path[-1] if path else 0
        return {
            "path": tree_edits.write_path(path),
            "join": branch,
            "text": "" if branch else self.condition(rule),
            "clause": rule.get("clause") or "",
            "paper": self._words.paper(rule["evidence"]) if rule.get("evidence") else "",
            "parts": [self.tree(one, (*path, n), count=len(parts)) for n, one in enumerate(parts)],
            "may_rise": bool(path) and here > 0,
            "may_sink": bool(path) and here < count - 1,
        }

    def yes_no(self, fact: Fact) -> tuple[str, str]:
        """The sentences of a fact that is or is not."""
        if fact.kind is not FactKind.YES_NO:
            return "", ""
        key, _colon, of = fact.key.partition(":")
        yes, no = (self._words.condition(Leaf(key, "=", value, of=of or None)) for value in (True, False))
        return yes, no


@dataclass(frozen=True)
class Spot:
    """Where on a draft a condition is written: the rule, and the path in it; a new one or one that stands."""

    seat: Seat
    path: tree_edits.Path
    is_new: bool

    @classmethod
    def asked(cls) -> "Spot":
        """From the address. Raises NotVisible."""
        seat = found_or_404(Seat.read, request.args.get("noi", str(Seat(RuleOf.COMMON))))
        path = found_or_404(tree_edits.read_path, request.args.get("o", ""))
        return cls(seat, path, request.args.get("viec", "them") == "them")

    def row(self, data: Row) -> Row | None:
        """The condition that stands there; none for a new one, and where none stands any more."""
        rule = found_or_404(data_edits.rule_at, data, self.seat)
        if self.is_new or rule is None:
            return None
        try:
            row = tree_edits.node_at(rule, self.path)
        except LookupError:
            return None
        return None if tree_edits.branch_of(row) else row

    def written(self, data: Data, fact: Fact, row: Row) -> Data:
        """The draft with the condition; where its place is gone by now, at the end of the rule."""
        rule = data_edits.rule_at(data, self.seat)
        there = self.row(data)
        if rule is not None and there is not None and fact_of_row(there) == fact:
            return data_edits.with_rule(data, self.seat, tree_edits.replaced(rule, self.path, row))
        try:
            then = tree_edits.added(rule, self.path if self.is_new else (), row)
        except LookupError:
            then = tree_edits.added(rule, (), row)
        return data_edits.with_rule(data, self.seat, then)


def seat_words(data: Row, seat: Seat) -> str:
    """What a rule belongs to."""
    if seat.of is RuleOf.COMMON:
        return _("Điều kiện chung của mọi nhóm")
    if seat.of is RuleOf.GROUP:
        return _("Nhóm: %(title)s", title=data_edits.group_of(data, seat.name)["title"])
    if seat.of is RuleOf.BENEFIT:
        return _("Khoản: %(text)s", text=data_edits.benefit_of(data, seat.name)["text"])
    if seat.of is RuleOf.EXCLUSION:
        return _("Loại trừ %(number)s", number=seat.name)
    return _("Mức tăng thêm %(number)s", number=seat.name)


@bp.get("/chinh-sach/quan-tri/<ma>/<ban>/dieu-kien")
@require(Permission.POLICIES_WRITE)
def compose_rule(ma: str, ban: str) -> ResponseReturnValue:
    """One rule: its sentence, and each part with what can be done with it."""
    opened = opened_version(ma, ban)
    if not is_draft(opened):
        return not_possible(opened)
    seat, data = (
        found_or_404(Seat.read, request.args.get("noi", str(Seat(RuleOf.COMMON)))),
        content_of(opened.version),
    )
    rule = found_or_404(data_edits.rule_at, data, seat)
    said = Sentences(page_words(opened.session), data)
    return render_template(
        "policies/rule.html",
        version=opened.version,
        code=opened.ma,
        seat=str(seat),
        heading=seat_words(data, seat),
        sentence=said.rule(rule),
        tree=None if rule is None else said.tree(rule),
        seen=mark(rule),
        back=compose_url(opened),
    )


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/dieu-kien/o", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def compose_condition(ma: str, ban: str) -> ResponseReturnValue:
    """One condition: a new one about a fact that was chosen, or one that stands."""
    opened = opened_version(ma, ban)
    if not is_draft(opened):
        return not_possible(opened)
    spot = Spot.asked()
    fact = fact_asked(spot.row(content_of(opened.version)))
    if fact is None and spot.is_new:
        return choose_fact(
            opened, seat_words(content_of(opened.version), spot.seat), rule_url(opened, spot.seat)
        )
    if fact is None:
        raise NotVisible
    form = opened_form(opened, fact, spot.row(content_of(opened.version)))

    def page(now: Opened) -> str:
        return condition_page(now, form, fact, spot)

    if request.method != "POST":
        return page(opened)
    return saved(
        opened,
        form,
        stored=lambda now: opened_form(now, fact, spot.row(content_of(now.version)), formdata=None),
        write=lambda data: spot.written(data, fact, form.row()),
        page=page,
        said=_("Đã thêm điều kiện.") if spot.is_new else _("Đã sửa điều kiện."),
        back=rule_url(opened, spot.seat),
    )


def fact_asked(row: Row | None) -> Fact | None:
    """The fact of the address, else the one a stored condition is about."""
    name = request.args.get("du-kien")
    if name is None:
        return None if row is None else fact_of_row(row)
    fact = fact_named(name)
    if fact is None:
        raise NotVisible
    return fact


def choose_fact(opened: Opened, heading: str, back: str) -> ResponseReturnValue:
    """The facts to choose from, as links that keep the rest of the address."""
    asked: dict[str, Any] = {key: value for key, value in request.args.items() if key != "du-kien"}
    asked |= {"ma": opened.ma, "ban": opened.version.number}
    here = str(request.endpoint)
    groups = [
        (
            SOURCES[source],
            [
                (
                    _(fact.vi),
                    _with_fact(here, asked, fact),
                )
                for fact in facts
            ],
        )
        for source, facts in composable().items()
    ]
    page = render_template(
        "policies/choose.html",
        heading=_("Điều kiện hỏi về điều gì?"),
        about=heading,
        groups=groups,
        version=opened.version,
        code=opened.ma,
        back=back,
    )
    return page, 200 if request.method != "POST" else 422


def _with_fact(endpoint: str, asked: dict[str, Any], fact: Fact) -> str:
    given: dict[str, Any] = asked | {"du-kien": fact.key}
    return url_for(endpoint, **given)


def opened_form(opened: Opened, fact: Fact, row: Row | None, **given: Any) -> ConditionForm:
    """The form of a condition, filled from what is stored, or read from what was sent."""
    said = Sentences(page_words(opened.session), content_of(opened.version))
    fits = row is not None and fact_of_row(row) == fact
    form = condition_form(
        fact, row if fits else None, said.yes_no(fact), countries(), mark(row if fits else None), **given
    )
    if "units" in form:
        look_for_units(form.units, opened)
    return form


def condition_page(opened: Opened, form: ConditionForm, fact: Fact, spot: Spot) -> str:
    """The form of one condition, with the sentence of the rule as it stands."""
    data = content_of(opened.version)
    said = Sentences(page_words(opened.session), data)
    return render_template(
        "policies/condition.html",
        form=form,
        fact=_(fact.vi),
        unit=_(fact.unit) if fact.unit else "",
        version=opened.version,
        code=opened.ma,
        about=seat_words(data, spot.seat),
        sentence=said.rule(data_edits.rule_at(data, spot.seat)),
        is_new=spot.is_new,
        other=url_for(
            ".compose_condition",
            ma=opened.ma,
            ban=opened.version.number,
            noi=str(spot.seat),
            o=tree_edits.write_path(spot.path),
            viec="them",
        )
        if spot.is_new
        else None,
        back=rule_url(opened, spot.seat),
    )
