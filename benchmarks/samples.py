"""Samples: a million of a topology's uncertain inputs, against exact prices one by one.

    python benchmarks/samples.py
    python benchmarks/samples.py --samples 100000 --seed 2

Prints seconds, runs of the pipeline and ratios, and asserts none.
"""

from __future__ import annotations

import argparse
from fractions import Fraction
from time import perf_counter
from typing import TYPE_CHECKING

from stages import prices
from tables import seconds, table

from archcode.sampling.draws import Input, drawn
from archcode.sampling.sample import Sampler, sample
from archcode.sampling.subject import Subject, Terms
from archcode.spec.parse import parse

if TYPE_CHECKING:
    from archcode.spec.model import Spec

ONE_BY_ONE = 50
"""Samples that are priced exactly: the time of each is much the same."""
SPEC = """\
region: us-east-1
components:
  shop: {type: client}
  api: {type: apigatewayv2.api, protocol_type: HTTP}
  intake: {type: lambda.function, memory_size: 512, duration: 80 ms}
  orders: {type: sns.topic}
  billing: {type: sqs.queue, redrive_policy: {dead_letter_target: bill-dlq, max_receive_count: 5}}
  bill-dlq: {type: sqs.queue}
  bill: {type: lambda.function, memory_size: 1024, duration: 250 ms}
  shipping: {type: sqs.queue, redrive_policy: {dead_letter_target: ship-dlq, max_receive_count: 3}}
  ship-dlq: {type: sqs.queue}
  ship: {type: lambda.function, memory_size: 256, duration: 400 ms}
  ledger: {type: dynamodb.table}
  clicks: {type: kinesis.stream, stream_mode_details: {stream_mode: PROVISIONED}}
  enrich: {type: lambda.function, memory_size: 256, duration: 30 ms}
  lake: {type: kinesisfirehose.delivery_stream}
  bucket: {type: s3.bucket}
  bus: {type: events.event_bus}
  audit: {type: sqs.queue}
  auditor: {type: ecs.service, launch_type: FARGATE, cpu: 512, memory: 1024, duration: 20 ms}
  partner: {type: partner}
  notices: {type: sns.topic}
flows:
  - shop -> api: {rate: 350/s, peak: 2000/s, size: 2 KB, response_size: 1 KB}
  - api -> intake
  - intake -> orders
  - orders -> billing: {filter: 40%}
  - orders -> shipping: {filter: 60%}
  - billing -> bill: {batch: 10, failure_rate: 0.5%}
  - shipping -> ship: {batch: 5, failure_rate: 1%}
  - bill -> ledger
  - shop -> clicks: {rate: 4000/s, peak: 9000/s, size: 1 KB}
  - clicks -> enrich: {batch: 100}
  - enrich -> lake
  - lake -> bucket
  - ship -> bus
  - bus -> audit
  - audit -> auditor: {batch: 10}
  - ship -> notices: {per_message: 0.1}
  - notices -> partner: {protocol: https}
"""
ORDERS, CLICKS = ("flows", 0, "shop -> api"), ("flows", 8, "shop -> clicks")
BILLED = ("flows", 5, "billing -> bill")
INPUTS = (
    Input((*ORDERS, "rate"), Fraction(150), Fraction(350), Fraction(900)),
    Input((*ORDERS, "size"), Fraction(1024), Fraction(2048), Fraction(90_000)),
    Input((*CLICKS, "rate"), Fraction(1000), Fraction(4000), Fraction(8000)),
    Input((*CLICKS, "peak"), Fraction(3000), Fraction(9000), Fraction(20_000)),
    Input((*BILLED, "failure_rate"), Fraction(0), Fraction("0.005"), Fraction("0.05")),
    Input(("components", "ship", "duration"), Fraction("0.1"), Fraction("0.4"), Fraction("1.2")),
)
"""Six, whose ranges go over chunks of 64 KB, tiers, and the number of shards."""


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--samples", type=int, default=1_000_000, help="samples (1000000)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the samples (1)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each side (5)")
    options = parser.parse_args()
    spec, terms = parse(SPEC), Terms(prices())
    whole, alone = [], []
    for _ in range(options.rounds):
        start = perf_counter()
        found = sample(spec, INPUTS, terms, samples=options.samples, seed=options.seed)
        whole.append(perf_counter() - start)
        alone.append(_one_by_one(spec, terms, options.seed))
    head = ("components", "inputs", "samples", "runs", "s", "exact each s", "exact all s", "ratio")
    each = sorted(alone)[len(alone) // 2]
    ours = sorted(whole)[len(whole) // 2]
    row = (
        f"{len(spec.components)}",
        f"{len(INPUTS)}",
        f"{found.evaluated:,} of {found.samples:,}",
        f"{found.paths}",
        seconds(whole),
        f"{each:.4f}",
        f"{each * options.samples:,.0f}",
        f"{each * options.samples / ours:,.0f}",
    )
    print(table("samples: all at once, against exact prices one by one", head, [row]))


def _one_by_one(spec: Spec, terms: Terms, seed: int) -> float:
    """Seconds of one exact estimate."""
    columns = drawn(INPUTS, ONE_BY_ONE, seed)
    sampler = Sampler(Subject(spec, terms), INPUTS, columns)
    start = perf_counter()
    for at in range(ONE_BY_ONE):
        sampler.subject.estimate(sampler.values(at))
    return (perf_counter() - start) / ONE_BY_ONE


if __name__ == "__main__":
    main()
