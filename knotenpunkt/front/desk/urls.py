from django.urls import path

from knotenpunkt.front.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("anmelden/", views.sign_in, name="sign_in"),
    path("abmelden/", views.sign_out, name="sign_out"),
]
