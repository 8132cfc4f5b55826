"""Why an option is taken: its numbers beside the others', and the advice of articles they bear out.

The articles are those of `archcode.advice`; each reason names the piece of advice that it follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.advice import ARTICLES
from archcode.compare.channel import channel_of
from archcode.currency import dollars
from archcode.decision.costs import near, short_of
from archcode.decision.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from archcode.advice._advice import Advice, Article
    from archcode.compare import Comparison, Option

_PER_REQUEST = ("sqs.queue", "sns.topic", "events.event_bus")
_LOGS = ("kinesis.stream", "msk.cluster", "msk.serverless_cluster")
_BROKERS = ("msk.cluster", "amazonmq.broker")


def advice(number: str) -> tuple[Article, Advice]:
    """A piece of advice by its number, and the article that gives it."""
    return next((a, one) for a in ARTICLES for one in a.advice if one.number == number)


def reasons_for(found: Comparison, chosen: Option | None, material: Decimal) -> Iterator[Reason]:
    """The reasons for a choice, cost first; none where nothing fits."""
    if chosen is None:
        return
    yield from _cost(found, chosen, material)
    yield from _ruled_out(found, chosen)
    if found.subjects:
        yield from _idle(found, chosen)
        yield from _readers(found, chosen)
        yield from _kept(chosen)
        yield from _brokers(found, chosen)


def _cost(found: Comparison, chosen: Option, material: Decimal) -> Iterator[Reason]:
    fits = [option for option in found.options if option.fits]
    best, costs = fits[0], f"{chosen.name} costs {dollars(chosen.list_cost)} a month"
    if chosen is not best:
        short, least = dollars(short_of(chosen, best)), dollars(near(best, material))
        stays = "It is there today" if chosen.current else "It is less to run"
        yield Reason(
            f"{costs}, {short} more than {best.name}, the cheapest that fits. {stays}, and a"
            f" difference below {least} does not decide."
        )
    elif len(fits) > 1:
        more = dollars(short_of(fits[1], best))
        yield Reason(f"{costs}, the least of all that fit: {more} less than {fits[1].name}.")
    else:
        yield Reason(f"{costs}, and nothing else fits.")


def _ruled_out(found: Comparison, chosen: Option) -> Iterator[Reason]:
    """Options that would cost less, and may not be."""
    for option in found.options:
        cost, most = option.list_cost, chosen.list_cost
        if not option.feasible and cost is not None and most is not None and cost < most:
            name = f"{option.name} as it is today" if option.current else option.name
            yield Reason(f"{name} would cost {dollars(cost)}, but: {option.reasons[0]}.")


def _idle(found: Comparison, chosen: Option) -> Iterator[Reason]:
    """What is paid while nothing comes."""
    if chosen.idle is None:
        return
    idle = dollars(chosen.idle.list_cost)
    if chosen.type in _PER_REQUEST:
        paid = [o for o in found.options if o.type == "kinesis.stream" and o.idle and o.feasible]
        beside = f", {paid[0].name} {dollars(_idle_cost(paid[0]))}" if paid else ""
        yield Reason(f"While nothing comes the whole costs {idle} a month{beside}.", *advice("69"))
    else:
        size = "what is sized for the peak is paid for by the hour"
        yield Reason(f"While nothing comes the whole still costs {idle} a month: {size}.")


def _idle_cost(option: Option) -> Decimal | None:
    return option.idle.list_cost if option.idle else None


def _readers(found: Comparison, chosen: Option) -> Iterator[Reason]:
    """How many read every message."""
    number = len(channel_of(found.today.topology, found.subjects[0]).groups)
    if number == 1 and chosen.type == "sqs.queue":
        yield Reason("One consumer reads the messages, and a queue will do.", *advice("98"))
    elif number > 1:
        how = "from one log" if chosen.type in _LOGS else "from a copy of its own"
        yield Reason(f"{number} consumers read every message, each {how}.", *advice("100"))


def _kept(chosen: Option) -> Iterator[Reason]:
    """Whether anything has to be read again."""
    replay = chosen.words.replay if chosen.words else None
    if chosen.type == "sqs.queue" and replay == 0:
        yield Reason("Nothing requires that messages are read again.", *advice("103"))
    elif chosen.type in _LOGS and chosen.words:
        kept = chosen.words.replay_text
        yield Reason(f"What was read can be read again for {kept}.", *advice("68"))


def _brokers(found: Comparison, chosen: Option) -> Iterator[Reason]:
    """What brokers by the hour would cost more."""
    if chosen.type in _BROKERS:
        yield Reason("Brokers are bought here, so this page says why.", *advice("31"))
        return
    known = [o for o in found.options if o.type in _BROKERS and o.list_cost and o.feasible]
    if known:
        least = min(known, key=lambda option: option.list_cost or 0)
        more = dollars(short_of(least, chosen))
        if short_of(least, chosen) > 0:
            yield Reason(f"{least.name}, the cheapest of brokers, costs {more} more.", *advice("9"))
