"""What two copies of one text have in common, in hashes that are frozen."""

from streams.steps.sketch.fingerprint import fingerprint
from streams.steps.sketch.shingles import sketch

__all__ = ["fingerprint", "sketch"]
