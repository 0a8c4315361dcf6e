"""What a log line may hold."""

from registry.web.logs import traced


def raised() -> Exception:
    name_of_a_person = "Nguyễn Thị Bí Mật"
    try:
        raise ValueError(name_of_a_person)
    except ValueError as error:
        return error


def test_an_exception_is_logged_by_place_without_its_message() -> None:
    event = traced(None, "error", {"event": "unexpected_error", "exc_info": raised()})
    assert "exc_info" not in event
    assert event["trace"][0].endswith("raised")
    assert "Bí Mật" not in str(event)


def test_an_event_without_exception_stays_as_it_is() -> None:
    assert traced(None, "info", {"event": "started"}) == {"event": "started"}
