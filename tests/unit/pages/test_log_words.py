"""Every event the product records has words on the log page; so has what an event tells in detail."""

import ast
from itertools import product
from pathlib import Path

import pytest
from flask import Flask

from registry.accounts.rules import Permission
from registry.audit.forms import action_words
from registry.audit.forms.action_words import NOUNS, VERBS
from registry.audit.forms.acts import ACTIONS
from registry.consents.rules import PurposeCode
from registry.needs.rules import NeedState
from registry.pages.forms import detail_lines
from registry.pages.forms.log_words import PAGES, PERMISSIONS, PURPOSES
from registry.people.views.entry_sections import SECTIONS
from registry.web import i18n

SOURCES = Path(__file__).resolve().parents[3] / "registry"
# Calls that write to the log, with what each takes as the action: a text, or noun and verb put together.
FACTS = (
    "education",
    "experience",
    "achievement",
    "expert_facet",
    "cadre_facet",
    "overseas_facet",
    "affinity",
)
WRITERS = {
    "record",
    "record_read",
    "trace",
    "record_batch",
    "_keep",
    "_record",
    "_record_changes",
    "_look",
    "_said",
}
PUT_TOGETHER = {
    *(f"need.{state}" for state in NeedState),
    *(f"reveal.{ended}" for ended in ("expired", "closed")),
    *(f"account.{verb}" for verb in ("reopened", "suspended", "closed")),
    *(f"evidence.{verb}" for verb in ("attached", "verified", "rejected")),
    *(f"{noun}.{verb}" for noun, verb in product(("skill_claim", "language_claim"), ("added", "revised", "closed"))),
    *(
        f"{noun}.{verb}"
        for noun, verb in product(FACTS, ("added", "revised", "removed"))
    ),
}  # fmt: skip


def recorded_actions() -> set[str]:
    """Every action written in the sources as a text, and those put together from noun and verb."""
    found = set(PUT_TOGETHER)
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name_of(node.func) in WRITERS:
                found |= {
                    text.value
                    for text in node.args
                    if isinstance(text, ast.Constant) and isinstance(text.value, str) and "." in text.value
                }
    return found


def _name_of(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


@pytest.fixture
def speaking() -> Flask:
    """An app that knows the product's sentences and nothing else."""
    app = Flask(__name__)
    app.secret_key = "k" * 40
    i18n.install(app)
    return app


def test_every_recorded_action_has_words() -> None:
    actions = recorded_actions()
    assert len(actions) > 40
    wordless = {
        action
        for action in actions - set(ACTIONS)
        if action.partition(".")[0] not in NOUNS or action.partition(".")[2] not in VERBS
    }
    assert wordless == set()


def test_every_purpose_and_permission_has_words() -> None:
    assert set(PURPOSES) == set(PurposeCode)
    assert set(PERMISSIONS) == set(Permission)


def test_every_section_of_a_record_has_words() -> None:
    assert set(SECTIONS) <= set(PAGES)


def test_an_action_whose_parts_would_mislead_has_words_of_its_own(speaking: Flask) -> None:
    with speaking.test_request_context():
        assert action_words("person.opened") == "Hồ sơ: xem"
        assert action_words("evidence.rejected") == "Minh chứng: từ chối"
        assert action_words("need.rejected") == "Nhu cầu: không duyệt"


@pytest.mark.parametrize(
    ("detail", "lines"),
    [
        ({"detail": {"page": "ho-so"}, "purpose": "registry"},
         [("Phần đã xem", "cả hồ sơ"), ("Mục đích", "lưu hồ sơ trong sổ đăng ký")]),
        ({"matching": {"consent": "x", "version": 1, "sha256": "ab"}},
         [("Mục đích", "tìm nhu cầu phù hợp"), ("Bản thông báo số", "1")]),
        ({"as_of": "2026-11-25", "temporary": True}, [("Tính tại ngày", "25/11/2026"), ("Mật khẩu dùng một lần", "có")]),
        ({"permission": "audit_read", "method": "GET"}, [("Quyền cần có", "xem nhật ký"), ("Cách vào", "mở trang")]),
        ({"scopes": ["needs:read", "places:read"], "page": ["api"]},
         [("Được làm gì", "đọc nhu cầu, đọc địa bàn"), ("Phần đã xem", "api")]),
        ({"why": "", "device": None, "files": {"a": "b"}}, []),
        ({"la_lung": "x" * 80}, [("la lung", "x" * 59 + "…")]),
    ],
)  # fmt: skip
def test_details_are_told_in_words(
    speaking: Flask, detail: dict[str, object], lines: list[tuple[str, str]]
) -> None:
    with speaking.test_request_context():
        assert list(detail_lines(detail)) == lines
