# SPDX-License-Identifier: EUPL-1.2
"""The loop that runs due clocks and sends the outbox."""
