# SPDX-License-Identifier: EUPL-1.2
"""What allauth's machinery of second factors asks of us: names, and secrets that do not lie readable in the database."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

SALT = b"vangnet.access.mfa:"


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Names people as Vangnet does, and seals the secrets of authenticators with a key made from SECRET_KEY."""

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.email)

    def _get_site_name(self) -> str:
        return "Vangnet"

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return {"id": user_pk_to_url_str(user).encode(), "display_name": user.naam, "name": user.email}

    def send_notification_mail(self, *args: Any, **words: Any) -> None:
        """None: Vangnet sends no mail about accounts; the log and the account page show what changed."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; raises UnreadableSecret when it was sealed with a key that is gone."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as fault:
            raise UnreadableSecret from fault


class UnreadableSecret(Exception):
    """A secret was sealed with another SECRET_KEY; put the old one in SECRET_KEY_FALLBACKS or reset the factor."""


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(SALT + key.encode()).digest())) for key in keys])
