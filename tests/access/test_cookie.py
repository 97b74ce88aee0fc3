from uuid import UUID

import pytest

from app.access.cookie import COOKIE, new_visitor, set_cookie_header, visitor_of


def test_a_visitor_is_known_again_by_the_signed_cookie() -> None:
    visitor = new_visitor()
    header = set_cookie_header(visitor, "secret", secure=False)
    assert visitor_of(header.partition(";")[0], "secret") == str(UUID(visitor))
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header


def test_a_cookie_over_https_is_secure() -> None:
    assert "; Secure" in set_cookie_header(new_visitor(), "secret", secure=True)


UNSIGNED = f"{COOKIE}=0b8f6d1e-6f5c-4c53-9d67-2f1f5d1f7a11"


@pytest.mark.parametrize("cookie", ["", "other=1", f"{COOKIE}=forged", f"{COOKIE}=", "a=b; ;;=", UNSIGNED])
def test_a_forged_or_missing_cookie_is_nobody(cookie: str) -> None:
    assert visitor_of(cookie, "secret") is None


def test_another_secret_does_not_open_the_cookie() -> None:
    cookie = set_cookie_header(new_visitor(), "secret", secure=False).partition(";")[0]
    assert visitor_of(cookie, "another") is None
