"""A real HTTP server on this machine that serves a folder, and can be told to fail at a path."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TLS = Path(__file__).with_name("tls")
CERTIFICATE = TLS / "certificate.pem"


class Served:
    """A running server: its address, what it was asked, and how it fails where."""

    def __init__(self, root: Path, address: str) -> None:
        self.root = root
        self.address = address
        self.asked: Counter[str] = Counter()
        self.faults: dict[str, Fault] = {}

    def fails(self, end: str, fault: Fault) -> None:
        """Fail for paths with this end."""
        self.faults[end] = fault


@contextmanager
def serving(root: Path, *, tls: bool = False, host: str = "127.0.0.1") -> Iterator[Served]:
    """Serve a folder while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            # A proxy is asked for whole addresses.
            path = path[path.index("/offers") :] if "://" in path else path
            served.asked[path] += 1
            fault = next((f for end, f in served.faults.items() if path.endswith(end)), None)
            data = read(root, path)
            if fault is None or not fault(self, served.asked[path], data):
                answer(self, data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE, TLS / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # clients that hang up are the point
    served = Served(root, f"{'https' if tls else 'http'}://{host}:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


Request = BaseHTTPRequestHandler
Fault = "Callable[[Request, int, bytes | None], bool]"
"""Answers a request itself, or leaves it to the server; gets the number of times it was asked."""


def read(root: Path, path: str) -> bytes | None:
    file = root / path.lstrip("/")
    return file.read_bytes() if file.is_file() else None


def answer(
    to: Request,
    data: bytes | None,
    *,
    status: int = 200,
    length: int | None = None,
    kind: str = "application/json",
    **headers: str,
) -> None:
    """An answer with a body; its stated length may be another."""
    body = b"no such file" if data is None else data
    to.send_response(404 if data is None else status)
    to.send_header("Content-Type", kind)
    to.send_header("Content-Length", str(len(body) if length is None else length))
    for name, value in headers.items():
        to.send_header(name, value)
    to.end_headers()
    to.wfile.write(body)


def status(code: int, times: int = 10**9) -> Fault:
    """Answer with a status, a number of times."""

    def fault(to: Request, asked: int, _: bytes | None) -> bool:
        if asked <= times:
            answer(to, b"sorry", status=code)
        return asked <= times

    return fault


def cut(times: int = 10**9) -> Fault:
    """Send half of the body, then close the connection."""

    def fault(to: Request, asked: int, data: bytes | None) -> bool:
        if asked <= times:
            answer(to, data[: len(data) // 2], length=len(data))
            to.close_connection = True
        return asked <= times

    return fault


def reset() -> Fault:
    """Send half of the body, then reset the connection."""

    def fault(to: Request, _: int, data: bytes | None) -> bool:
        answer(to, data[: len(data) // 2], length=len(data))
        to.wfile.flush()
        at_once = struct.pack("ii", 1, 0)
        to.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        to.close_connection = True
        return True

    return fault


def hang_up() -> Fault:
    """Close the connection without an answer."""

    def fault(to: Request, _: int, __: bytes | None) -> bool:
        to.close_connection = True
        return True

    return fault


def chunked_and_cut() -> Fault:
    """Send chunks without the last one."""

    def fault(to: Request, _: int, data: bytes | None) -> bool:
        to.send_response(200)
        to.send_header("Transfer-Encoding", "chunked")
        to.end_headers()
        half = data[: len(data) // 2]
        to.wfile.write(f"{len(half):x}\r\n".encode() + half + b"\r\n")
        to.close_connection = True
        return True

    return fault


def silent(seconds: float, *, after: int = 0, times: int = 10**9) -> Fault:
    """Send some bytes of the body, then nothing for a while."""

    def fault(to: Request, asked: int, data: bytes | None) -> bool:
        if asked > times:
            return False
        if after:
            answer(to, data[:after], length=len(data))
            to.wfile.flush()
        time.sleep(seconds)
        to.close_connection = True
        return True

    return fault


def body(change: Callable[[bytes], bytes], **options: str) -> Fault:
    """Answer with another body, of the right length."""

    def fault(to: Request, _: int, data: bytes | None) -> bool:
        answer(to, change(data), **options)
        return True

    return fault


def redirect(to_address: str) -> Fault:
    """Send the client elsewhere."""

    def fault(to: Request, _: int, __: bytes | None) -> bool:
        answer(to, b"", status=302, Location=to_address)
        return True

    return fault
