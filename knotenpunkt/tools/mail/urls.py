from django.urls import path

from knotenpunkt.tools.mail import views

app_name = "mail"
urlpatterns = [
    path("post/abbestellen/<str:key>/", views.unsubscribe, name="unsubscribe"),
]
