import pytest

from app.chat.guard import auth_is_sound, guarded, is_uuid, origin_is_ours

SESSION = "2c7a1f0e-6f0b-4a7e-9a53-0d1d0a2f4b11"
SOUND = {"sessionId": SESSION, "threadId": "", "clientType": "webapp"}


@pytest.mark.parametrize("value", [None, 7, "", "../../etc", SESSION + "/..", f"{{{SESSION}}}", SESSION.replace("-", ""), "x' OR 1=1 --"])
def test_only_plain_uuids_pass(value: object) -> None:
    assert not is_uuid(value)


def test_a_sound_socket_passes() -> None:
    assert auth_is_sound(SOUND)
    assert auth_is_sound(SOUND | {"threadId": SESSION})


@pytest.mark.parametrize(
    "auth", [None, "text", {}, SOUND | {"sessionId": "../var"}, SOUND | {"threadId": "a' --"}, SOUND | {"clientType": "copilot"}]
)
def test_an_unsound_socket_does_not(auth: object) -> None:
    assert not auth_is_sound(auth)


def test_only_our_own_pages_may_open_a_socket() -> None:
    ours = {"HTTP_HOST": "127.0.0.1:8000"}
    assert origin_is_ours(ours | {"HTTP_ORIGIN": "http://127.0.0.1:8000"}, None)
    assert origin_is_ours(ours, None)
    assert not origin_is_ours(ours | {"HTTP_ORIGIN": "https://elsewhere.example"}, None)
    assert origin_is_ours(ours | {"HTTP_ORIGIN": "https://audit.example"}, "https://audit.example")


async def test_the_guard_refuses_before_the_handler_sees_anything() -> None:
    seen = []

    async def connect(sid: str, environ: dict[str, object], auth: object) -> bool:
        seen.append(sid)
        return True

    open_sockets = [0]
    checked = guarded(connect, lambda: open_sockets[0], 2, None)
    assert await checked("a", {}, SOUND)
    with pytest.raises(ConnectionRefusedError):
        await checked("b", {}, {"sessionId": "../.."})
    open_sockets[0] = 2
    with pytest.raises(ConnectionRefusedError):
        await checked("c", {}, SOUND)
    assert seen == ["a"]
