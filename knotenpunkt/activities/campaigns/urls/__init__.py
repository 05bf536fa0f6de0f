"""Addresses of campaigns: the desk's at `desk/kampagnen/…`, the public ones at `aktionen/…`."""

from knotenpunkt.activities.campaigns.urls import (
    ending,
    handing_over,
    join_ins,
    orders,
    public,
    setup,
    sharing,
)

app_name = "campaigns"
urlpatterns = [
    *setup.urlpatterns,
    *orders.urlpatterns,
    *sharing.urlpatterns,
    *handing_over.urlpatterns,
    *join_ins.urlpatterns,
    *ending.urlpatterns,
    *public.urlpatterns,
]
