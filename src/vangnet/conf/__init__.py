# SPDX-License-Identifier: EUPL-1.2
"""Settings, urls, the clock and identifiers. Stands apart from the layers."""
