# SPDX-License-Identifier: EUPL-1.2
"""The calendar that another program reads."""
