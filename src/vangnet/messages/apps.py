# SPDX-License-Identifier: EUPL-1.2
"""The Django app of what leaves."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Messages that wait to be sent, and what became of them. Its label is not `messages`: Django has one of that name."""

    name = "vangnet.messages"
    label = "vangnet_messages"
    verbose_name = "Berichten"
