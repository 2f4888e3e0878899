# SPDX-License-Identifier: EUPL-1.2
"""`python -m vangnet.cli` is the same as `vangnet`."""

import sys

from vangnet.cli.main import main

sys.exit(main())
