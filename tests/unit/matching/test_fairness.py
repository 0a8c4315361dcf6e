"""The fairness sentence is made from what the formula is given: it cannot promise more than the inputs keep."""

from registry.matching.engine.fairness import declared_inputs, not_used, statement


def test_the_declared_inputs_are_what_a_person_stated_for_work() -> None:
    assert declared_inputs() == {
        "availability", "available", "anywhere", "claimed_on", "code", "earliest", "education", "end", "evidence",
        "experience", "field", "forms", "free_from", "group", "id", "language", "languages", "latest",
        "needs_confirmation", "ongoing", "places", "rank", "remote", "skill", "skills", "start", "stated_on",
        "unit_path", "unit_paths",
    }  # fmt: skip


def test_no_protected_attribute_has_a_place_among_the_inputs() -> None:
    sentence = statement()
    assert sentence.startswith("Không dùng họ tên, giới tính, tuổi, dân tộc, tôn giáo, ")
    assert sentence.endswith(" để xếp hạng.")
    for word in ("quê quán", "đảng tịch", "ảnh", "tên trường"):
        assert word in sentence


def test_an_input_that_is_read_is_no_longer_promised() -> None:
    assert "tuổi" in not_used()
    assert "tuổi" not in not_used(declared_inputs() | {"birth_year"})
    assert "tuổi" not in statement(inputs=declared_inputs() | {"birth_year"})
