# SPDX-License-Identifier: EUPL-1.2
"""What would happen if: the rules run over synthetic load. No Django."""
