"""The demo's settings with bare views to compare with; the product never has them."""

from __future__ import annotations

from clinic.settings import *  # noqa: F403, TID251

INSTALLED_APPS = ["benchmarks", *INSTALLED_APPS]  # noqa: F405
ROOT_URLCONF = "benchmarks.urls"
# Sessions are laid out by hand, whose cookies nobody signs.
UNSIGNED = "django.contrib.sessions.middleware.SessionMiddleware"
MIDDLEWARE = [UNSIGNED if "Signed" in each else each for each in MIDDLEWARE]  # noqa: F405
