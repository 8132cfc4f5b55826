"""`archcode compare`: what it prints, and how it ends."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from small import SMALL


@pytest.fixture(autouse=True)
def _specs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL)
    Path("strict.yaml").write_text(SMALL.replace("20}", "20, requires: {replay: 2 d}}"))


def rows(text):
    """The lines of the first table, cell by cell."""
    table = text.split("\n\n")[1]
    return [re.split(r" {2,}", line) for line in table.splitlines()]


def test_shows_the_cheapest_first_and_marks_today(archcode):
    ended = archcode("compare", "small.yaml", "--channel", "orders", "--no-free-tier")
    head, first, second, *_ = rows(ended.out)

    assert ended.code == 0
    assert head == [
        "OPTION", "MONTHLY", "THAN TODAY", "IDLE", "SIZE", "BINDING LIMIT", "HEADROOM",
    ]  # fmt: skip
    # 17.52 - 16.22 = 1.30, as tests/compare/test_money.py works out
    assert first[:5] == ["Kinesis provisioned", "$16.22", "-$1.30", "$10.95", "Kinesis 1 shard"]
    assert second[:4] == ["SQS standard (today)", "$17.52", "$0.26", "SQS standard"]
    assert ended.out.endswith(
        "Kinesis provisioned costs least of what stays within all limits and"
        " guidelines: $16.22, $1.30 less than today.\n"
    )


def test_the_free_tier_makes_an_idle_queue_free(archcode):
    ended = archcode("compare", "small.yaml", "--channel", "orders")

    assert [row[2:3] for row in rows(ended.out) if row[0].startswith("SQS standard")] == [["$0.00"]]


def test_what_is_required_rules_out_and_stays_in_the_table(archcode):
    ended = archcode("compare", "strict.yaml", "--channel", "orders")
    last = rows(ended.out)[-1]

    assert ended.code == 1
    assert "orders.requires.replay: is 2 d, but orders (Amazon SQS standard)" in ended.out
    assert last[0] in ended.out.split("Ruled out\n")[1]
    assert "[replay_not_possible]" in ended.err


def test_json_has_every_option(archcode):
    ended = archcode("compare", "strict.yaml", "--channel", "orders", "--format", "json")
    found = json.loads(ended.out)
    by_name = {option["name"]: option for option in found["options"]}

    assert by_name["SQS FIFO"]["feasible"] is False
    assert by_name["SQS FIFO"]["requirements"] == by_name["SQS FIFO"]["reasons"]
    assert by_name["Kinesis provisioned"]["replay_seconds"] == str(2 * 86_400)
    assert by_name["Kinesis provisioned"]["capacity"][0]["provided"] == 1
    for option in found["options"]:
        low, typical, high = map(Decimal, option["list_cost"].values())
        assert low == typical == high


def test_markdown_has_two_tables(archcode):
    ended = archcode("compare", "small.yaml", "--channel", "orders", "--format", "md")

    assert ended.out.startswith("# Small: orders, us-east-1\n")
    assert "| Option | Monthly |" in ended.out
    assert "| Option | Ordering |" in ended.out


def test_markdown_escapes_what_the_spec_says(archcode):
    Path("odd.yaml").write_text(SMALL.replace("title: Small", 'title: "<b>|*x*"'))
    ended = archcode("compare", "odd.yaml", "--channel", "orders", "--format", "md")

    assert ended.out.startswith("# &lt;b&gt;\\|\\*x\\*: orders")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--channel", "ordres"], '"ordres" is no component; did you mean orders?'),
        (["--channel", "worker"], "worker is no channel, but of type lambda.function"),
        (["--channel", "orders", "--region", "eu-west-9"], "did you mean eu-west-"),
    ],
)
def test_wrong_usage_says_what_is_meant(archcode, arguments, words):
    ended = archcode("compare", "small.yaml", *arguments)

    assert ended.code == 2
    assert words in ended.err


def test_a_spec_with_errors_tells_them_with_their_places(archcode):
    Path("bad.yaml").write_text(SMALL.replace("sqs.queue", "sqs.que"))
    ended = archcode("compare", "bad.yaml", "--channel", "orders")

    assert ended.code == 1
    assert "bad.yaml:5:" in ended.err


def test_alternatives_need_no_channel(archcode):
    Path("more.yaml").write_text(
        SMALL + "alternatives: {arm: {components: {worker: {architectures: [arm64]}}}}\n"
    )
    ended = archcode("compare", "more.yaml", "--no-free-tier")

    assert ended.code == 0
    assert [row[0] for row in rows(ended.out)] == ["OPTION", "arm", "As it is (today)"]


def test_without_a_channel_and_alternatives_it_says_what_to_name(archcode):
    ended = archcode("compare", "small.yaml")

    assert ended.code == 2
    assert ended.err == (
        "archcode: small.yaml: has no alternatives to compare; name a channel with --channel"
        " (orders), another spec, or write alternatives\n"
    )
    assert "--consumers needs --channel" in archcode("compare", "small.yaml", "--consumers", 2).err


def last_cells(text):
    """The last cell of each row of the second table, by the name of the option."""
    head, *lines = text.split("\n\n")[2].splitlines()
    place = head.index("RULED OUT BY")
    return {re.split(r" {2,}", line)[0]: line[place:].strip() for line in lines}


def test_a_broker_over_its_guideline_does_not_fit(archcode):
    # 80 messages/s of 1 KB on EFS are AWS's guideline for ActiveMQ: 80 fit, 81 do not. Batches of
    # ten at 10 ms keep both brokers' pollers well below what they take.
    quick = SMALL.replace("100 ms", "10 ms")
    for peak, words in ((80, ""), (81, "does not fit: over a guideline")):
        Path("peak.yaml").write_text(quick.replace("peak: 20/s", f"peak: {peak}/s"))
        told = archcode("compare", "peak.yaml", "--channel", "orders")
        found = json.loads(
            archcode("compare", "peak.yaml", "--channel", "orders", "-f", "json").out
        )
        (broker,) = [option for option in found["options"] if option["name"] == "ActiveMQ"]

        assert last_cells(told.out)["ActiveMQ"] == words
        assert (broker["feasible"], broker["fits"]) == (True, not words)


def test_a_broker_whose_poller_is_too_slow_does_not_fit(archcode):
    # A mapping of RabbitMQ works on one batch of ten at a time: 100/s at 0.1 s, below 101/s
    for peak, words in ((100, ""), (101, "does not fit: over a default quota")):
        Path("peak.yaml").write_text(SMALL.replace("peak: 20/s", f"peak: {peak}/s"))
        told = archcode("compare", "peak.yaml", "--channel", "orders")

        assert last_cells(told.out)["RabbitMQ"] == words


def test_an_option_of_unknown_price_says_why_it_is_not_chosen(archcode):
    Path("stated.yaml").write_text(
        SMALL + "alternatives: {theirs: {components: {orders: {type: broker, engine: NATS}}}}\n"
    )
    told = archcode("compare", "stated.yaml", "--channel", "orders")

    assert last_cells(told.out)["theirs"].startswith("cannot be chosen: a price")
