"""The limits of Amazon S3, each with its source and date."""

from __future__ import annotations

from fractions import Fraction

from archcode.model import Former, Limit

_DATE = "2026-04-13"
_RATES = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html"
_UPLOADS = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html"

OBJECT_SIZE = Limit(
    "object_size",
    Fraction("48.8"),
    "TB",
    "hard",
    "per object, by a multipart upload",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html",
    _DATE,
    formerly=(Former("5 TB", _UPLOADS, "2025-12"),),
)
SINGLE_PUT = Limit("single_put", 5, "GB", "guideline", "per PUT request", _UPLOADS, _DATE)
WRITES = Limit("write_requests", 3500, "requests/s", "hard", "per prefix, at least", _RATES, _DATE)
READS = Limit("read_requests", 5500, "requests/s", "hard", "per prefix, at least", _RATES, _DATE)
LIMITS = (OBJECT_SIZE, SINGLE_PUT, WRITES, READS)
