# SPDX-License-Identifier: EUPL-1.2
"""The tables of this room, and what each role of the database may do with them."""
