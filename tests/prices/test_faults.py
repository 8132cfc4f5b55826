"""Whatever fails between AWS's list and the disk: the old book stays, and one line says why."""

from __future__ import annotations

import gzip
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest
from prices.conftest import REGIONS, tree
from prices.offers import VERSION
from prices.server import (
    CERTIFICATE,
    answer,
    body,
    chunked_and_cut,
    cut,
    hang_up,
    redirect,
    reset,
    serving,
    silent,
    status,
)

from archcode.cli import _download

OFFERS = "/offers/v1.0/aws"
LAST = f"{OFFERS}/AWSQueueService/{VERSION}/us-east-1/index.json"
"""The last file that is read: all others have been, when it fails."""
SERVICES = f"{OFFERS}/index.json"
REGION_INDEX = f"{OFFERS}/AWSQueueService/current/region_index.json"
FOUR_TIMES = ", 4 times; try later, or --from with a copy of the list"
HTML = b"<!DOCTYPE html><html><body>Sign in to the guest network</body></html>"


@pytest.fixture
def refused(archcode, book, server):
    """Run an update that fails: the message, after a look at what it left."""

    def run(*arguments, code=1, where=None):
        before = tree(book.parent)
        ended = archcode(
            "prices", "update", book, "--from", where or server.address, "--timeout", "1",
            *arguments,
        )  # fmt: skip
        assert tree(book.parent) == before
        assert [path.name for path in book.parent.iterdir()] == ["book"]
        assert (ended.code, ended.out) == (code, "")
        assert ended.err.count("\n") == 1
        assert "Traceback" not in ended.err
        return ended.err.removeprefix("archcode: ").rstrip("\n")

    return run


@pytest.mark.parametrize("path", [SERVICES, REGION_INDEX, LAST])
@pytest.mark.parametrize("fault", [cut(), reset(), hang_up(), chunked_and_cut()])
def test_a_connection_that_is_cut(refused, server, path, fault):
    server.fails(path, fault)

    assert refused() == f"{server.address}{path}: the connection was cut{FOUR_TIMES}"
    assert server.asked[path] == 4


@pytest.mark.parametrize("fault", [cut(2), status(503, 3), status(429, 1), silent(2, times=1)])
@pytest.mark.parametrize("path", [SERVICES, LAST])
def test_a_fault_that_passes_is_no_fault(archcode, book, server, path, fault):
    server.fails(path, fault)
    ended = archcode("prices", "update", book, "--from", server.address, "--timeout", "1")

    assert (ended.code, ended.err) == (0, "")
    assert "0 changed" in ended.out
    assert server.asked[path] > 1


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503, 504])
def test_a_server_that_is_ill_is_asked_four_times(refused, server, code):
    server.fails(LAST, status(code))

    assert refused().startswith(f"{server.address}{LAST}: the server answers {code} ")
    assert server.asked[LAST] == 4


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410])
def test_an_answer_that_is_final_is_asked_for_once(refused, server, code):
    server.fails(LAST, status(code))

    assert refused().startswith(f"{server.address}{LAST}: the server answers {code} ")
    assert server.asked[LAST] == 1


@pytest.mark.parametrize("after", [0, 100])
def test_a_server_that_falls_silent(refused, server, after):
    server.fails(SERVICES, silent(1.5, after=after))

    assert refused() == f"{server.address}{SERVICES}: the server is silent{FOUR_TIMES}"


WRONG = {
    "half of it": lambda data: data[: len(data) // 2],
    "all but the last byte": lambda data: data[:-1],
    "nothing": lambda _: b"",
    "a page": lambda _: HTML,
    "binary": lambda _: bytes(range(256)),
    "more behind it": lambda data: data + b'{"more": 1}',
    "another document": lambda _: b'{"message": "Forbidden"}',
    "a list": lambda _: b"[1, 2]",
    "null": lambda _: b"null",
    "deep": lambda _: b"[" * 100_000,
}


@pytest.mark.parametrize("path", [SERVICES, REGION_INDEX, LAST])
@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_a_body_that_is_not_the_file(refused, server, path, change):
    server.fails(path, body(change))

    assert refused().startswith(f"{server.address}{path}: is no ")
    assert server.asked[path] == 1


def test_a_page_is_shown_by_its_beginning(refused, server):
    server.fails(LAST, body(lambda _: HTML, kind="text/html"))

    assert refused().endswith(
        'it begins "<!DOCTYPE html><html><body>Sign in to the guest ne"'
        ' and ends "twork</body></html>"'
    )


def test_the_content_type_does_not_matter(archcode, book, server):
    server.fails(LAST, body(lambda data: data, kind="application/octet-stream"))

    assert archcode("prices", "update", book, "--from", server.address).code == 0


def test_the_file_of_another_offer(refused, server, published):
    other = (published / f"offers/v1.0/aws/AmazonMSK/{VERSION}/us-east-1/index.json").read_bytes()
    server.fails(LAST, body(lambda _: other))

    assert refused() == f'{server.address}{LAST}: is the offer "AmazonMSK"'


def test_a_truncated_csv(refused, server):
    path = LAST.replace(".json", ".csv")
    server.fails(path, body(lambda data: data[:-30]))

    assert refused("--format", "csv") == (
        f"{server.address}{path}: is no whole CSV: unexpected end of data"
    )


def test_a_csv_that_ends_between_two_rows_misses_prices(archcode, book, server):
    before = tree(book)
    path = LAST.replace(".json", ".csv")
    server.fails(path, body(lambda data: b"\n".join(data.split(b"\n")[:7]) + b"\n"))
    ended = archcode("prices", "update", book, "--from", server.address, "--format", "csv")

    assert ended.code == 1
    assert "[price_missing]" in ended.err
    assert tree(book) == before


def test_a_price_that_is_no_number(refused, server):
    first = b'"0.0000005000"'  # FIFO requests
    server.fails(LAST, body(lambda data: data.replace(first, b'"about 0.4"')))

    assert refused() == (
        f'{server.address}{LAST}: "about 0.4" at "624ZQ7K46KHFAD9Y.JRTCKXETXF.VXGXCWQKTY" '
        "is no number from 0 of at most 20 digits and 20 decimals"
    )


def test_an_index_without_the_service(refused, server):
    server.fails(SERVICES, body(lambda data: data.replace(b"AWSQueueService", b"Other")))

    assert refused() == (f'{server.address}{SERVICES}: is no index, or names no "AWSQueueService"')


@pytest.mark.parametrize(
    "path",
    [
        "https://example.org/a",
        "//example.org/a",
        "/../../etc/passwd",
        "/offers/../../x",
        "",
        "/offers/%2e%2e/%2e%2e/x",
        "/offers/x y",
        "/offers/x?y",
        "/offers//x",
        "/offers/",
    ],
)
def test_an_index_that_leads_away(refused, server, path):
    ours = f"{OFFERS}/AWSQueueService/current/region_index.json"
    server.fails(SERVICES, body(lambda data: data.replace(ours.encode(), path.encode())))

    assert refused() == (
        f'{server.address}{SERVICES}: currentRegionIndexUrl is "{path}", '
        "which is no path below /offers/"
    )


@pytest.mark.parametrize("sign", ["0000", "000a", "001b"])
def test_an_index_that_leads_to_what_cannot_be_shown(refused, server, sign):
    ours = f"{OFFERS}/AWSQueueService/current/region_index.json"
    path = f"/offers/a\\u{sign}b"
    server.fails(SERVICES, body(lambda data: data.replace(ours.encode(), path.encode())))

    assert 'currentRegionIndexUrl is "/offers/a·b"' in refused()


def test_redirects_are_followed(archcode, book, server):
    server.fails(SERVICES, redirect(f"{SERVICES}?moved"))
    moved = server.faults.pop(SERVICES)
    server.fails(SERVICES, lambda to, asked, data: moved(to, asked, data) if asked == 1 else False)

    assert archcode("prices", "update", book, "--from", server.address).code == 0


def test_a_file_that_comes_compressed(archcode, book, server):
    server.fails(LAST, body(gzip.compress, **{"Content-Encoding": "gzip"}))

    assert archcode("prices", "update", book, "--from", server.address).code == 0


def test_a_file_that_is_not_compressed_as_it_says(refused, server):
    server.fails(LAST, body(lambda data: data, **{"Content-Encoding": "gzip"}))

    assert refused() == (
        f"{server.address}{LAST}: the answer is not compressed as it says{FOUR_TIMES}"
    )


def test_a_circle_of_redirects(refused, server):
    server.fails(LAST, redirect(LAST))

    assert refused() == f"{server.address}{LAST}: leads on more than 5 times; check --from"
    assert server.asked[LAST] == 6


def test_nobody_listens(refused):
    with socket.socket() as deaf:
        # Bound and never listening: no test beside this one can be given the port meanwhile.
        deaf.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        told = refused(where=address)

    assert told == (
        f"{address}{SERVICES}: no connection: [Errno 111] Connection refused{FOUR_TIMES}"
    )


def test_a_name_that_is_none(refused):
    message = refused(where="http://prices.invalid")

    assert message.startswith(f"http://prices.invalid{SERVICES}: no connection: ")
    assert message.endswith(FOUR_TIMES)


@pytest.mark.parametrize("address", ["http://", "http://[", "http://127.0.0.1:99999", "https:///x"])
def test_an_address_that_is_none(refused, address):
    assert refused(where=address, code=2) == f"--from: {address}: is no address"


def test_a_redirect_to_no_address(refused, server):
    server.fails(LAST, redirect("http://["))

    assert refused() == f"{server.address}{LAST}: leads to no address; check --from"


class TestTls:
    def test_a_certificate_that_nobody_signed(self, refused, published):
        with serving(published, tls=True) as server:
            message = refused(where=server.address)

            assert message.startswith(
                f"{server.address}{SERVICES}: the server's certificate is not trusted: "
            )
            assert "self-signed certificate" in message
            assert "SSL_CERT_FILE" in message
            assert not server.asked

    def test_a_certificate_that_is_trusted(self, archcode, book, published, monkeypatch):
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        with serving(published, tls=True) as server:
            assert archcode("prices", "update", book, "--from", server.address).code == 0

    def test_a_certificate_of_another_name(self, refused, published, monkeypatch):
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        with serving(published, tls=True, host="127.0.0.2") as server:
            message = refused(where=server.address)

            assert "the server's certificate is not trusted: " in message

    def test_an_answer_that_leads_to_an_open_line(self, refused, server, published, monkeypatch):
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        with serving(published, tls=True) as safe:
            safe.fails(LAST, redirect(f"{server.address}{LAST}"))

            assert refused(where=safe.address) == (
                f"{safe.address}{LAST}: leads to {server.address}{LAST}, which is not encrypted"
            )

    def test_an_open_line_on_the_way(self, refused, server, published, monkeypatch):
        """Who answers on the open line may lead anywhere, to an encrypted line of their own."""
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        with serving(published, tls=True) as safe:
            safe.fails(LAST, redirect(f"{server.address}{LAST}"))
            server.fails(LAST, redirect(f"{safe.address}{SERVICES}"))

            assert refused(where=safe.address) == (
                f"{safe.address}{LAST}: leads to {server.address}{LAST}, which is not encrypted"
            )

    def test_a_server_that_speaks_no_tls(self, refused, server):
        message = refused(where=server.address.replace("http:", "https:"))

        assert message.startswith(f"https:{server.address.removeprefix('http:')}{SERVICES}: ")


class TestFolder:
    def test_a_file_that_is_not_there(self, refused, published, tmp_path):
        copy = tmp_path / "copy"
        shutil.copytree(published, copy)
        (copy / LAST.lstrip("/")).unlink()

        assert refused(where=copy) == f"{copy}{LAST}: No such file or directory"

    def test_a_folder_that_is_no_list(self, refused, tmp_path):
        assert refused(where=tmp_path) == f"{tmp_path}{SERVICES}: No such file or directory"

    def test_a_file_that_is_cut(self, refused, published, tmp_path):
        copy = tmp_path / "copy"
        shutil.copytree(published, copy)
        file = copy / LAST.lstrip("/")
        file.write_bytes(file.read_bytes()[:-2])

        assert refused(where=copy).startswith(f"{file}: is no whole JSON; it begins ")


def command(*arguments, **options):
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "archcode", "prices", "update", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        **options,
    )


class TestDisk:
    @pytest.mark.parametrize("most", [100, 20_000])
    def test_a_disk_that_is_full(self, book, server, most):
        """A real write fails: of the first download, or of the new book."""
        before = tree(book.parent)

        def no_room():
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        ended = command(book, "--from", server.address, preexec_fn=no_room)

        assert (ended.returncode, ended.stdout) == (1, "")
        assert "cannot be written: File too large" in ended.stderr
        assert ended.stderr.count("\n") == 1
        assert tree(book.parent) == before
        assert [path.name for path in book.parent.iterdir()] == ["book"]

    def test_no_room_for_the_new_book_alone(self, book, published):
        """Read from a folder, nothing is written before the new book."""
        before = tree(book.parent)
        most = (book / "sqs.csv").stat().st_size

        def no_room():
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        ended = command(book, "--from", published, preexec_fn=no_room)

        assert (ended.returncode, ended.stdout) == (1, "")
        assert ended.stderr == (
            f"archcode: {book}: cannot be written: File too large; the price book stays as it is\n"
        )
        assert tree(book.parent) == before
        assert [path.name for path in book.parent.iterdir()] == ["book"]

    @pytest.mark.skipif(os.geteuid() != 0, reason="another user is needed")
    def test_a_folder_that_is_not_ours_to_write_as_root_sees_it(self, published):
        # root may write anywhere but where the system itself refuses
        ended = command("/proc/archcode-book", "--from", published)

        assert ended.returncode == 1
        assert ended.stderr.startswith("archcode: /proc: cannot be written: ")

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_a_folder_that_is_not_ours_to_write(self, refused, book):
        book.parent.chmod(0o555)
        try:
            assert refused() == (
                f"{book.parent}: cannot be written: Permission denied; "
                "the price book stays as it is"
            )
        finally:
            book.parent.chmod(0o755)


@pytest.fixture
def interruptible():
    """What is started can be interrupted, also where a shell runs the tests in its background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_a_process_that_is_stopped_leaves_the_old_book(book, server, sign):
    before = tree(book)
    server.fails(LAST, silent(30, after=1000))
    arguments = [sys.executable, "-m", "archcode", "prices", "update", book]
    with subprocess.Popen(
        [*arguments, "--from", server.address], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        deadline = time.monotonic() + 20
        while not server.asked[LAST] and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(sign)
        process.communicate(timeout=20)

    assert process.returncode == (130 if sign == signal.SIGINT else -signal.SIGKILL)
    assert tree(book) == before
    if sign == signal.SIGINT:
        assert [path.name for path in book.parent.iterdir()] == ["book"]


def test_waiting_doubles_between_attempts(refused, server, monkeypatch):
    waits = []
    monkeypatch.setattr(_download, "PAUSE", 1)
    monkeypatch.setattr(_download.time, "sleep", waits.append)
    server.fails(SERVICES, lambda to, _asked, _data: answer(to, b"", status=503) or True)
    refused()

    assert waits == [1, 2, 4]


def test_all_files_of_the_list_are_needed(refused, server):
    """One bad file among all is enough to leave everything as it is."""
    for region in REGIONS:
        server.faults.clear()
        path = f"{OFFERS}/AmazonMSK/{VERSION}/{region}/index.json"
        server.fails(path, status(404))
        assert refused().startswith(f"{server.address}{path}: the server answers 404")
