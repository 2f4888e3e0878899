# SPDX-License-Identifier: EUPL-1.2
"""Reads and validates the agreements of a region (files under regios/) and says which version holds for which moment."""
