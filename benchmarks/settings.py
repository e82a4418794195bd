"""The demo's settings with a view more to compare with; the product never has it."""

from __future__ import annotations

from clinic.settings import *  # noqa: F403, TID251

ROOT_URLCONF = "benchmarks.urls"
