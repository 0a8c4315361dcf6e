"""What the hostile inputs are to find is found when it is planted."""

import pytest
from sqlalchemy import Connection

from registry.config import Settings
from tests.conftest import Served
from tests.factories.authz.actors import nobody
from tests.factories.hostile import fleet
from tests.factories.hostile.fields import forms_of
from tests.factories.hostile.fleet import DIFFERS, Result, apart, fired, plant
from tests.factories.hostile.payloads import PAYLOADS
from tests.factories.hostile.sending import Sender, Sent, leads_away


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_planted_is_seen(
    served: Served, settings: Settings, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error, a sleeper, a way out, a computed template, an answer of its own to one database."""
    monkeypatch.setattr("tests.factories.hostile.sending.SLOW", 0.1)
    monkeypatch.setattr(fleet, "SLOW", 0.1)
    app, told = served(settings, plant), list[str]()
    for differs in (False, True):
        app.config[DIFFERS] = differs
        seen, verdict = fired(Sender(app, connection), nobody(app).fresh)
        assert seen == {"http_5xx": True, "over_2s": True, "led_away": True, "computed": True}
        told.append(verdict)
    one, other = (Result("sqlite", 0, [verdict]) for verdict in told)
    assert apart(one, one) == []
    assert len(apart(one, other)) == len(apart(one, Result("sqlite", 0))) == 1


def test_a_form_is_filled_as_somebody_would() -> None:
    page = """<meta charset=utf-8><form method=post action="/ngon-ngu"></form><form method=post action="/a?b=c">
        <input type=hidden name=csrf_token value=x><input type=hidden name=version value=3>
        <input type=text name=full_name><input class="inp day" type=text name=on><input class="inp year" type=text name=on>
        <input type=radio name=kind value=a><input type=radio name=kind value=b checked>
        <select name=unit><option value="">-</option><option value=VN>VN</option></select><textarea name=note>Cũ</textarea>
        <input type=file name=cv><button name=then value=add>Thêm</button></form>"""
    [form] = forms_of(page)
    assert (form.action, form.file) == ("/a?b=c", "cv")
    assert [(one.name, one.value) for one in form.fields] == [
        ("version", "3"), ("full_name", "Chữ thường"), ("on", "5"), ("on", "2020"), ("kind", "b"), ("unit", "VN"), ("note", "Cũ"),
    ]  # fmt: skip


def test_the_corpus_is_large_and_the_check_sees_a_redirectleads_away() -> None:
    assert len(set(PAYLOADS)) >= 200
    assert [
        where
        for where in ("//evil.example/a", "https://evil.example", "/\\evil.example")
        if not leads_away(where)
    ] == []
    assert not leads_away("/toi")
    assert not leads_away("http://localhost/toi")


def test_the_same_verdict_whatever_ids_a_database_gave() -> None:
    one = Sent("GET /a", 303, 0.1, "/nhu-cau/" + "a" * 26)
    other = Sent("GET /a", 303, 0.2, "/nhu-cau/" + "b" * 26)
    assert one.verdict == other.verdict != Sent("GET /a", 200, 0.1).verdict
