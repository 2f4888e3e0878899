# SPDX-License-Identifier: EUPL-1.2
"""The record: the Melding, the Casus, what hangs on it, and its events."""
