"""What is compressed is the same text again; who takes gzip is read from what a browser says."""

import gzip

import pytest
from flask import Request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from registry.web.compression import packed, takes_gzip


@given(st.binary(max_size=3_000), st.sampled_from([1, 5, 9]), st.sampled_from([b"", b"-", b"-" * 100]))
def test_what_was_packed_is_unpacked_as_it_was(text: bytes, level: int, name: bytes) -> None:
    assert gzip.decompress(packed(text, level, name)) == text
    assert packed(text, level, name) == packed(text, level, name)
    assert len(packed(text, level, name)) == len(packed(text, level)) + (len(name) + 1 if name else 0)


@pytest.mark.parametrize(
    ("said", "takes"),
    [
        (None, False),
        ("", False),
        ("identity", False),
        ("br, zstd", False),
        ("gzip", True),
        ("GZIP", True),
        ("gzip, deflate, br, zstd", True),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("*", True),
        ("*;q=0", False),
        ("identity;q=0, gzip;q=0.1", True),
        ("identity, gzip;q=0.5", False),
        ("gzip;q=nonsense", False),
        ("\x00;;q=", False),
    ],
)
def test_who_takes_gzip(said: str | None, takes: bool) -> None:
    headers = [] if said is None else [("Accept-Encoding", said)]
    asked = Request(EnvironBuilder(headers=headers).get_environ())
    assert takes_gzip(asked) is takes
