# SPDX-License-Identifier: EUPL-1.2
"""Use cases, one module per step of the work process; the only layer that writes on behalf of an edge."""
