# SPDX-License-Identifier: EUPL-1.2
"""The night shift of the demo: a walk of ten steps for a newcomer."""
