"""A DOI however it is written."""

import pytest

from registry.people.rules.doi import doi_address, doi_of


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        (" https://doi.org/10.1000/AbC.1 ", "10.1000/abc.1"),
        ("http://dx.doi.org/10.12345/x(1)", "10.12345/x(1)"),
        ("doi: 10.1000/182", "10.1000/182"),
        ("10.1000", ""),
        ("10.1000/", ""),
        ("10.1000/a b", ""),
        ("https://vidu.vn/10.1000/182", ""),
        ("10.1000/" + "x" * 181, ""),
        ("10.1000/é", ""),
        ("", ""),
    ],
)
def test_a_doi_is_read_from_a_name_and_from_its_address(text: str, doi: str) -> None:
    assert doi_of(text) == doi
    assert doi_of(doi_address(doi)) == doi
