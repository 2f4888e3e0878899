# SPDX-License-Identifier: EUPL-1.2
"""The regions: what each agreed, in plain words, and where two of them differ."""
