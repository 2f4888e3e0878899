# SPDX-License-Identifier: EUPL-1.2
"""Papers made from the record: letters, plans, the paper kit."""
