"""Keys made of many texts at once are those made one by one."""

from hypothesis import example, given
from hypothesis import strategies as st

from registry.text import accented_key, label_keys, match_key

WORDS = st.sampled_from(
    ["kỹ", "hoà", "C++", "c #", ".net", "quí", "Ðiện", "&", "…", "", "  ", "e\u0301", "\n", "ﬁ"]
)


@given(st.lists(st.text(max_size=12) | st.lists(WORDS, max_size=5).map(" ".join), max_size=6))
@example([])
@example([""])
@example([" a", "a  b", "b "])
@example(["hai\ndòng", "một dòng"])
def test_keys_of_many_texts_are_those_of_each(texts: list[str]) -> None:
    assert label_keys(texts) == [(match_key(text), accented_key(text)) for text in texts]
