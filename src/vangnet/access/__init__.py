# SPDX-License-Identifier: EUPL-1.2
"""Organisations, people, roles, sessions, row-level security, and the log of every look and change."""
