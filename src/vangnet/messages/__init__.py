# SPDX-License-Identifier: EUPL-1.2
"""What leaves and enters: notices, invitations, iJw messages, the outbox."""
