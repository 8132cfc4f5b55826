"""What articles on AWS messaging advise, number by number, and which finding tells it.

The rules of archcode begin with these articles; where AWS has changed a value since, the value of
today counts. Nothing of their text is here: each piece of advice is in our own words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.advice import (
    boundaries,
    comparison,
    formulas,
    kafka_or_sqs,
    messaging_and_events,
    overview,
)
from archcode.advice._advice import Advice, Article

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES = (
    Article(
        "Event-Driven Boundaries on AWS: Async vs Sync, Amazon MSK vs Amazon MQ, and When SQS Wins",
        boundaries.ADVICE,
        "https://www.factualminds.com/blog/aws-event-driven-async-messaging-boundaries/",
        "2026-05-08",
    ),
    Article("AWS Messaging & Events", messaging_and_events.ADVICE, date="2026-03-28"),
    Article("Messaging and event integration services of AWS", overview.ADVICE),
    Article(
        "Event-Driven Architecture: Kafka vs SQS, When to Reach for Each",
        kafka_or_sqs.ADVICE,
        date="2025-11-14",
    ),
    Article("Messaging on AWS", comparison.ADVICE, date="2020-07-06"),
)
FORMULAS = formulas.ADVICE


def advising(name: str) -> Iterator[tuple[Article, Advice]]:
    """The advice that a finding of this name tells, with the article that gives it."""
    for article in ARTICLES:
        for advice in article.advice:
            if name in advice.names:
                yield article, advice
