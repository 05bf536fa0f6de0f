"""Handing over at the desk: stations and rounds, lists, slips, who has not come yet."""
