"""The console command `knotenpunkt`, by which an installation is run.

Each module is one group of subcommands; each subcommand reads its words, calls one action and
prints. Administrators and scripts use it.
"""
