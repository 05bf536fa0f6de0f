"""What a network shares: common procedures, forms, materials and its badge.

A *material* has versions and is meant for professions; a partner has *seen* a version and *adopted*
it. Coordinators publish, partners take over.
"""
