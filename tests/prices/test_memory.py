"""A large offer file takes no more memory than a small one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "price_list.py"


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_a_large_offer_file_is_read_as_a_stream(kind):
    done = subprocess.run(
        [sys.executable, BENCHMARK, "--megabytes", "65", "--format", kind, "--json"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    measured = json.loads(done.stdout)

    # a process that held the file, or its products, would not stay below its size
    assert measured["bytes"] >= 64 * 10**6
    assert 10 * 10**6 < measured["rss"] < 60 * 10**6
