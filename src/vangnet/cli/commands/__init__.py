# SPDX-License-Identifier: EUPL-1.2
"""The subcommands of `vangnet`: one module each, with `register(subparsers)`.

Importing a module here must be cheap and must not need Django, settings or a database: import those in the handler.
"""
