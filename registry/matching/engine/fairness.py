"""What the formula reads and what it cannot read, told from its declared inputs and never from a promise. Pure.

The list of attributes that must not matter is that of the law notes of the registry; an attribute is named as not
used only while no input of a person has a field for it, so the sentence on the page stays true by itself.
"""

from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, get_args, get_type_hints

from registry.matching.engine.facts import PersonFacts
from registry.matching.engine.names import N_, Translate, as_written

# The word people read, and the names under which such a fact could enter the inputs.
_PROTECTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("họ tên"), ("name",)),
    (N_("giới tính"), ("sex", "gender")),
    (N_("tuổi"), ("birth", "age")),
    (N_("dân tộc"), ("ethnic",)),
    (N_("tôn giáo"), ("religion",)),
    (N_("tình trạng hôn nhân, gia đình"), ("marital", "spouse", "family")),
    (N_("quê quán"), ("origin", "home", "birthplace")),
    (N_("nơi ở"), ("residence", "address")),
    (N_("quốc tịch"), ("nationality", "country")),
    (N_("đảng tịch"), ("party",)),
    (N_("sức khỏe"), ("health", "disability")),
    (N_("ảnh"), ("photo", "image")),
    (N_("số giấy tờ"), ("identity", "document", "number")),
    (N_("kỷ luật, án tích"), ("discipline", "crime")),
    (N_("lương cũ"), ("salary",)),
    (N_("tên trường"), ("school",)),
)


def declared_inputs(kind: Any = PersonFacts) -> frozenset[str]:
    """The names of all fields, at any depth, of what the formula is given of a person, the public id aside."""
    found: set[str] = set()
    hints = get_type_hints(kind)
    for one in fields(kind):
        found.add(one.name)
        for inner in _dataclasses_in(hints[one.name]):
            found |= declared_inputs(inner)
    return frozenset(found - {"public_id"})


def _dataclasses_in(hint: Any) -> set[Any]:
    if is_dataclass(hint):
        return {hint}
    if isinstance(hint, UnionType) or get_args(hint):
        return {kind for part in get_args(hint) for kind in _dataclasses_in(part)}
    return set()


def not_used(inputs: frozenset[str] | None = None) -> tuple[str, ...]:
    """The protected attributes for which no input has a field."""
    given = declared_inputs() if inputs is None else inputs
    parts = {part for name in given for part in name.split("_")}
    return tuple(word for word, marks in _PROTECTED if not parts & set(marks))


def statement(translate: Translate = as_written, inputs: frozenset[str] | None = None) -> str:
    """The fairness sentence of the formula box."""
    words = [translate(word) for word in not_used(inputs)]
    _ = translate
    return _("Không dùng %(attributes)s để xếp hạng.") % {"attributes": ", ".join(words)}
