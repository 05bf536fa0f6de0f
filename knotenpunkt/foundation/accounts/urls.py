"""Addresses of signing in and of one's own account, below desk/konto/.

Names without a space are those that django-allauth leads to.
"""

from django.urls import include, path

from knotenpunkt.foundation.accounts.views import own_account, own_factors, sign_in, sign_on

own = [
    path("", own_account.home, name="home"),
    path("name/", own_account.name, name="name"),
    path("passwort/", own_account.password, name="password"),
    path("abmelden-anderswo/", own_account.end_sessions, name="end_sessions"),
    path("schutz/", own_factors.protect, name="protect"),
    path("passkeys/anmelden/", sign_in.sign_in_by_passkey, name="passkey_sign_in"),
    path("passkeys/neu/", own_factors.add_passkey, name="add_passkey"),
    path("passkeys/<int:passkey_id>/", own_factors.passkey, name="passkey"),
    path("app/", own_factors.app, name="app"),
    path("app/entfernen/", own_factors.remove_app, name="remove_app"),
    path("ersatzcodes/", own_factors.codes, name="codes"),
    path("ersatzcodes/datei/", own_factors.codes_file, name="codes_file"),
]

urlpatterns = [
    path("", include((own, "account"))),
    path("anmelden/", sign_in.to_sign_in, name="account_login"),
    path("anmelden/code/", sign_in.second_factor, name="mfa_authenticate"),
    path("dienst/", sign_on.sign_on, name="sign_on"),
    path("dienst/zurueck/", sign_on.sign_on_return, name="sign_on_return"),
    path("bestaetigen/", own_factors.confirm_identity, name="account_reauthenticate"),
]
