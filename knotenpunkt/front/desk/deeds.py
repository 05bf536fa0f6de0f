"""What the audit calls by name, said in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.accounts.actors import ANYONE

DEEDS = {
    "accounts.accept_invitation": _("Invitation accepted"),
    "accounts.change_role": _("Role changed"),
    "accounts.give_role": _("Role given"),
    "accounts.invite": _("Person invited"),
    "accounts.invite_again": _("Invitation sent again"),
    "accounts.take_role": _("Role taken away"),
    "accounts.withdraw_invitation": _("Invitation withdrawn"),
    "agreements.add_paper": _("File of an agreement added"),
    "agreements.change": _("Agreement changed"),
    "agreements.create": _("Agreement added"),
    "agreements.end": _("Agreement ended"),
    "agreements.invite": _("Invited into the network"),
    "agreements.needed_again": _("Decision “nobody needed” taken back"),
    "agreements.not_needed": _("Decided that nobody is needed"),
    "agreements.remind": _("Reminded of agreements that end"),
    "agreements.remove_paper": _("File of an agreement deleted"),
    "agreements.reopen": _("Agreement valid again"),
    "agreements.sign": _("Partners have signed an agreement"),
    "agreements.unsign": _("Partner removed from an agreement"),
    "areas.draw_outlines": _("Borders for the map drawn"),
    "areas.load_outlines": _("Borders for the map loaded"),
    "areas.save_place": _("Place saved"),
    "inbox.close_call": _("Call-back answered"),
    "inbox.close_hint": _("Hint dealt with"),
    "inbox.expire": _("Request deleted unanswered"),
    "inbox.give_back": _("Request given back"),
    "inbox.receive_again": _("Call-back asked for again"),
    "inbox.receive_call": _("Call-back asked for"),
    "inbox.receive_hint": _("Hint received"),
    "inbox.remind": _("Reminded of waiting families"),
    "inbox.take": _("Request taken on"),
    "inbox.try": _("Called, nobody reached"),
    "imports.remember_profile": _("Columns of a list remembered"),
    "imports.run": _("List imported"),
    "imports.undo": _("Import undone"),
    "jobs.stop": _("Background work stopped"),
    "jobs.try_again": _("Background work tried again"),
    "library.adopted": _("Version adopted by a partner"),
    "library.change": _("Material changed"),
    "library.create": _("Material added"),
    "library.export": _("List of the library saved as a file"),
    "library.publish": _("New version in the library"),
    "library.seen": _("Version seen by a partner"),
    "library.take_back": _("Adoption of a version taken back"),
    "lists.change_view": _("View changed"),
    "lists.delete_view": _("View deleted"),
    "lists.share_view": _("View shared"),
    "mail.post": _("Mail sent to many"),
    "mail.settle": _("Unclear mail has arrived"),
    "mail.suppress": _("Address gets no mail any more"),
    "mail.take_off": _("Address gets mail again"),
    "mail.try_again": _("Mail sent once more"),
    "networks.change": _("Network changed"),
    "networks.create": _("Network created"),
    "notes.change": _("Contact note changed"),
    "notes.delete": _("Contact note deleted"),
    "notes.finish": _("Contact note done"),
    "notes.reopen": _("Contact note opened again"),
    "notes.write": _("Contact note written"),
    "offers.add_picture": _("Picture added"),
    "offers.change": _("Offer changed"),
    "offers.confirm": _("Offer confirmed"),
    "offers.grey": _("Offer stepped back: long unconfirmed"),
    "offers.leave_finder": _("Offer left the finder: nobody confirmed it"),
    "offers.change_picture": _("Picture changed"),
    "offers.create": _("Offer added"),
    "offers.export": _("List of offers saved as a file"),
    "offers.duplicate": _("Offer duplicated"),
    "offers.publish": _("Offer published"),
    "offers.remove_picture": _("Picture removed"),
    "offers.restore": _("Earlier version brought back"),
    "offers.save_topic": _("Topic saved"),
    "offers.take_back": _("Publishing taken back"),
    "offers.undo": _("Change undone"),
    "offers.undo_import": _("Removed, because its import was undone"),
    "offers.withdraw": _("Offer withdrawn"),
    "pages.remove_help_number": _("Help number removed"),
    "pages.save_help_number": _("Help number saved"),
    "pages.save_page": _("Page saved"),
    "pages.sign_page": _("Page reviewed"),
    "partners.change": _("Organisation changed"),
    "partners.change_contact": _("Contact changed"),
    "partners.represent": _("Provider keeps an organisation"),
    "partners.stop_representing": _("Provider no longer keeps an organisation"),
    "partners.create": _("Organisation added"),
    "partners.create_contact": _("Contact added"),
    "privacy.erase": _("Personal data erased"),
    "responsibilities.change": _("Responsibility changed"),
    "responsibilities.create": _("Responsibility added"),
    "responsibilities.export": _("Responsibilities saved as a file"),
    "responsibilities.remove": _("Responsibility removed"),
    "upkeep.ask": _("Partner asked whether entries are true"),
    "upkeep.call": _("Partner called"),
    "upkeep.close": _("Inquiry closed"),
    "upkeep.confirm": _("Entries confirmed"),
    "upkeep.confirm_one": _("Entry confirmed"),
    "upkeep.decide": _("Change by a partner decided"),
    "upkeep.export": _("List of data care saved as a file"),
    "upkeep.notice": _("Partner told that an offer leaves the finder"),
    "upkeep.propose": _("Partner proposed a change"),
    "upkeep.remind": _("Partner reminded"),
    "upkeep.rhythm": _("Settings of data care changed"),
    "upkeep.send_link": _("New personal link sent"),
    "upkeep.take_back": _("Partner took a change back"),
    "upkeep.to_call": _("Partner put on the telephone list"),
}

# What the installation does by itself: the reasons that it gives, never a person's name.
REASONS = {
    "account create": _("operator of the installation"),
    "account remove-second-factor": _("operator of the installation"),
    "areas load-outlines": _("import of borders"),
    "clock": _("by itself"),
    "demo": _("demo"),
    "inbox clock": _("by itself"),
    "invitation": _("invitation"),
    "password reset": _("forgotten password"),
    "personal link": _("by personal link"),
    "mail came back": _("a mail that came back"),
    "network change": _("operator of the installation"),
    "network create": _("set-up of the network"),
    "offers import": _("import of a list"),
    "offers undo-import": _("operator of the installation"),
    "page save": _("operator of the installation"),
    "privacy erase": _("data protection"),
    "topic save": _("operator of the installation"),
    "unsubscribed": _("a recipient"),
    "upkeep clock": _("by itself"),
}
VISITOR = _("a visitor")


def said(deed: str) -> str:
    """ "offers.publish" → "Angebot veröffentlicht"; the name itself where nobody has words."""
    return str(DEEDS.get(deed, deed))


def told(deed: str, title: str) -> str:
    """ "Angebot veröffentlicht: Krabbelgruppe"; some records have no name of their own."""
    return f"{said(deed)}: {title}" if title else said(deed)


def doer(label: str) -> str:
    """Who did it: a person's name, a visitor, or what the installation was busy with."""
    return str(VISITOR if label == ANYONE.label else REASONS.get(label, label))
