# SPDX-License-Identifier: EUPL-1.2
"""The screen "Wat zeggen de afspraken?": facts in, the region's agreements for those facts out. Keeps nothing."""
