"""Sharing packs at the desk: proposing, setting by hand, settling, telling, what is missing."""
