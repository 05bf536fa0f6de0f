"""Pages for everyone: how much of them a process keeps, and which tables they never read."""

from __future__ import annotations

import os

from config.options import Environment

_environment = Environment(os.environ)

PAGE_CACHE_BYTES: int = _environment.number("KNOTENPUNKT_PAGE_CACHE_MB", 32) * 1_000_000

# Every other table is watched: a change there is seen by the next request for a page that shows
# it. Here stands only what no public page reads, so that work at the desk does not empty the cache
# (tests/house/test_page_cache.py holds the two apart).
NEVER_PUBLIC = frozenset(
    {
        # accounts and sessions
        "account_emailaddress", "account_emailconfirmation", "accounts_invitation",
        "accounts_membership", "accounts_securityevent", "accounts_user", "auth_group",
        "auth_group_permissions", "auth_permission", "django_content_type", "django_session",
        "mfa_authenticator", "socialaccount_socialaccount", "socialaccount_socialapp",
        "socialaccount_socialtoken",
        # on record
        "audit_entry", "audit_personkey", "audit_read", "privacy_nightlydeletion",
        # tools of the desk
        "imports_link", "imports_profile", "imports_run", "imports_step", "imports_upload",
        "jobs_job", "links_link", "lists_bulkdeed", "lists_bulkstep", "lists_savedview",
        "mail_mailing", "mail_message", "mail_suppression",
        # counted on each search
        "search_searchcount", "search_settledsearch",
        # work with families and partners
        "campaigns_lesson", "campaigns_line", "campaigns_order", "groups_member",
        "mailings_audience", "mailings_circular", "mailings_consent", "mailings_mailingsettings",
        "mailings_print", "mailings_recipient",
        "agreements_agreement", "agreements_notneeded", "agreements_paper", "agreements_party",
        "inbox_concern", "notes_note", "partners_involvement", "partners_merge",
        "partners_notsame", "partners_partnerfile", "partners_release", "partners_tag",
        "partners_tagging", "upkeep_call", "upkeep_inquiry", "upkeep_notice", "upkeep_part",
        "upkeep_proposal", "upkeep_rhythm", "upkeep_standing", "upkeep_tally",
    }
)  # fmt: skip
