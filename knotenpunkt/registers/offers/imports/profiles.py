"""The kind under which lists of offers are remembered."""

KIND = "offers"
