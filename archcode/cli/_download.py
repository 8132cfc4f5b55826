"""AWS's price list, from the network or from a folder laid out like it."""

from __future__ import annotations

import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol
from urllib.parse import urlsplit

from archcode.cli import _io
from archcode.errors import PriceListError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    import urllib3

ATTEMPTS = 4
PAUSE = 1
"""Seconds before the second attempt; each further one waits twice as long."""
_PART = 2**18
_SHOWN_EVERY = 2**25
_REDIRECTS = 5
_TRY_AGAIN = (408, 429, 500, 502, 503, 504)


class Source(Protocol):
    """Where the price list is read."""

    def name(self, path: str) -> str:
        """What a path of the list is there, for messages."""

    def open(self, path: str) -> AbstractContextManager[BinaryIO]:
        """A file of the list, whole; raises PriceListError."""


def source(where: str, scratch: Path | None, timeout: int) -> Source:
    """The list at an address or in a folder; `scratch` is where downloads wait to be read."""
    if where.startswith(("http://", "https://")):
        if not _is_address(where):
            raise UsageError(f"--from: {where}: is no address")
        return Web(where.rstrip("/"), scratch, timeout)
    folder = Path(where)
    if not folder.is_dir():
        raise UsageError(f"--from: {where}: is no folder, and no http:// or https:// address")
    return Folder(folder)


def _is_address(text: str) -> bool:
    """Whether an address has a host, and a port that can be one if any."""
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


class Folder:
    """A copy of the list on this machine."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def name(self, path: str) -> str:
        """The file's path."""
        return str(self._root / path.lstrip("/"))

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """The file itself."""
        try:
            file = Path(self.name(path)).open("rb")  # noqa: SIM115 - closed below
        except OSError as error:
            raise PriceListError(f"{self.name(path)}: {error.strerror}") from None
        with file:
            yield file


class Web:
    """The list at an address; each file is downloaded whole before anything is read of it."""

    def __init__(self, base: str, scratch: Path | None, timeout: int) -> None:
        self._base = base
        self._scratch = scratch
        self._timeout = timeout
        self._pool = _pool(base)

    def name(self, path: str) -> str:
        """The file's address."""
        return f"{self._base}{path}"

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """The file's download, gone when it is closed."""
        place = self._scratch or Path(tempfile.gettempdir())
        file = None
        try:
            file = tempfile.TemporaryFile(dir=place)  # noqa: SIM115 - closing it may fail
            self._download(self.name(path), file)
            file.seek(0)
        except OSError as error:
            raise PriceListError(f"{place}: cannot be written: {error.strerror}") from None
        else:
            yield file
        finally:
            # What a full disk did not take fails to be written once more.
            with suppress(OSError):
                if file:
                    file.close()

    def _download(self, url: str, file: BinaryIO) -> None:
        """Try, and try again where the fault may pass."""
        fact = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                _io.progress(f"{url}: {fact}; once more")
                time.sleep(PAUSE * 2 ** (attempt - 1))
            fact = self._attempt(url, file)
            if not fact:
                return
        raise PriceListError(
            f"{url}: {fact}, {ATTEMPTS} times; try later, or --from with a copy of the list"
        )

    def _attempt(self, url: str, file: BinaryIO) -> str:
        """One download from the start: what failed and may pass, or an empty text."""
        import urllib3

        try:
            response = self._answer(url)
            if response.status in _TRY_AGAIN:
                return f"the server answers {response.status} {response.reason}"
            _check(url, response)
            file.seek(0)
            file.truncate()
            _save(response, url, file)
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            return _passing(url, error)
        return ""

    def _answer(self, url: str) -> urllib3.BaseHTTPResponse:
        import urllib3

        follow = urllib3.Retry(None, connect=0, read=0, other=0, status=0, redirect=_REDIRECTS)
        return self._pool.request(
            "GET",
            url,
            preload_content=False,
            retries=follow,
            timeout=urllib3.Timeout(self._timeout, self._timeout),
            headers={"Accept-Encoding": "identity", "User-Agent": "archcode"},
        )


def _pool(base: str) -> urllib3.PoolManager:
    """Connections that verify TLS, through the proxy that the environment names."""
    from urllib.request import getproxies, proxy_bypass

    import urllib3

    parts = urlsplit(base)
    proxy = getproxies().get(parts.scheme)
    if proxy and not proxy_bypass(parts.hostname or ""):
        return urllib3.ProxyManager(proxy, cert_reqs="CERT_REQUIRED")
    return urllib3.PoolManager(cert_reqs="CERT_REQUIRED")


def _check(url: str, response: urllib3.BaseHTTPResponse) -> None:
    """Raise PriceListError where an answer is not the file."""
    if response.status != 200:
        raise PriceListError(
            f"{url}: the server answers {response.status} {response.reason}; check --from"
        )
    steps = response.retries.history if response.retries else ()
    for address in (*(step.url or "" for step in steps), response.geturl() or ""):
        if url.startswith("https:") and address.lower().startswith("http:"):
            raise PriceListError(f"{url}: leads to {address}, which is not encrypted")


def _save(response: urllib3.BaseHTTPResponse, url: str, file: BinaryIO) -> None:
    shown = 0
    for part in response.stream(_PART):
        file.write(part)
        if file.tell() - shown >= _SHOWN_EVERY:
            shown = file.tell()
            _io.progress(f"{url}: {shown // 2**20} MB")


def _passing(url: str, error: Exception) -> str:
    """A fault in words; raises PriceListError where another attempt would fail alike."""
    import urllib3.exceptions as faults

    cause = getattr(error, "reason", None) or error
    if isinstance(cause, faults.SSLError):
        raise PriceListError(
            f"{url}: the server's certificate is not trusted: {_words(cause)};"
            " SSL_CERT_FILE names the certificate of a proxy or mirror"
        ) from None
    if isinstance(cause, faults.ResponseError):
        raise PriceListError(
            f"{url}: leads on more than {_REDIRECTS} times; check --from"
        ) from None
    if isinstance(cause, ValueError):
        raise PriceListError(f"{url}: leads to no address; check --from") from None
    if isinstance(cause, faults.TimeoutError) and not isinstance(cause, faults.NewConnectionError):
        return "the server is silent"
    if isinstance(cause, faults.DecodeError):
        return "the answer is not compressed as it says"
    if isinstance(cause, faults.IncompleteRead | faults.ProtocolError):
        return "the connection was cut"
    return f"no connection: {_words(cause)}"


def _words(error: Exception) -> str:
    """The reason of a network fault, without the objects in it."""
    return " ".join(str(error).rpartition(": ")[2].split())[:120].strip("()'\"")
