# SPDX-License-Identifier: EUPL-1.2
"""What runs beside the server without being asked: the loop that wakes people, and the sender of messages."""
