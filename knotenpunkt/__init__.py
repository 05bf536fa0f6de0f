"""The platform on which a German county runs its network for early help.

Seven storeys, imports go down only: see `docs/architecture.md`.
"""
