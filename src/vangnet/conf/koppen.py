# SPDX-License-Identifier: EUPL-1.2
"""The headers that every answer carries, whichever part of the server made it (docs/dreigingen.md)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from csp.utils import build_policy
from django.conf import settings

OFF = (
    "accelerometer", "autoplay", "camera", "clipboard-read", "display-capture", "encrypted-media", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
"""What a page of Vangnet never asks of a device; a script that got in would not get it either."""
OWN = ("clipboard-write", "fullscreen", "publickey-credentials-create", "publickey-credentials-get")
"""What our own pages use, and no page in a frame may."""
PERMISSIONS = ", ".join([*(f"{name}=()" for name in OFF), *(f"{name}=(self)" for name in OWN)])


@lru_cache(maxsize=1)
def _policy() -> str:
    return str(build_policy())


def always(secure: bool) -> Mapping[str, str]:
    """Header and value; `secure` says that the request came over https, where HSTS belongs."""
    headers = {
        "Content-Security-Policy": _policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS,
    }
    if secure and settings.SECURE_HSTS_SECONDS:
        below = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}{below}"
    return headers
