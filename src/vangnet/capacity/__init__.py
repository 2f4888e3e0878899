# SPDX-License-Identifier: EUPL-1.2
"""Places and teams: what there is, what is free, and who holds it."""
