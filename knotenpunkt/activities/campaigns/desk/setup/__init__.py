"""The guided preparation of a campaign, step by step."""
