"""Connections are shared: whoever holds more lets others go first, and what is closed counts no more."""

import socket
from collections.abc import Iterator
from selectors import EVENT_READ, DefaultSelector

import pytest

from registry.web import sharing
from registry.web.sharing import Shares, shared


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        made.setblocking(False)
        yield made


def waited_for(listener: socket.socket) -> None:
    with DefaultSelector() as selector:
        selector.register(listener, EVENT_READ)
        assert selector.select(5)


def test_who_holds_more_than_another_is_told_so_until_a_connection_is_closed(
    listening: socket.socket,
) -> None:
    shares = Shares(2)
    one, other = shares.of(0), shares.of(1)
    mine, theirs = shared([listening], one)[0], shared([listening], other)[0]
    with mine, theirs, socket.create_connection(listening.getsockname()):
        waited_for(mine)
        connection, _address = mine.accept()
        assert (one.is_larger, other.is_larger) == (True, False)
        connection.close()
        connection.close()
        assert (one.is_larger, other.is_larger) == (False, False)


def test_only_who_holds_more_waits_before_accepting(
    listening: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(sharing.time, "sleep", waited.append)
    shares = Shares(2)
    mine, theirs = (shared([listening], shares.of(number))[0] for number in range(2))
    with mine, theirs:
        clients = [socket.create_connection(listening.getsockname()) for _ in range(3)]
        waited_for(mine)
        accepted = [listener.accept()[0] for listener in (mine, theirs, mine)]
        assert waited == []  # none, then one against none, then one each
        with pytest.raises(BlockingIOError):
            mine.accept()  # two against one
        assert len(waited) == sharing.LOOKS
        for one in (*clients, *accepted):
            one.close()


def test_a_process_that_begins_again_holds_nothing(listening: socket.socket) -> None:
    shares = Shares(2)
    share = shares.of(0)
    share.change(5)
    assert share.is_larger
    assert not shares.of(0).is_larger


def test_what_is_sent_arrives(listening: socket.socket) -> None:
    with shared([listening], Shares(1).of(0))[0] as mine:
        client = socket.create_connection(listening.getsockname())
        waited_for(mine)
        connection, address = mine.accept()
        assert address == client.getsockname()
        client.sendall(b"xin")
        assert connection.recv(3) == b"xin"
        connection.close()
        assert client.recv(1) == b""
        client.close()
