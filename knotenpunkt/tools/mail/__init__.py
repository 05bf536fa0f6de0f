"""E-mail that leaves the installation.

A *mail* is written by the app that knows why, and sent by a job with retries. Invitations, password
links and answers use it.
"""
