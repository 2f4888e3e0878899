# SPDX-License-Identifier: EUPL-1.2
"""Open pages that hear at once that something changed: one listener per process, one stream per browser."""
