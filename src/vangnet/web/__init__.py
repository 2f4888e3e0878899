# SPDX-License-Identifier: EUPL-1.2
"""The screens, one package per screen."""
