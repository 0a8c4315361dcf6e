"""Composing: steps on trees and on the data form, and forms that give back what they were filled with."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from registry.policies.forms.benefits import benefit_form
from registry.policies.forms.conditions import Countries, condition_form, fact_of_row
from registry.policies.forms.parts import (
    ExclusionForm,
    GroupForm,
    ModifierForm,
    exclusion_filled,
    group_filled,
    modifier_filled,
    scope_codes,
    scope_rows,
)
from registry.policies.forms.shapes import Shape, shape_of
from registry.policies.forms.terms import RepaymentForm, ladder_form, repayment_filled
from registry.policies.rules import data_edits, tree_edits
from registry.policies.rules.facts import CATALOGUE, MANY, Fact, FactKind
from registry.web.choices import choices

Row = Mapping[str, Any]
SHIPPED = Path("registry/policies/data/policies.json")
SHAPES = Path(__file__).with_name("shapes.json")
POLICIES: list[Row] = [
    one for path in (SHIPPED, SHAPES) for one in json.loads(path.read_text(encoding="utf-8"))["policies"]
]


NAMES = {"VN": "Việt Nam", "FR": "Pháp", "US": "Hoa Kỳ", "JP": "Nhật Bản"}
COUNTRIES = Countries({name: code for code, name in NAMES.items()}.get, lambda code: NAMES[code])


@pytest.fixture(scope="module", autouse=True)
def forms() -> Iterator[None]:
    """Forms want an application around them, and no more than that."""
    app = Flask(__name__)
    app.config |= {"SECRET_KEY": "x", "WTF_CSRF_ENABLED": False}
    Babel(app)
    with app.test_request_context():
        yield


def sent(form: Any) -> MultiDict[str, str]:
    """What a browser sends back of a form it was shown, with nothing changed."""
    found: MultiDict[str, str] = MultiDict()
    for field in form:
        found.setlist(field.name, _sent(field))
    return found


def _sent(field: Any) -> list[str]:
    if hasattr(field, "parts"):
        return list(field.parts)
    if hasattr(field, "boxes"):
        return [*(code for code, _words, is_on in field.boxes if is_on), "nay", ""]
    if field.type == "SelectMultipleField":
        return list(field.data or ())
    if field.type == "BooleanField":
        return ["y"] if field.data else []
    if field.type in ("SelectField", "RadioField"):
        return [one.data for one in field if one.checked]
    return [] if field._value() is None else [field._value()]


def leaves(rule: Row | None) -> Iterator[Row]:
    if rule is None:
        return
    if not tree_edits.branch_of(rule):
        yield rule
    for part in tree_edits.parts_of(rule):
        yield from leaves(part)


def rules(policy: Row) -> Iterator[Row]:
    rows = [*policy["groups"], *data_edits.benefits_of(policy)]
    rows += [*(policy.get("exclusions") or ()), *(policy.get("modifiers") or ())]
    yield from (rule for rule in (policy.get("common"), *(row.get("rule") for row in rows)) if rule)


def again(row: Row) -> Row:
    """A condition through its form: shown, sent back unchanged, read."""
    fact = fact_of_row(row)
    assert fact is not None
    shown = condition_form(fact, row, ("có", "không"), COUNTRIES, "x", formdata=None)
    read = condition_form(fact, row, ("có", "không"), COUNTRIES, "x", formdata=sent(shown))
    assert read.validate(), (row, read.errors)
    return read.row()


def test_every_condition_of_the_shipped_policies_comes_back_from_its_form() -> None:
    found = [leaf for policy in POLICIES for rule in rules(policy) for leaf in leaves(rule)]
    assert len(found) > 100
    for leaf in found:
        assert again(leaf) == leaf


def values(fact: Fact) -> st.SearchStrategy[Any]:
    if fact.kind is FactKind.YES_NO:
        return st.booleans()
    if fact.kind in (FactKind.NUMBER, FactKind.RANKING):
        return st.integers(fact.lowest, fact.highest)
    if fact.kind is FactKind.UNIT:
        return st.sampled_from(["22@2025-07-01", "83@2025-06-30", "1@2025-06-30"])
    if fact.kind is FactKind.FIELDS:
        return st.sampled_from(["7", "748", "7720101", "1234567"])
    if fact.key in ("nationality", "residence_country"):
        return st.sampled_from(["VN", "FR", "US", "JP"])
    own = st.sampled_from(list(fact.values))
    return own if fact.is_closed else own | st.sampled_from(["MA-RIENG", "Giải 1"])


@st.composite
def conditions(draw: st.DrawFn) -> Row:
    fact = draw(st.sampled_from([one for one in CATALOGUE.values() if one.kind is not FactKind.MONEY]))
    op = draw(st.sampled_from(fact.operators))
    one = values(fact)
    row: dict[str, Any] = {"fact": fact.key, "op": op}
    row["value"] = draw(st.lists(one, min_size=1, max_size=4, unique=True) if op in MANY else one)
    if ":" in fact.key:
        row["fact"], row["of"] = fact.key.split(":")
    elif fact.arguments:
        row["of"] = draw(st.sampled_from(list(fact.arguments)))
    elif fact.any_argument and draw(st.booleans()):
        row["of"] = "QS:2025"
    words = st.sampled_from(["Điều 3 khoản 2", "a", "«x» & <y>"])
    for key in ("clause", "text", "note"):
        if draw(st.booleans()):
            row[key] = draw(words)
    if draw(st.booleans()):
        row["evidence"] = draw(st.sampled_from(["degree", "identity", "giay-la"]))
    if draw(st.booleans()):
        row["as_of"] = draw(st.sampled_from(["apply", "decide"]))
    return row


@settings(max_examples=120, deadline=None)
@given(conditions())
def test_every_condition_one_can_compose_comes_back_from_its_form(row: Row) -> None:
    assert again(row) == row


def test_every_benefit_group_modifier_and_the_rest_come_back_from_their_forms() -> None:
    shapes: set[Shape] = set()
    for policy in POLICIES:
        named = [(one["code"], one["title"]) for one in policy["groups"]]
        for row in data_edits.benefits_of(policy):
            shape = shape_of(row)
            shapes.add(shape)
            groups = named if "for" in row or not data_edits.group_of_benefit(policy, row["code"]) else None
            shown = benefit_form(shape, row, groups, "x", formdata=None)
            read = benefit_form(shape, row, groups, "x", formdata=sent(shown))
            assert read.validate(), (row, read.errors)
            assert read.row() == row
        for row in policy["groups"]:
            form = GroupForm(formdata=sent(GroupForm(formdata=None, data=group_filled(row))))
            assert form.validate(), form.errors
            assert form.row(row) == row
        for row in policy.get("exclusions") or ():
            excluded = ExclusionForm(formdata=sent(ExclusionForm(formdata=None, data=exclusion_filled(row))))
            assert excluded.row(row) == row
        for row in policy.get("modifiers") or ():
            assert modifier_again(row, named) == row
        ladders: Row = policy.get("ladders") or {}
        steps: list[list[str]] = ladders.get("degree") or []
        ladder = ladder_form(steps, formdata=sent(ladder_form(steps, formdata=None)))
        assert [set(step) for step in ladder.steps()] == [set(step) for step in steps]
        kept = policy.get("repayment")
        repaid = RepaymentForm(formdata=sent(RepaymentForm(formdata=None, data=repayment_filled(kept))))
        assert repaid.validate(), repaid.errors
        assert repaid.row(kept) == kept
        assert scope_rows(scope_codes(policy["scope"])) == policy["scope"]
    assert shapes == set(Shape)


def modifier_again(row: Row, named: list[tuple[str, str]]) -> Row:
    shown = ModifierForm(formdata=None, data=modifier_filled(row))
    shown.groups.choices = choices(named)
    read = ModifierForm(formdata=sent(shown))
    read.groups.choices = choices(named)
    assert read.validate(), read.errors
    return read.row(row)
