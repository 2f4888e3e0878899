# SPDX-License-Identifier: EUPL-1.2
"""The sources: every rule on its own page, and the same page as a fragment in the drawer of any screen."""
