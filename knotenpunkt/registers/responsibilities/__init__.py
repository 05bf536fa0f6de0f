"""Who answers for what: the contact finder.

A *responsibility* ties a contact to topics, an audience, ages and regions. Families see what was
released to all, professionals who are signed in see more.
"""
