"""What goes wrong at an endpoint, as the openai SDK says it, in our own few reasons; and how long the provider asks to wait."""

import contextlib
import re
from collections.abc import Iterator, Mapping

import httpx2
import openai

from app.errors import ModelError, Reason

_STATUS: dict[int, Reason] = {401: "unauthorised", 403: "unauthorised", 429: "rate_limited"}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
SERVER_ERROR = 500
"""From this status on nobody knows whether the provider worked on the call; below it, it did not."""
_NEVER_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout)
_OF_HTTP = ("httpx2", "httpcore2", "anyio")
ABOUT_SHAPES = re.compile(r"response_format|json_schema|json_object|schema|grammar|structured", re.IGNORECASE)
"""What an endpoint names that does not take the way it was asked for a shape."""


@contextlib.contextmanager
def faults() -> Iterator[None]:
    """Turn the SDK's errors into ours; what they say about the request's content stays out."""
    try:
        yield
    except openai.APITimeoutError as error:
        raise ModelError("timed_out") from error
    except openai.APIConnectionError as error:
        cause = error.__cause__
        raise ModelError("unreachable", type(cause).__name__, taken=not isinstance(cause, _NEVER_SENT)) from error
    except openai.APIStatusError as error:
        raise _of_status(error) from error
    except openai.APIError as error:
        raise ModelError("server_error", type(error).__name__) from error
    except (openai.OpenAIError, ValueError, OSError) as error:
        raise ModelError("malformed", type(error).__name__) from error
    except Exception as error:
        # A stream that breaks off raises the HTTP library's own errors.
        if type(error).__module__.partition(".")[0] in _OF_HTTP:
            raise ModelError("unreachable", type(error).__name__) from error
        raise


def _of_status(error: openai.APIStatusError) -> ModelError:
    reason = _STATUS.get(error.status_code, "server_error" if error.status_code >= SERVER_ERROR else "rejected")
    about = ABOUT_SHAPES.search(str(error))
    detail = f"HTTP {error.status_code} {error.code or ''} {about.group(0) if about else ''}".strip()
    wait = wait_of(error.response.headers) if reason == "rate_limited" else 0.0
    if error.code == "insufficient_quota":
        return ModelError("unauthorised", detail, taken=False)
    return ModelError(reason, detail, wait or None, taken=error.status_code >= SERVER_ERROR)


def wait_of(headers: Mapping[str, str]) -> float:
    """Return the seconds that a reply's headers ask to wait: an explicit wish, or the reset of a limit that is used up."""
    if (ms := headers.get("retry-after-ms")) and ms.replace(".", "", 1).isdigit():
        return float(ms) / 1000
    if (seconds := headers.get("retry-after")) and seconds.replace(".", "", 1).isdigit():
        return float(seconds)
    empty = (kind for kind in ("requests", "tokens") if headers.get(f"x-ratelimit-remaining-{kind}") == "0")
    resets = (_DURATION.findall(headers.get(f"x-ratelimit-reset-{kind}", "")) for kind in empty)
    return max((sum(float(number) * _SECONDS[unit] for number, unit in reset) for reset in resets), default=0.0)
