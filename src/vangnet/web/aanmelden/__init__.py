# SPDX-License-Identifier: EUPL-1.2
"""Signing in, the lock, the own account, an invitation, and one-click sign-in of the demo."""
