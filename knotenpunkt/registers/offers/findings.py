"""What is missing or doubtful in offers, each as a condition that lists and counts share."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from knotenpunkt.registers.offers.models import OfferContact, Schedule, Status
from knotenpunkt.registers.partners.models import Phone

LONG = timedelta(days=365)


def long_unchecked(today: date) -> Q:
    """Published offers that nobody has confirmed for a year, or ever."""
    return Q(status=Status.PUBLISHED) & unchecked(today)


def unchecked(today: date) -> Q:
    """Offers that nobody has confirmed for a year, or ever."""
    return Q(checked_on__isnull=True) | Q(checked_on__lt=today - LONG)


def without_phone() -> Q:
    """No telephone number of a contact that families may see."""
    numbers = Phone.objects.filter(contact__is_internal=False)
    links = OfferContact.objects.filter(contact__in=numbers.values("contact"))
    return ~Q(pk__in=links.values("offer"))


def without_times() -> Q:
    """Neither times nor a word about them."""
    return Q(times_note="") & ~Q(pk__in=Schedule.objects.values("offer"))
