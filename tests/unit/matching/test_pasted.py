"""Identifiers pasted at once: how they are read apart and what is said of each."""

from registry.matching.rules import Outcome, PastedKind, read_pasted, tell


def told(typed: str, found: dict[str, tuple[int, ...]], there: set[int]) -> list[tuple[int, Outcome, int]]:
    pasted = read_pasted(typed)
    by_line = {one: found.get(one.text, ()) for one in pasted}
    return [(one.pasted.line, one.outcome, one.first_line) for one in tell(pasted, by_line, there)]


def test_lines_commas_semicolons_and_cells_part_identifiers_and_keep_their_order() -> None:
    read = read_pasted("HS-1, HS-2;HS-3\n\n  HS-4 \tCB 05\r\n;,\nHS-6")
    assert [(one.line, one.text) for one in read] == [
        (1, "HS-1"),
        (1, "HS-2"),
        (1, "HS-3"),
        (3, "HS-4"),
        (3, "CB 05"),
        (5, "HS-6"),
    ]
    assert {one.kind for one in read} == {PastedKind.CODE}


def test_addresses_are_read_as_mail_programs_copy_them() -> None:
    read = read_pasted("Lò Văn Chiến <Chien@VIDU.vn>; ha@vidu.vn")
    assert [(one.kind, one.text, one.key) for one in read] == [
        (PastedKind.EMAIL, "Chien@VIDU.vn", "chien@vidu.vn"),
        (PastedKind.EMAIL, "ha@vidu.vn", "ha@vidu.vn"),
    ]


def test_what_cannot_be_read_is_kept_as_typed_and_said_so() -> None:
    typed = f"@, a@b@c, HS-1\u202e, {'x' * 900}"
    assert [one.kind for one in read_pasted(typed)] == [PastedKind.UNREADABLE] * 4
    assert read_pasted(typed)[-1].text == "x" * 900
    assert {outcome for _line, outcome, _first in told(typed, {}, set())} == {Outcome.UNREADABLE}


def test_every_outcome_is_said_of_its_own_line() -> None:
    typed = "HS-1\nHS-2\nHS-3\nCB-9\na@vidu.vn\nHS-1\nHS-3"
    found = {"HS-1": (1,), "HS-2": (2,), "CB-9": (4, 5), "a@vidu.vn": (1,)}
    assert told(typed, found, {2}) == [
        (1, Outcome.FOUND, 0),
        (2, Outcome.THERE, 0),
        (3, Outcome.UNKNOWN, 0),
        (4, Outcome.SEVERAL, 0),
        (5, Outcome.REPEATED, 1),
        (6, Outcome.REPEATED, 1),
        (7, Outcome.REPEATED, 3),
    ]
