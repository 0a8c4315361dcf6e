"""Rules of a draft in words, as the pages of the composer say them."""

from typing import Any, cast

from registry.policies.rules import tree_edits
from registry.policies.rules.conditions import AsOf, Leaf
from registry.policies.rules.data_edits import Row
from registry.policies.rules.facts import Fact, FactKind
from registry.policies.rules.words import Words
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
