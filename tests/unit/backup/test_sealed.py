"""A sealed backup opens with its key alone, whole and unchanged."""

import io

import pytest

from registry.backup.rules.refusals import BackupRefused, Why
from registry.backup.rules.sealed import CHUNK, HEADER_BYTES, SealedReader, SealingWriter
from registry.backup.rules.values import Kind, line_reader, line_writer

KEY = "b" * 40


def sealed(content: bytes) -> bytes:
    stream = io.BytesIO()
    writer = SealingWriter(stream, KEY, bytes(16))
    writer.write(content)
    writer.close()
    return stream.getvalue()


@pytest.mark.parametrize("length", [0, 1, CHUNK, CHUNK + 1])
def test_what_was_sealed_is_read_back(length: int) -> None:
    content = bytes(index % 251 for index in range(length))
    assert io.BufferedReader(SealedReader(io.BytesIO(sealed(content)), KEY)).read() == content


def test_another_key_and_a_file_cut_off_or_reordered_are_refused() -> None:
    whole = sealed(b"x" * (2 * CHUNK + 5))
    with pytest.raises(BackupRefused) as wrong:
        SealedReader(io.BytesIO(whole), "c" * 40)
    assert wrong.value.why is Why.WRONG_KEY
    head, first, second, rest = (
        whole[:HEADER_BYTES],
        whole[HEADER_BYTES:][: CHUNK + 16],
        whole[HEADER_BYTES + CHUNK + 16 :][: CHUNK + 16],
        whole[HEADER_BYTES + 2 * (CHUNK + 16) :],
    )
    for spoiled in (head + first + second, whole[:-1], head + second + first + rest, whole[:-1] + b"\0"):
        with pytest.raises(BackupRefused) as damaged:
            io.BufferedReader(SealedReader(io.BytesIO(spoiled), KEY)).read()
        assert damaged.value.why is Why.DAMAGED


def test_rows_are_written_and_read_without_loss() -> None:
    kinds = [Kind.TEXT, Kind.BYTES, Kind.JSON, Kind.INTEGER, Kind.BOOLEAN, Kind.TEXT]
    row = ["e\u0301 😀\u2028", b"\0\xff", '{"b": 1, "a": null}', 2**63 - 1, False, None]
    assert line_reader(kinds)(line_writer(kinds)(row)) == row
