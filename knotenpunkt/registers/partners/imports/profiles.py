"""The kind under which contact lists are remembered."""

KIND = "partners"
