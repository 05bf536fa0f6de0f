"""Mail: Django's own settings from the one address that an administrator gives."""

from __future__ import annotations

import os

from config.mail_server import mail_server, return_address, sender
from config.options import Environment

_environment = Environment(os.environ)
_server = mail_server(_environment.text("KNOTENPUNKT_MAIL_URL"))

EMAIL_HOST = _server.host  # empty: no mail leaves this installation
EMAIL_PORT = _server.port
EMAIL_HOST_USER = _server.user
EMAIL_HOST_PASSWORD = _server.password
EMAIL_USE_TLS = _server.tls == "starttls"
EMAIL_USE_SSL = _server.tls == "from_start"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = sender(_environment.text("KNOTENPUNKT_MAIL_FROM"), _server)
# Networks may send from addresses of these domains; none: only that of the address above.
MAIL_DOMAINS = _environment.names("KNOTENPUNKT_MAIL_DOMAINS")
# Where mail comes back to that could not be delivered; empty: to the sender.
MAIL_RETURN = return_address(_environment.text("KNOTENPUNKT_MAIL_RETURN"))
MAILS_A_MINUTE = _environment.number("KNOTENPUNKT_MAILS_A_MINUTE", 120)  # 0 is without limit
