"""Samples of every bundled spec cost what the exact pipeline says of them, one by one."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from varied import agree, sampler, varied

from archcode.overlay.parse import parse_overlay
from archcode.spec.parse import parse

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))
OVERLAY = """
title: Agreement
discounts: {sns.topic: 10%, lambda.function: 17.5%, data_transfer/internet_out: 30%}
rates: {sqs.queue/standard_requests: {usd: 0.0000003}}
"""


@pytest.fixture(params=SPECS, ids=lambda path: path.stem)
def text(request):
    return request.param.read_text("utf-8")


@pytest.mark.parametrize("spread", [Fraction(1, 10), Fraction(9, 10)], ids=str)
def test_every_quantity_varies_at_once(text, spread):
    inputs = varied(parse(text), spread)
    found = sampler(text, inputs, samples=400)
    assert len(inputs) >= 4
    assert not np.isnan(found.listed[~found.refused]).any()
    assert agree(found, range(0, 400, 40)) >= 3


def test_at_agreed_prices_without_free_tier_in_another_region(text):
    found = sampler(
        text,
        varied(parse(text)),
        samples=60,
        seed=2,
        overlay=parse_overlay(OVERLAY),
        free_tier=False,
        region="eu-central-1",
        hours_per_month=Fraction(720),
        scale=Fraction(5, 2),
    )
    assert not np.isnan(found.listed[~found.refused]).any()
    assert agree(found, range(0, 60, 6)) >= 3


def test_few_runs_serve_many_samples(text):
    """All quantities between half and one and a half of their values: no run for each sample."""
    found = sampler(text, varied(parse(text)), samples=1000)
    assert found.runs <= 20


def test_what_is_known_is_told_as_by_an_estimate(text):
    found = sampler(text, varied(parse(text)), samples=20)
    there = [at for at in range(20) if not np.isnan(found.listed[at])]
    estimates = [found.subject.estimate(found.values(at)) for at in there]
    assert found.all_listed == all(estimate.listed for estimate in estimates)
    assert found.all_complete == all(estimate.complete for estimate in estimates)
