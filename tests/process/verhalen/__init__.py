# SPDX-License-Identifier: EUPL-1.2
"""The twelve stories of the design, played step by step through the use cases; `verhalen.jsonl` holds their text."""
