# SPDX-License-Identifier: EUPL-1.2
"""The world of the demo: organisations, people and casussen of three regions, all invented, made through the use cases."""
