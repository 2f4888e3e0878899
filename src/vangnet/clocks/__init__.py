# SPDX-License-Identifier: EUPL-1.2
"""Deadlines as rows: what must have happened by when, under which rule, and who answers for it."""
