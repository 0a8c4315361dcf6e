"""The web server: waitress over sockets that listen already, in one process or in several. Knows no page."""

import gc
import socket
from collections.abc import Callable, Sequence
from typing import Any

import waitress
from flask import Flask

from registry.web import processes
from registry.web.lanes import TwoLanes, lanes_for
from registry.web.sharing import Shares, shared

_THREADS = 8
_WAITING = 1_024
"""Connections that wait to be accepted; who comes beyond is refused by the system."""


def listening(host: str, port: int) -> list[socket.socket]:
    """Sockets that listen at all addresses of a host. Raises OSError: taken, forbidden, not of this machine."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    addresses = dict.fromkeys((family, address[:2]) for family, _type, _protocol, _name, address in found)
    return [socket.create_server(address, family=family, backlog=_WAITING) for family, address in addresses]


def serve_app(
    app: Flask,
    sockets: Sequence[socket.socket],
    *,
    count: int,
    proxies: int = 0,
    began: Callable[[], object] = lambda: None,
    started: Callable[[], object] = lambda: None,
) -> None:
    """Answer at the sockets in so many processes until SIGTERM or SIGINT; what is in hand then gets a few seconds.

    `began` is called in each process that serves, `started` in this one when all are there.
    """

    shares = Shares(count)

    def work(process: int) -> None:
        began()
        mine = shared(sockets, shares.of(process)) if count > 1 else list(sockets)
        server: Any = waitress  # its stubs leave out what follows
        server.create_server(
            app,
            _dispatcher=TwoLanes(lanes_for(app), _THREADS),
            sockets=mine,
            ident=None,
            # The app itself believes as many forwarded addresses as there are proxies; without one, none arrives.
            clear_untrusted_proxy_headers=proxies == 0,
        ).run()

    gc.freeze()  # what is there already is shared by the processes as long as no collector touches it
    processes.run(work, count, started)
