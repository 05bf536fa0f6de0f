"""The demo networks: invented organisations and offers on real geography.

The texts lie in `data/`; loading them calls the same actions as pages and imports do. Newcomers,
screenshots and tests use it.
"""
