"""Hostile inputs, seeded: forms of the product filled with what breaks others, addresses, methods, headers, files.

The same seed sends the same sequence to both databases. What some forms kept stays, so that a browser can look at it
later; all else is undone.
"""

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from flask import Flask
from sqlalchemy import Connection

from registry.api.schemas.needs import NeedDraft
from registry.api.views.examples import NEED_DRAFT, NEED_PATCH
from tests.factories.authz.expected import NO_OBJECT, Ask, read_matrix
from tests.factories.authz.world import World, parts_of
from tests.factories.hostile.fields import PageForm, forms_of, plausible
from tests.factories.hostile.payloads import (
    BODIES,
    BROKEN_PARTS,
    COLUMNS,
    FILE_ENDS,
    FILE_KINDS,
    FILES,
    GROUPS,
    HEADERS,
    HUGE,
    METHODS,
    NAMES,
    WEIGHTS,
)
from tests.factories.hostile.sending import BEARER, IDS, Request, Sender, Sent, encoded, quoted

# Forms whose result stays when they were accepted: texts that pages show afterwards.
_KEEP = re.compile(
    r"^/(ung-vien/(tao|<ma>/(ban-than|lien-he|nguyen-vong|nhay-cam|<muc>/<dong>|[a-z-]+/(<dong>|tao)))|nhu-cau/(tao|<ma>/sua)"
    r"|nhu-cau/<ma>/gioi-thieu/<nguoi>(/(hoi-ten|nhan-tin))?|don-vi/(tao|<ma>/sua)|danh-sach(/them|/<ma>/ghi-chu)?|bo-tim/luu"
    r"|dang-ky/[a-z-]+(/tao|/[0-9a-z]+)?|toi/(gan-bo/(tao|<dong>)|trao-doi/<ma>|nhu-cau/<ma>/nhan-tin|yeu-cau/tao/sua)|su-co/(ghi|<ma>/sua)"
    r"|nguoi-dung/tao|yeu-cau-quyen/(ghi|<ma>/tra-loi)|xac-minh/<ma>|lua-chon/tao|tai-khoan/khoa)$"
)
# To change the vocabulary makes every process read it anew, which takes seconds: now and then is enough.
_KEEP_SELDOM = re.compile(r"^/ky-nang/(them|<ma>/(sua|ten-goi))$")
_POSTS_OF_A_PAGE = 3
_TEXTS: dict[str, Any] = {"texts": ["kế toán"]}
_KEYS = ("a", "b", "", "\x7f", "x" * 81)


class Attacker:
    """Sends hostile requests to an app over one connection."""

    def __init__(self, app: Flask, connection: Connection, world: World, seed: int) -> None:
        self.chance = random.Random(seed)
        self._seed, self._world = seed, world
        self._sender = Sender(app, connection)
        matrix = read_matrix()
        self.asks = matrix.asks
        posted = {_bare(one) for one in self.asks if one.method == "POST"}
        self._gets = [one for one in self.asks if one.method == "GET"]
        self._posts = [one for one in self.asks if one.method == "POST"]
        self._forms = [one for one in self._gets if _bare(one) in posted]
        self._for_programs = [
            one for one in self.asks if one.path.startswith("/api/") and one.method in {"POST", "PATCH"}
        ]
        self._with_part = [one for one in self.asks if "<" in one.path]
        self._may = {one.line: _who_may(matrix.shapes[one.shape]) for one in self.asks}

    def run(self, requests: int) -> Iterator[Sent]:
        """At least so many requests. Each step draws from chances of its own: where two databases differ once, what
        follows is the same again."""
        steps: Sequence[Callable[[], Iterator[Sent]]] = (
            self._opened, self._opened, self._opened, self._opened, self._posted, self._posted, self._posted, self._query, self._query, self._path,
            self._method, self._header, self._upload, self._program,
        )  # fmt: skip
        sent = turn = 0
        while sent < requests:
            turn += 1
            self.chance.seed(f"{self._seed}:{turn}")
            for one in self.chance.choice(steps)():
                sent += 1
                yield one

    def _opened(self) -> Iterator[Sent]:
        """Open a page with forms as somebody who may, spoil a field of one, send it."""
        ask = self.chance.choice(self._forms)
        path, actor = self._target(ask)
        page, opened = self._sender.send(Request(f"GET {ask.path}", path, actor))
        yield opened
        forms = forms_of(page)
        for _turn in range(_POSTS_OF_A_PAGE if forms else 0):
            form = self.chance.choice(forms)
            to = form.action.partition("?")[0] or path
            pairs, file = self._spoiled(form), self._file(form.file) if form.file else None
            what = f"POST {ask.path}" + ("" if to == path else f" > {IDS.sub('#', to)}")
            stays = self._may_stay(ask, same=to == path)
            yield self._sender.send(Request(what, to, actor, pairs, file, may_stay=stays))[1]

    def _spoiled(self, form: PageForm) -> list[tuple[str, str]]:
        """The fields of a form, one or a few of them hostile."""
        typed = [one for one in form.fields if one.is_typed]
        others = [one for one in form.fields if not one.is_typed]
        some = typed if typed and self.chance.random() < 0.85 else others or typed
        spoiled = set(self.chance.sample(some, min(len(some), self.chance.choice((1, 1, 1, 1, 2, 4)))))
        pairs = [(one.name, self._payload() if one in spoiled else one.value) for one in form.fields]
        if self.chance.random() < 0.15:
            pairs += [pair for pair in COLUMNS.items() if self.chance.random() < 0.2]
            pairs += [pair for pair in pairs if self.chance.random() < 0.1]
            self.chance.shuffle(pairs)
        return pairs

    def _may_stay(self, ask: Ask, *, same: bool) -> bool:
        bare = _bare(ask)
        return same and (
            _KEEP.match(bare) is not None
            or (_KEEP_SELDOM.match(bare) is not None and self.chance.random() < 0.01)
        )

    def _posted(self) -> Iterator[Sent]:
        """A form of the list of routes, or with invented fields, one of them hostile."""
        ask = self.chance.choice(self._posts)
        path, actor = self._target(ask)
        pairs = [(name, value or plausible(name)) for name, value in ask.fields if "{" not in value]
        names = self._some([*NAMES, *(name for name, _value in pairs)])
        pairs = [(name, value) for name, value in pairs if name not in names]
        pairs += [(self._odd(name), self._payload()) for name in names]
        yield self._sender.send(
            Request(f"POST {ask.path}", path, actor, pairs, may_stay=self._may_stay(ask, same=True))
        )[1]

    def _query(self) -> Iterator[Sent]:
        ask = self.chance.choice(self._gets)
        path, actor = self._target(ask)
        pairs = [(self._odd(name), self._payload()) for name in self._some(NAMES)]
        more = {"HX-Request": "true"} if self.chance.random() < 0.2 else {}
        query = encoded(pairs)[:20_000]
        yield self._sender.send(Request(f"GET {ask.path}?", path, actor, query=query, headers=more))[1]

    def _path(self) -> Iterator[Sent]:
        ask = self.chance.choice(self._with_part)
        _path, actor = self._target(ask)
        part = self.chance.choice((*BROKEN_PARTS, quoted(self._payload())[:5_000]))
        path = re.sub(r"<\w+>", lambda _found: part, _bare(ask))
        pairs = None if ask.method == "GET" else [("a", "b")]
        yield self._sender.send(Request(f"{ask.method} {ask.path}!", path, actor, pairs))[1]

    def _method(self) -> Iterator[Sent]:
        ask = self.chance.choice(self.asks)
        path, actor = self._target(ask)
        method = self.chance.choice(METHODS)
        more = {"X-HTTP-Method-Override": "DELETE"}
        raw = self.chance.choice(BODIES)
        yield self._sender.send(
            Request(f"{method} {ask.path}~", path, actor, method=method, raw=raw, headers=more)
        )[1]

    def _header(self) -> Iterator[Sent]:
        ask = self.chance.choice(self._gets)
        path, actor = self._target(ask)
        name = self.chance.choice(sorted(HEADERS))
        more = {name: self.chance.choice(HEADERS[name])}
        yield self._sender.send(Request(f"GET {ask.path} {name}", path, actor, headers=more))[1]

    def _upload(self) -> Iterator[Sent]:
        """A hostile file where files are taken, and where none is."""
        taking = [one for one in self._posts if one.path in {"/nhap-excel", "/dang-ky/tu-tep"}]
        ask = self.chance.choice(taking if self.chance.random() < 0.7 else self._posts)
        path, actor = self._target(ask)
        yield self._sender.send(
            Request(f"POST {ask.path} file", path, actor, [("loai", "ung-vien")], self._file("file"))
        )[1]

    def _program(self) -> Iterator[Sent]:
        """JSON to an address for programs: an example of the document with a few members that break others."""
        ask = self.chance.choice(self._for_programs)
        path, actor = self._target(ask)
        body: dict[str, Any] = dict(self.chance.choice((NEED_DRAFT, NEED_PATCH, _TEXTS)))
        for name in self._some([*body, *sorted(NeedDraft.model_fields), *COLUMNS]):
            body[self._odd(name)] = self._shaped(self._payload())
        raw = (json.dumps(body).encode("ascii"), "application/json")
        more = {
            "If-Match": self.chance.choice(("*", '"v1"', "x")),
            "Idempotency-Key": self.chance.choice(_KEYS),
        }
        yield self._sender.send(
            Request(f"{ask.method} {ask.path} json", path, actor, method=ask.method, raw=raw, headers=more)
        )[1]

    def _shaped(self, payload: str) -> Any:
        """A payload as a text, in a list or an object, or a number instead of it."""
        shapes: Sequence[Any] = (payload, payload, [payload], {payload: payload}, 10**30, -1, 1.5, None, True)
        return self.chance.choice(shapes)

    def _file(self, name: str) -> tuple[str, bytes, str, str]:
        called = self._payload()[:300].encode("utf-8", "replace").decode() + self.chance.choice(FILE_ENDS)
        return name, self.chance.choice(FILES), called, self.chance.choice(FILE_KINDS)

    def _target(self, ask: Ask) -> tuple[str, str]:
        """An address of the line and the cookie of somebody who may open it; now and then of anybody."""
        where, actor = self.chance.choice(self._may[ask.line])
        if self.chance.random() < 0.1:
            actor = self.chance.choice(sorted(self._world.actors))
        path = _bare(ask)
        for name, value in ({} if ask.kind == NO_OBJECT else parts_of(self._world, ask.kind, where)).items():
            path = path.replace(f"<{name}>", value)
        one = self._world.actors[actor]
        return path, f"{BEARER}{one.key}" if one.key else one.stale if ask.is_stale else one.fresh

    def _some(self, names: Sequence[str]) -> list[str]:
        return self.chance.sample(list(names), min(len(names), self.chance.choice((1, 1, 1, 2, 4))))

    def _odd(self, name: str) -> str:
        return self.chance.choice((name, name, name, f"{name}[]", f"{name}[a]", f"{name}.b", f"{name}-0"))

    def _payload(self) -> str:
        if self.chance.random() < 0.0003:
            return self.chance.choice(HUGE)
        return self.chance.choice(self.chance.choices(GROUPS, WEIGHTS)[0])


def _bare(ask: Ask) -> str:
    return ask.path.partition("?")[0]


def _who_may(shape: Any) -> list[tuple[str, str]]:
    """(where, actor) of those who are served; anybody when nobody is."""
    every = [(where, actor, verdict) for where, row in shape.items() for actor, verdict in row.items()]
    served = [(where, actor) for where, actor, verdict in every if verdict in "SMB"]
    return sorted(served or [(where, actor) for where, actor, _verdict in every])
