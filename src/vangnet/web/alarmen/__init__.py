# SPDX-License-Identifier: EUPL-1.2
"""What sounds now, on a page of its own and as a bar on every page."""
