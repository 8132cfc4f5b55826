"""`archcode decide` on the command line."""

from __future__ import annotations

import pytest
from small import SMALL


@pytest.fixture
def spec(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, "utf-8")
    return path


def test_writes_the_record_and_its_chart(archcode, spec, tmp_path):
    ended = archcode("decide", spec, "-o", tmp_path / "out")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())

    assert ended.code == 0
    assert ended.out.startswith("Stay with SQS standard: $")
    assert names == [
        "small-decision-costs.svg",
        "small-decision.html",
        "small-decision.md",
    ]
    assert "](small-decision-costs.svg)" in (tmp_path / "out" / "small-decision.md").read_text()
    assert all(name in ended.err for name in names)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--channel", "ordres"), "did you mean orders?"),
        (("--material", "much"), "--material is"),
        (("--material", "-5"), "--material is"),
        (("--region", "eu-west-9"), "no AWS region"),
    ],
)
def test_wrong_use_is_told_and_writes_nothing(archcode, spec, tmp_path, options, words):
    ended = archcode("decide", spec, "-o", tmp_path / "out", *options)

    assert ended.code == 2
    assert words in ended.err
    assert not (tmp_path / "out").exists()


def test_asks_for_a_channel_where_there_are_several(archcode, tmp_path):
    path = tmp_path / "two.yaml"
    more = "  spare: {type: sqs.queue}\n  worker:"
    path.write_text(SMALL.replace("  worker:", more), "utf-8")
    ended = archcode("decide", path, "-o", tmp_path / "out")

    assert ended.code == 2
    assert "name a channel with --channel (orders, spare), or write alternatives" in ended.err


def test_consumers_need_a_channel(archcode, tmp_path):
    path = tmp_path / "many.yaml"
    alternatives = "alternatives:\n  streamed: {components: {orders: {type: kinesis.stream}}}\n"
    path.write_text(SMALL + alternatives, "utf-8")
    ended = archcode("decide", path, "--consumers", "2", "-o", tmp_path / "out")

    assert ended.code == 2
    assert "--consumers needs --channel" in ended.err


def test_a_spec_that_cannot_be_read_writes_nothing(archcode, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(SMALL.replace("rate: 10/s", "rate: ten"), "utf-8")
    ended = archcode("decide", path, "-o", tmp_path / "out")

    assert ended.code == 1
    assert "rate is" in ended.err
    assert not (tmp_path / "out").exists()


def test_more_consumers_than_the_queue_serves_are_no_error_of_the_spec(archcode, spec, tmp_path):
    ended = archcode(
        "decide", spec, "--consumers", "2", "-o", tmp_path / "out", "--channel", "orders"
    )

    assert ended.code == 0
    assert "error" not in ended.err


def test_errors_of_the_spec_are_told(archcode, tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text(SMALL.replace("visibility_timeout: 3 min", "visibility_timeout: 5"), "utf-8")
    ended = archcode("decide", path, "-o", tmp_path / "out")

    assert ended.code == 1
    assert "error: " in ended.err
