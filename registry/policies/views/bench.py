"""The test bench of a version: on sample people and real ones, clause by clause; on the register, beside the one in force.

The machine only says what the facts say: who is not met, and for whom a fact is missing, are two different things.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import formats
from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.audit.operations import record_read
from registry.consents.rules import PurposeCode
from registry.people.models import Person
from registry.people.queries import display_name, get_visible, people_with_codes
from registry.policies.forms.samples import SAMPLES, SampleForm, asked_names, sample_form
from registry.policies.queries.bench import (
    MOST_NAMED,
    Compared,
    Tried,
    named_people,
    ready_version,
    rows_law,
    tried_on_register,
)
from registry.policies.queries.facts import recorded_facts
from registry.policies.queries.versions import period_of, version_before
from registry.policies.rules.answering import answer
from registry.policies.rules.answers import Answer, Asked, Between, LeafAnswer
from registry.policies.rules.changes import smallest_changes
from registry.policies.rules.facts import CATALOGUE, FactKind, Source, fact_of
from registry.policies.rules.logic import State
from registry.policies.rules.plain import change_words
from registry.policies.rules.preparing import Ready
from registry.policies.rules.reading_facts import read_facts
from registry.policies.rules.refusals import PolicyRefused
from registry.policies.rules.words import Words
from registry.policies.views.blueprint import Opened, bp, opened_version
from registry.policies.views.naming import countries, page_words
from registry.policies.views.posts import Post, post_named
from registry.web.clock import now, today
from registry.web.database import write_session
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

STATE = {
    State.MET: (lambda: _("Đạt"), "ok"),
    State.NOT_MET: (lambda: _("Không đạt"), "bad"),
    State.UNKNOWN: (lambda: _("Chưa đủ dữ liệu"), "warn"),
}
_POST = "nhu-cau"
_OWN = frozenset({"mau", "nguoi", _POST})


def bench_day(opened: Opened) -> date:
    """The day a version is tried on: today, or its first day where that is still to come."""
    start, _end = period_of(opened.version)
    return max(start or today(), today())


@bp.get("/chinh-sach/quan-tri/<ma>/<ban>/thu")
@require(Permission.POLICIES_READ)
def bench(ma: str, ban: str) -> ResponseReturnValue:
    """One person, made up or of the register: every condition with the value used, every amount with its formula."""
    opened = opened_version(ma, ban)
    words = page_words(opened.session)
    ready = ready_version(opened.version, rows_law(opened.session), words)
    names = asked_names(ready)
    form = _form(names, _units(ready, words))
    person = _person(opened)
    typed_post = request.args.get(_POST, "").strip()[:60]
    post = post_named(opened.session, typed_post.upper()) if typed_post else None
    lost = [bool(request.args.get("nguoi")) and person is None, bool(typed_post) and post is None]
    result = None
    if request.args and not any(lost) and form.validate():
        result = _result(opened, ready, form, person, post, words)
    return render_template(
        "policies/bench.html",
        version=opened.version,
        code=opened.ma,
        form=form,
        fields=[form[name] for name in _fields(form)],
        samples=[(key, title) for key, (title, _facts) in SAMPLES.items()],
        person=None if person is None else _person_line(person),
        typed_person=request.args.get("nguoi", "")[:60],
        is_lost=lost[0],
        post=post,
        typed_post=typed_post,
        is_post_lost=lost[1],
        result=result,
        day=formats.date(bench_day(opened), current_language()),
    )


def _fields(form: SampleForm) -> list[str]:
    return [field.name for field in form if field.name not in ("csrf_token", "decided_on", "applied_on")]


def _form(names: tuple[str, ...], units: Mapping[str, str]) -> SampleForm:
    sample = SAMPLES.get(request.args.get("mau", ""))
    if sample is not None:
        return sample_form(names, units, countries(), formdata=None, data=sample[1])
    return sample_form(
        names, units, countries(), formdata=request.args if request.args.keys() - _OWN else None
    )


def _units(ready: Ready, words: Words) -> dict[str, str]:
    """The places conditions name, in words."""
    found: dict[str, str] = {}
    for one in ready.leaves:
        fact = fact_of(one.leaf.fact, one.leaf.of)
        if fact is not None and fact.kind is FactKind.UNIT:
            values = one.leaf.value if isinstance(one.leaf.value, tuple) else (str(one.leaf.value),)
            found |= {code: words.code(fact, code) for code in values}
    return found


def _person(opened: Opened) -> Person | None:
    """The person of the register that was asked for by code or address, where the viewer may match them."""
    typed = request.args.get("nguoi", "").strip()[:60]
    if not typed:
        return None
    viewer = current_viewer()
    found = people_with_codes(opened.session, viewer, [typed.upper()], on=today()).get(typed.upper())
    person = found[0] if found else get_visible(opened.session, viewer, typed, on=today())
    if person is not None:
        _note_read([person])
    return person


def _note_read(people: Sequence[Person]) -> None:
    """Whose data were shown is kept."""
    if not people:
        return
    session = write_session()
    record_read(
        session,
        current_account().id,
        "people.listed",
        people=[one.public_id for one in people],
        purpose=PurposeCode.MATCHING.value,
        at=now(),
    )
    session.commit()


def _person_line(person: Person) -> tuple[str, str]:
    return display_name(person, current_viewer()), url_for("people.show", ma=person.public_id)


def _result(
    opened: Opened, ready: Ready, form: SampleForm, person: Person | None, post: Post | None, words: Words
) -> dict[str, Any] | None:
    decided = form.decided_on.data or bench_day(opened)
    own, evidence = ({}, {}) if person is None else recorded_facts(opened.session, person, on=today())
    application = form.facts(Source.APPLICATION)
    application.setdefault("application_purpose", ready.version.purpose)
    try:
        of_post = ({} if post is None else dict(post.facts)) | form.facts(Source.POST)
        facts = read_facts(own | form.facts(Source.PERSON), of_post, application, evidence)
    except PolicyRefused as refused:
        form.decided_on.errors = [str(one) for one in refused.problems]
        return None
    asked = Asked(form.applied_on.data or decided, decided, trial=True)
    return _told(answer(ready, facts, asked), words)


def _told(found: Answer, words: Words) -> dict[str, Any]:
    return {
        "reason": found.reason,
        "groups": [
            {
                "title": one.title,
                "state": STATE[one.state][0](),
                "tag": STATE[one.state][1],
                "leaves": [_leaf(leaf, words) | {"against": one.is_against(leaf)} for leaf in one.leaves],
                "changes": [
                    [change_words(each.leaf, words, each.must_be.value) for each in some]
                    for some in smallest_changes(one)
                ]
                if one.state is not State.MET
                else [],
            }
            for one in found.groups
        ],
        "lines": found.lines,
        "needs": {one.benefit: [_need(name) for name in one.needs] for one in found.lines},
        "left_out": [one.text for one in found.left_out],
        "notes": found.notes,
        "once": between(found.total_once) if found.lines else "",
        "years": [(str(year), between(cost)) for year, cost in found.costs.by_year.items()],
        "commitment": formats.date_range(found.commitment_from, found.commitment_until, current_language())
        if found.commitment_until
        else "",
    }


def _need(name: str) -> str:
    key, _colon, of = name.partition(":")
    fact = fact_of(key, of or None)
    return name if fact is None else _(fact.vi)


def _leaf(leaf: LeafAnswer, words: Words) -> dict[str, Any]:
    state, tag = STATE[leaf.state]
    return {
        "text": leaf.text,
        "clause": leaf.leaf.clause,
        "state": state(),
        "tag": tag,
        "value": _value(leaf, words),
        "on": formats.date(leaf.on, current_language()),
    }


def _value(leaf: LeafAnswer, words: Words) -> str:
    """The value that was used, in words; "" for none."""
    value, fact = leaf.value, fact_of(leaf.leaf.fact, leaf.leaf.of) or CATALOGUE.get(leaf.leaf.fact)
    if value is None or fact is None:
        return ""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, frozenset):
        return ", ".join(words.code(fact, one) for one in sorted(value)) or _("không có")
    if isinstance(value, str):
        return words.code(fact, value)
    return f"{value} {_(fact.unit)}".strip() if isinstance(value, int) else ""


def between(sum_of: Between) -> str:
    """«1.000 ₫», or «từ … đến …»: a ceiling is never shown as an amount."""
    if sum_of.is_certain:
        return formats.money(sum_of.low)
    return _("từ %(low)s đến %(high)s", low=formats.money(sum_of.low), high=formats.money(sum_of.high))


@bp.get("/chinh-sach/quan-tri/<ma>/<ban>/thu/so-dang-ky")
@require(Permission.POLICIES_READ)
def bench_register(ma: str, ban: str) -> ResponseReturnValue:
    """The people the viewer may match: how many are met, may be met, are not; who gains and who loses."""
    opened = opened_version(ma, ban)
    session, viewer, on = opened.session, current_viewer(), today()
    law = rows_law(session)
    before = version_before(opened.policy, opened.version)
    new = ready_version(opened.version, law)
    old = None if before is None else ready_version(before, law)
    found = tried_on_register(session, viewer, new, old, on=bench_day(opened), facts_on=on)
    gaining = named_people(session, viewer, found.gaining, on=on)
    losing = named_people(session, viewer, found.losing, on=on)
    _note_read([*gaining, *losing])
    return render_template(
        "policies/bench_register.html",
        version=opened.version,
        code=opened.ma,
        before=before,
        found=found,
        sentence=_change_words(found),
        groups=_group_lines(found, new),
        costs=[
            (_("Bản này"), _cost(found.new)),
            *([(_("Bản đang áp dụng"), _cost(found.old))] if found.old else []),
        ],
        gaining=[_person_line(one) for one in gaining],
        losing=[_person_line(one) for one in losing],
        most_named=MOST_NAMED,
        day=formats.date(bench_day(opened), current_language()),
    )


def _change_words(found: Compared) -> str:
    if found.old is None:
        return _("Chưa có phiên bản đang áp dụng để so.")
    return _(
        "Bản này so với bản đang áp dụng: thêm %(more)s người đạt, bớt %(fewer)s.",
        more=formats.number(len(found.gaining)),
        fewer=formats.number(len(found.losing)),
    )


def _group_lines(found: Compared, new: Ready) -> list[dict[str, Any]]:
    titles = {one.group.code: one.group.title for one in new.groups}
    old = {} if found.old is None else found.old.groups
    return [
        {"title": titles[code], "count": count, "was": old.get(code)}
        for code, count in found.new.groups.items()
    ]


def _cost(tried: Tried) -> dict[str, Any]:
    return {
        "once": between(tried.once),
        "years": [(str(year), between(cost)) for year, cost in sorted(tried.years.items())[:5]],
        "met": tried.whole.met,
        "not_computed": tried.not_computed,
    }
