# SPDX-License-Identifier: EUPL-1.2
"""The programming interface under /api/v1: public, stateless, by the NL GOV API Design Rules 2.2."""
