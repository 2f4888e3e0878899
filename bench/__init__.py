# SPDX-License-Identifier: EUPL-1.2
"""Measurements, printed as ratios and counts: `make bench`."""
