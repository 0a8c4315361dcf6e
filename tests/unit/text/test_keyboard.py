"""Residue of Telex and VNI typing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.text import decode_telex, decode_vni, typed_residue

ENGLISH = (
    "class boot fax java python web access business boss free address luxury express w s an điện nươc a1"
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("laapj", "lập"),
        ("trinhf", "trình"),
        ("dduwowngf", "đường"),
        ("dduowngf", "đường"),
        ("nguwowif", "người"),
        ("tieengs", "tiếng"),
        ("tieesng", "tiếng"),
        ("DDieenj", "điện"),
        ("thuyr", "thủy"),
        ("tuwf", "từ"),
        ("quaanr", "quẩn"),
        ("twf", "từ"),
        ("nuowcs", "nước"),
        ("sowr", "sở"),
        ("ngoafi", "ngoài"),
        ("hoofi", "hồi"),
        ("troofng", "trồng"),
        ("truwowfng", "trường"),
        ("DDarng", "đảng"),
        ("nuooi", "nuôi"),
        ("trươngf", "trường"),
        ("điêmr", "điểm"),
        ("thuowr", "thuở"),
        ("truwongf", "trường"),
    ],
)
def test_telex_is_decoded(typed: str, meant: str) -> None:
    assert decode_telex(typed) == meant


@pytest.mark.parametrize("word", ENGLISH.split())
def test_other_words_are_not_telex(word: str) -> None:
    assert decode_telex(word) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("la65p", "lập"),
        ("tri2nh", "trình"),
        ("d9ie65n", "điện"),
        ("d9u7o7ng2", "đường"),
        ("so61", "số"),
        ("vu74ng", "vững"),
    ],
)
def test_vni_is_decoded(typed: str, meant: str) -> None:
    assert decode_vni(typed) == meant


@pytest.mark.parametrize("word", ["B2", "N2", "IC3", "CK1", "an", "2024", "a" * 20 + "1", "e7", "a12"])
def test_codes_are_not_vni(word: str) -> None:
    assert decode_vni(word) is None


def test_a_text_is_read_token_by_token() -> None:
    assert typed_residue("tin hocj vawn phongf") == ("tin học văn phòng",)
    assert typed_residue("d9ie65n tu73") == ("điện tử",)
    assert typed_residue("business class") == ()


@given(st.text(max_size=30))
def test_any_text_is_read_without_error(text: str) -> None:
    typed_residue(text)
