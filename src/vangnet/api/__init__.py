# SPDX-License-Identifier: EUPL-1.2
"""The programming interface under /v1."""
