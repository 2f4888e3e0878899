# SPDX-License-Identifier: EUPL-1.2
"""Figures over many cases: what the region steers by."""
