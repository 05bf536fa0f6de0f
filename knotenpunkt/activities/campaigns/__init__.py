"""Campaigns: write to 800, take orders, show what everyone does, and thank them.

A *campaign* has hosts, a period, *materials* that partners *order* until a deadline, and
*join-ins*: partners' own actions and festivals. One public page shows it; a report and a thank-you
end it.
"""
