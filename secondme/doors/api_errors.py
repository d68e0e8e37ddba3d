"""Errors in the envelope of OpenAI's interface: `{"error": {message, type, param, code}}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse

from secondme.errors import EngineUnavailable, LimitReached, NotGranted, NothingFound, SecondMeError, UnknownProgram
from secondme.errors import UsageError as Usage

RETRY_SECONDS = 2
"""When a client that was refused for a limit may ask again, in a header that clients of OpenAI obey."""


class ApiError(Exception):
    """A request that gets an error. `param`: the field of the request that is meant; `code`: a word for programs."""

    def __init__(self, status: int, message: str, *, param: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.param = param
        self.code = code


_STATUSES: Mapping[type[SecondMeError], tuple[int, str]] = {
    UnknownProgram: (401, "invalid_api_key"),
    NotGranted: (403, "not_granted"),
    LimitReached: (429, "rate_limit_exceeded"),
    Usage: (400, "invalid_value"),
    NothingFound: (404, "not_found"),
    EngineUnavailable: (503, "unavailable"),
}
_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}


def api_error(error: SecondMeError) -> ApiError:
    """An error of the engine as one of the interface."""
    status, code = next((found for kind, found in _STATUSES.items() if isinstance(error, kind)), (500, "failed"))
    return ApiError(status, error.sentence(), code=code)


def envelope(error: ApiError) -> dict[str, Any]:
    """The body of an error."""
    kind = _TYPES.get(error.status, "invalid_request_error" if error.status < 500 else "server_error")
    return {"error": {"message": error.message, "type": kind, "param": error.param, "code": error.code}}


def error_response(error: ApiError) -> JSONResponse:
    """The response of an error."""
    headers = {401: {"WWW-Authenticate": "Bearer"}, 429: {"Retry-After": str(RETRY_SECONDS)}}.get(error.status)
    return JSONResponse(envelope(error), error.status, headers)
