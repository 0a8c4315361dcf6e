"""Whoever comes to the registry types fifty personal values into its screens: newcomers, a person, an officer; and errors."""

import io
import json
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.app.factory import MAX_BODY_BYTES
from registry.introductions.models import Conversation
from tests.factories import registrations as join
from tests.factories.accounts import account, post, sign_in
from tests.factories.introductions import need_of
from tests.factories.leaks import VALUES as V
from tests.factories.leaks import Sinks, Watched
from tests.factories.pages import parsed, words_of


class Story:
    """An installation of its own and the browsers of those who use it."""

    def __init__(self, app: Flask, session: Session, sinks: Sinks) -> None:
        self.app, self.session, self.sinks = app, session, sinks

    def browser(self) -> Watched:
        """A browser without an account."""
        self.app.test_client_class = Watched
        made = self.app.test_client()
        self.app.test_client_class = None  # others use this app after us
        assert isinstance(made, Watched)
        made.session, made.sinks = self.session, self.sinks
        return made


def sent(client: Watched, path: str, fields: dict[str, Any], status: int = 303) -> Any:
    """Send a form; look at the page it leads to."""
    answer = post(client, path, fields)
    assert answer.status_code == status, (path, words_of(parsed(answer, answer.status_code))[:600])
    if status == 303:
        client.get(answer.headers["Location"])
    return answer


def knock(story: Story) -> None:
    """Nobody yet: registering, signing in, forgotten passwords, with what is right and what is wrong."""
    client = story.browser()
    new = {"email": V["account e-mail"], "password": V["password"], "display_name": V["name"]}
    sent(client, "/dang-ky/tai-khoan", new)
    sent(client, "/dang-ky/tai-khoan", {**new, "email": V["wrong e-mail"]}, 422)
    account(story.session, Role.CANDIDATE, "", email=V["forgotten e-mail"], name=V["second name"])
    sent(client, "/dang-ky/tai-khoan", {**new, "email": V["forgotten e-mail"]})
    for email in (V["forgotten e-mail"], V["reset e-mail"]):
        sent(client, "/quen-mat-khau", {"email": email})
    for email, password in (
        (V["tried e-mail"], V["wrong password"]),
        (V["forgotten e-mail"], V["wrong password"]),
    ):
        sent(client, "/dang-nhap", {"email": email, "password": password}, 422)
    post(
        client,
        "/dang-nhap?next=/toi",
        {"email": V["tried e-mail"]},
        headers={"User-Agent": V["device"].encode().decode("latin-1")},
    )


def register(story: Story) -> Watched:
    """Somebody enters everything about themselves, some of it wrong at first."""
    client = story.browser()
    join.candidate(client, story.session, V["second e-mail"])
    join.begin(client)
    assert join.agree(client, join.ALL).status_code == 303
    day, month, year = V["birth"].split("/")
    about = {
        **join.ABOUT,
        "full_name": V["name"],
        "birth": [day, month, year],
        "headline": V["headline"],
        "summary": V["summary"],
    }
    assert join.save(client, "ban-than", {**about, "full_name": ""}).status_code == 422
    assert join.save(client, "ban-than", about).status_code == 303
    mine = {"email": V["contact e-mail"], "phone": V["phone"], "other_phone": V["second phone"]}
    assert join.save(client, "lien-he", {**mine, "email": V["wrong e-mail"]}).status_code == 422
    assert join.save(client, "lien-he", mine).status_code == 303
    assert join.save(client, "giay-to", {"kind": "cccd", "number": V["wrong number"]}).status_code == 422
    assert join.save(client, "giay-to", {"kind": "cccd", "number": V["number"]}).status_code == 303
    assert (
        join.save(
            client, "ky-nang", {"count": "0", "more": f"{V['skill']}\n{V['second skill']}"}, then="add"
        ).status_code
        == 303
    )
    assert join.save(client, "nguyen-vong", {**join.WISHES, "reason": V["wish"]}).status_code == 303
    _rows(client)
    _cv(client)
    for path in ("/dang-ky", "/dang-ky/ky-nang", "/dang-ky/ban-than", "/dang-ky/kiem-tra", "/dang-ky/tu-tep"):
        client.get(path)
    assert join.send(client).status_code == 303
    return client


def _rows(client: Watched) -> None:
    study = {"degree": "DH", "school": V["school"], "major": V["major"], "recognition_number": V["diploma"]}
    post_ = {"title": V["post"], "organisation": V["employer"], "description": V["work"], "is_ongoing": "y"}
    tongue = {"language": "ja", "rank": "4", "certificate": V["language paper"]}
    for task, fields in (("hoc-van/tao", study), ("kinh-nghiem/tao", post_), ("ngoai-ngu/tao", tongue)):
        answer = join.save(client, task, fields)
        assert answer.status_code == 303, words_of(parsed(answer, answer.status_code))[:600]


def _cv(client: Watched) -> None:
    content = json.dumps(
        {
            "basics": {"name": V["file content"], "email": V["contact e-mail"]},
            "skills": [{"name": V["skill"]}],
        }
    )
    file = FileStorage(io.BytesIO(content.encode()), filename=V["file name"])
    assert (
        post(client, "/dang-ky/tu-tep", {"file": file}, content_type="multipart/form-data").status_code == 303
    )


def own_page(story: Story, client: Watched) -> str:
    """One's own page: interest, requests about data, who has looked, the copy; the person's public id."""
    need = need_of(story.session)
    story.session.commit()
    own = story.session.scalars(select(Account).where(Account.email == V["second e-mail"])).one()
    person = join.record_of(story.session, own)
    sent(client, f"/toi/nhu-cau/{need.public_id}/quan-tam", {"words": V["interest"]})
    sent(client, "/toi/yeu-cau/tao/sua", {"words": V["request words"]})
    sent(client, "/toi/yeu-cau/tao/sua", {"words": ""}, 422)
    for path in (
        "/toi",
        "/toi/ai-da-xem",
        "/toi/trao-doi",
        "/toi/yeu-cau",
        "/tai-khoan",
        "/dang-ky/xong",
        "/dang-ky/xong/bien-nhan.pdf",
    ):
        client.get(path)
    post(client, "/toi/tai-du-lieu")
    return f"/nhu-cau/{need.public_id}/gioi-thieu/{person.public_id}"


def officer_page(story: Story, theirs: Watched, pair: str) -> None:
    """An officer finds, asks, writes, notes, invites; searches with words that are somebody's."""
    client = story.browser()
    sign_in(client, account(story.session, Role.OFFICER, "VN/12/", name=V["officer"]))
    person = pair.rpartition("/")[2]
    record_of = f"/ung-vien/{person}"
    for query in (
        f"tim={V['searched']}",
        f"tim={V['name']}",
        f"q={V['asked words']}",
        f"tim={V['name']}&trang=2&dang=bang",
    ):
        client.get(f"/ung-vien?{query}")
    sent(client, "/bo-tim/luu", {"q": V["asked words"], "ten": V["list"]})
    sent(client, "/danh-sach/them", {"nguoi": [person], "danh_sach": "", "ten": V["list"]})
    sent(client, f"{pair}/nhan-tin", {"message": V["message"]})
    talk = story.session.scalars(select(Conversation)).one().public_id
    sent(theirs, f"/toi/trao-doi/{talk}", {"message": V["answer"]})
    for task in (
        "ban-than",
        "lien-he",
        "giay-to",
        "nhay-cam",
        "ky-nang/tao",
        "minh-chung/tao",
        "dong-y",
        "nguyen-vong",
    ):
        client.get(f"{record_of}/{task}")
    hidden = join.hidden(client.get(f"{record_of}/nhay-cam").text)
    sent(client, f"{record_of}/nhay-cam", {**hidden, "religion": V["religion"]})
    hidden = join.hidden(client.get(f"{record_of}/giay-to").text)
    sent(
        client,
        f"{record_of}/giay-to",
        {**hidden, "kind": "passport", "number": V["passport"], "country": "Việt Nam"},
    )
    for path in (
        record_of,
        pair,
        "/ung-vien/trung",
        "/yeu-cau-quyen",
        "/danh-sach",
        "/bo-tim",
        "/",
        f"{record_of}/nhu-cau",
    ):
        client.get(path)
    sent(client, f"{record_of}/dong-y/matching/rut", {"channel": "", "reason": V["refused"]}, 422)


def provoke(story: Story, client: Watched) -> None:
    """Errors of every kind, with values in body, address and headers."""
    body, place, query = {"full_name": V["in a body"]}, V["in a path"], {"ten": V["in a query"]}
    headers = {
        "Referer": f"http://localhost/?ten={V['in a header']}".encode().decode("latin-1"),
        "X-Ten": V["in a header"].encode().decode("latin-1"),
    }
    answers = [
        client.post("/ung-vien/tao", data=body, query_string=query, headers=headers),
        client.get("/ung-vien", query_string=query, headers=headers),
        client.get(f"/ung-vien/{place}", query_string=query),
        client.get(f"/{place}", query_string=query, headers=headers),
        client.delete("/toi", data=body, query_string=query),
        client.post("/toi/yeu-cau/tao/sua", data=V["too large"].encode() + b"a" * MAX_BODY_BYTES),
        post(client, f"/_hong/fails/{place}", {"a": V["in a body"]}, query_string=query, headers=headers),
        client.get(f"/_hong/unavailable/{place}", query_string=query),
        client.get(f"/toi?ten={V['in a query']}\0"),
    ]
    assert [one.status_code for one in answers] == [400, 403, 403, 404, 405, 413, 500, 503, 400]
    nobody = story.browser()
    nobody.get("/ung-vien", query_string=query)
    assert nobody.get("/healthz", query_string=query).status_code == 200
    story.sinks.note("health", nobody.get("/healthz").text, nobody.get("/readyz", query_string=query).text)
