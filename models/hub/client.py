"""The Hugging Face hub, asked through `huggingface_hub`: endpoint, token, proxies and certificates are that library's.

The library's own downloads are not used. Measured with `hf_hub_download` 2.4 against a server on loopback: killed after
34 of 40 MB it fetched all 40 MB anew and left 21 MB behind (the partial file's name is random); on a line that drops
every 5 MB it made no progress, because it hands over 10 MB at a time. It checks a size and no digest, takes a reset
connection as final, and writes as much as the server sends. Files that the hub keeps in Xet storage come by plain HTTP
like all others: hf-xet would fetch them from other hosts into a cache of its own, beyond all these checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.protocol import ModelError
from models.protocol.printable import printable

if TYPE_CHECKING:
    import httpx2
    from huggingface_hub.hf_api import RepoSibling

REACH = "Check the network, and HTTPS_PROXY and HF_ENDPOINT if they are set; what was pulled is kept."
REQUEST_SECONDS = 20.0
"""Longest wait for a connection or for the next bytes."""

_REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")


class Unreachable(ModelError):
    """The hub gave no answer, or cannot answer now: worth another try. `wait` is the pause it asks for, in seconds."""

    def __init__(self, what: str, remedy: str, wait: float = 0.0) -> None:
        super().__init__(what, remedy)
        self.wait = wait


class NotOnHub(ModelError):
    """The hub has no such repository, revision or file."""


class OddAnswer(ModelError):
    """The answer is not what was asked for: a login page, another range, another size."""


@dataclass(frozen=True)
class HubFile:
    """A file of a repository as the hub describes it. Its name is untrusted, but has passed `is_safe_path`."""

    path: str
    size: int
    """In bytes; -1 where the hub does not say."""
    sha256: str
    """Hex, of a large file. Empty: the hub keeps the file in git, and knows only `blob`."""
    blob: str
    """Git object id of a small file, hex."""

    @property
    def digest(self) -> str:
        """The digest that the hub vouches for, hex: sha256 or git object id."""
        return self.sha256 or self.blob

    @property
    def checkable(self) -> bool:
        """Whether the hub gave a size, and a digest of the right form: without them nothing can be checked."""
        return self.size >= 0 and bool(_SHA256.fullmatch(self.sha256) if self.sha256 else _COMMIT.fullmatch(self.blob))


@dataclass(frozen=True)
class Listing:
    """A repository at a commit."""

    repository: str
    commit: str
    files: tuple[HubFile, ...]
    tags: frozenset[str]
    licence: str


@dataclass(frozen=True)
class Content:
    """Bytes of a file as they come, from `start` on; `total` is the size of the file by this answer, if it says."""

    start: int
    total: int | None
    chunks: Iterator[bytes]


class Hub:
    """A hub. `endpoint` is by default the library's (HF_ENDPOINT); `seconds` limits each wait."""

    def __init__(self, endpoint: str | None = None, seconds: float = REQUEST_SECONDS) -> None:
        self._endpoint = endpoint
        self._seconds = seconds

    @property
    def endpoint(self) -> str:
        """The address that is contacted."""
        from huggingface_hub import constants

        return self._endpoint or constants.ENDPOINT

    def listing(self, repository: str, revision: str = "") -> Listing:
        """What a repository holds at a revision (branch, tag or commit), with sizes and digests.

        Raises NotOnHub, Unreachable, OddAnswer, or ModelError where access is refused.
        """
        from huggingface_hub import HfApi

        if not _REPOSITORY.fullmatch(repository) or "--" in repository or ".." in repository:
            raise NotOnHub(f"{repository!r} is no name of a repository.", "They are written owner/name.")
        _session()
        with self._translate_errors(repository):
            try:
                found = HfApi(endpoint=self._endpoint).model_info(
                    repository, revision=revision or None, files_metadata=True, timeout=self._seconds
                )
                commit = found.sha or ""
                files = tuple(_hub_file(file) for file in found.siblings or () if is_safe_path(file.rfilename))
                licence = found.card_data.get("license") if found.card_data is not None else None
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                # The library does not check the JSON of the answer: a login page or a wrong endpoint ends here.
                raise OddAnswer(f"What answers at {self.endpoint} is no Hugging Face hub.", REACH) from error
        if not _COMMIT.fullmatch(commit):
            raise OddAnswer(f"{self.endpoint} does not say which commit of {repository} it means.", REACH)
        shown = printable(licence, 60) if isinstance(licence, str) else ""
        return Listing(repository, commit, files, frozenset(map(str, found.tags or ())), shown)

    @contextmanager
    def content(self, repository: str, commit: str, file: HubFile, start: int) -> Iterator[Content]:
        """The file's bytes from `start` on, or all of them where the server has no ranges.

        Raises as `listing` does, also while the bytes are read.
        """
        from huggingface_hub import hf_hub_url
        from huggingface_hub.utils import build_hf_headers

        session = _session()
        with self._translate_errors(repository):
            url = hf_hub_url(repository, file.path, revision=commit, endpoint=self._endpoint)
            # No If-Range: the hub redirects to hosts whose tags for the same bytes differ, so a change of host would
            # throw 30 GB away. In the end the digest decides whether all parts were of the same file.
            headers = {**build_hf_headers(), "Accept-Encoding": "identity"}
            if start:
                headers["Range"] = f"bytes={start}-"
            with session.stream("GET", url, headers=headers, timeout=self._seconds) as answer:
                if answer.status_code >= 400:
                    raise self._refusal(answer, repository)
                yield self._content(answer, file)

    def _content(self, answer: httpx2.Response, file: HubFile) -> Content:
        kind = answer.headers.get("Content-Type", "")
        odd = OddAnswer(
            f"{self.endpoint} answered with something else than {file.path} "
            f"({answer.status_code}, {kind or 'no type'}).",
            "A network that wants a login answers so; what was pulled is kept.",
        )
        if answer.status_code == 206:
            found = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
            if found is None:
                raise odd
            return Content(int(found[1]), None if found[3] == "*" else int(found[3]), answer.iter_bytes())
        if answer.status_code != 200 or kind.startswith("text/html"):
            raise odd
        length = answer.headers.get("Content-Length", "")
        plain = answer.headers.get("Content-Encoding", "identity") == "identity"
        return Content(0, int(length) if plain and length.isdigit() else None, answer.iter_bytes())

    def _refusal(self, answer: httpx2.Response, repository: str) -> ModelError:
        """The error for a status of 400 and above. It repeats nothing that the server wrote."""
        status, code = answer.status_code, answer.headers.get("X-Error-Code", "")
        if status in (401, 403) and code != "RepoNotFound":
            return ModelError(
                f"The hub refuses access to {repository} ({status}).",
                f"Accept its licence at {self.endpoint}/{repository} and set HF_TOKEN to a token of yours; "
                "it may also be private, or not exist.",
            )
        if status in (401, 404):
            part = {"RevisionNotFound": "that revision of ", "EntryNotFound": "that file in "}.get(code, "")
            return NotOnHub(
                f"The hub does not have {part}{repository}.",
                "Check the name; for a private one set HF_TOKEN." if not part else "Check the name.",
            )
        if status == 416:
            return OddAnswer(f"The hub's file in {repository} is shorter than the hub says.", "Try again later.")
        wait = answer.headers.get("Retry-After", "")
        return Unreachable(
            f"{self.endpoint} cannot answer now ({status}).",
            "Try again later; what was pulled is kept.",
            wait=float(wait) if wait.isdigit() else 0.0,
        )

    @contextmanager
    def _translate_errors(self, repository: str) -> Iterator[None]:
        """Turn what the library raises into our errors."""
        import httpx2
        from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled

        try:
            yield
        except OfflineModeIsEnabled as error:
            raise ModelError("HF_HUB_OFFLINE is set, so nothing is pulled.", "Unset it to pull models.") from error
        except HfHubHTTPError as error:
            raise self._refusal(error.response, repository) from error
        except httpx2.ProxyError as error:
            raise Unreachable(f"The proxy does not lead to {self.endpoint}.", REACH) from error
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            raise Unreachable(f"{self.endpoint} cannot be reached ({type(error).__name__}).", REACH) from error


def is_safe_path(path: str) -> bool:
    """Whether a name from the hub may be shown and become a path below the store: no `..`, nothing hidden."""
    parts = path.split("/")
    return (
        len(path) < 512
        and path.isprintable()
        and not set(path) & set('\\:*?"<>|')
        and all(part and not part.startswith(".") and len(part.encode()) < 200 for part in parts)
    )


def _session() -> httpx2.Client:
    """The library's client, without telemetry. Raises ModelError."""
    from huggingface_hub import constants
    from huggingface_hub.utils import get_session

    # With telemetry the library fetches a list of coding agents from the hub, and reports which of them runs it.
    constants.HF_HUB_DISABLE_TELEMETRY = True
    try:
        return get_session()
    except ValueError as error:
        raise ModelError("A proxy setting is no address.", "Mend HTTPS_PROXY, HTTP_PROXY or ALL_PROXY.") from error


def _hub_file(file: RepoSibling) -> HubFile:
    size, sha256, blob = file.size, file.lfs.sha256 if file.lfs else "", file.blob_id or ""
    return HubFile(file.rfilename, size if isinstance(size, int) else -1, str(sha256), str(blob))
