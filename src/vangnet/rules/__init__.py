# SPDX-License-Identifier: EUPL-1.2
"""The pure core: facts in, proposals out. No Django, no database, no files, no clock, no randomness."""
