"""Addresses on letters and labels are those that the register of partners gives."""

from knotenpunkt.registers.partners.postal import LOADED_WITH, address_lines, is_postal

__all__ = ["LOADED_WITH", "address_lines", "is_postal"]
