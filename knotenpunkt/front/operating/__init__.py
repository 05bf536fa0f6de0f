"""What an installation shows to those who run it: health, readiness, figures, back-ups.

*Health* says that the process answers, *readiness* that it can serve, *metrics* are counts without
people. Administrators and their monitoring use it.
"""
