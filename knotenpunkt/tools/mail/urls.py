from django.urls import path

from knotenpunkt.tools.mail.views import desk, mailbox, unsubscribing

app_name = "mail"
urlpatterns = [
    path("post/abbestellen/<str:key>/", unsubscribing.unsubscribe, name="unsubscribe"),
    path("desk/post/", desk.mail_list, name="list"),
    path("desk/post/an-viele/", desk.mailings, name="mailings"),
    path("desk/post/an-viele/<uuid:mailing_id>/", desk.mailing, name="mailing"),
    path("desk/post/an-viele/<uuid:mailing_id>/anhalten/", desk.stop, name="stop"),
    path("desk/post/an-viele/<uuid:mailing_id>/weiter/", desk.go_on, name="go_on"),
    path("desk/post/an-viele/<uuid:mailing_id>/noch-einmal/", desk.send_failed, name="send_failed"),
    path("desk/post/ohne-post/", desk.suppressed, name="suppressed"),
    path("desk/post/ohne-post/<uuid:suppression_id>/", desk.take_off, name="take_off"),
    path("desk/post/<uuid:message_id>/", desk.message, name="message"),
    path("desk/post/<uuid:message_id>/noch-einmal/", desk.try_again, name="try_again"),
    path("desk/post/<uuid:message_id>/angekommen/", desk.settle, name="settle"),
    path("desk/postfach/", mailbox.mailbox, name="mailbox"),
    path("desk/postfach/<uuid:message_id>/", mailbox.received, name="received"),
]
