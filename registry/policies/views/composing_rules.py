"""The conditions of a draft as sentences: one page for each rule, one form for each condition."""

from dataclasses import dataclass
from typing import Any

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
from registry.policies.rules.data_edits import Data, Row, RuleOf, Seat
from registry.policies.rules.fact_changes import Carried, Dropped, carried
from registry.policies.rules.facts import Fact
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
from registry.policies.views.sentences import Sentences
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

_OTHER = "doi"
"""In the address of a stored condition: it is to ask about another fact, which is to be chosen."""


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

    def written(self, data: Data, row: Row) -> Data:
        """The draft with the condition; where its place is gone by now, at the end of the rule."""
        rule = data_edits.rule_at(data, self.seat)
        if rule is not None and self.row(data) is not None:
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
    data = content_of(opened.version)
    stored = spot.row(data)
    fact = fact_asked(stored)
    if "du-kien" not in request.args and (spot.is_new or (_OTHER in request.args and stored is not None)):
        return choose_fact(opened, seat_words(data, spot.seat), rule_url(opened, spot.seat))
    if fact is None:
        raise NotVisible
    form = opened_form(opened, fact, stored)

    def page(now: Opened) -> str:
        return condition_page(now, form, fact, spot)

    if request.method != "POST":
        return page(opened)
    return saved(
        opened,
        form,
        stored=lambda now: opened_form(now, fact, spot.row(content_of(now.version)), formdata=None),
        write=lambda data: spot.written(data, form.row()),
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
    asked: dict[str, Any] = {
        key: value for key, value in request.args.items() if key not in ("du-kien", _OTHER)
    }
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
    turned = turned_to(row, fact)
    form = condition_form(
        fact, turned.row if turned else row, said.yes_no(fact), countries(), mark(row), **given
    )
    if "units" in form:
        look_for_units(form.units, opened)
    return form


def turned_to(row: Row | None, fact: Fact) -> Carried | None:
    """What of a stored condition about another fact can ask about this one; None where it is about this one."""
    old = None if row is None else fact_of_row(row)
    return None if row is None or old is None or old == fact else carried(row, old, fact)


def _lost(said: Sentences, row: Row | None, fact: Fact) -> dict[str, Any] | None:
    """What is said when a condition is turned to another fact: the old sentence, and what of it did not fit."""
    turned = turned_to(row, fact)
    if turned is None or row is None:
        return None
    words = {
        Dropped.ARGUMENT: _("loại"),
        Dropped.OPERATOR: _("cách so sánh"),
        Dropped.VALUE: _("giá trị"),
        Dropped.WORDS: _("lời của văn bản"),
    }
    return {"was": said.condition(row), "dropped": [words[one] for one in turned.dropped]}


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
        lost=_lost(said, spot.row(data), fact),
        other=_other_fact(opened, spot),
        back=rule_url(opened, spot.seat),
    )


def _other_fact(opened: Opened, spot: Spot) -> str:
    """Where another fact is chosen for this condition."""
    where: dict[str, Any] = {"noi": str(spot.seat), "o": tree_edits.write_path(spot.path)}
    where |= {"viec": "them"} if spot.is_new else {"viec": "sua", _OTHER: "1"}
    return url_for(".compose_condition", ma=opened.ma, ban=opened.version.number, **where)
