from django.urls import path

from knotenpunkt.tools.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="list"),
    path("<uuid:job_id>/stand/", views.progress, name="progress"),
    path("<uuid:job_id>/noch-einmal/", views.try_again, name="try_again"),
    path("<uuid:job_id>/anhalten/", views.stop, name="stop"),
]
