"""The register of offers, and the finder in which families meet them.

An *offer* is what a provider does for families; it takes place at *places*, at *times*, for an
age range, on *topics*. Coordinators keep it, imports fill it, families find it.
"""
