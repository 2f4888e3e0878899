# SPDX-License-Identifier: EUPL-1.2
"""Vangnet: support for Dutch regional youth crisis services, from melding to hand-over."""
