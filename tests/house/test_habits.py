"""Habits of the house that a reader relies on, and that no linter knows."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from tests.house.repository import PRODUCT, ROOT, is_vendored, name, product_code, texts

# Every place that works over all networks, with how often. Each is looked at twice.
OVER_ALL_NETWORKS = {
    "knotenpunkt/foundation/accounts/queries.py": 1,  # a person's own networks, told to them only
    "knotenpunkt/front/operating/figures.py": 1,  # counts for monitoring, nothing of a record
    "knotenpunkt/front/commands/privacy.py": 1,  # an account serves many networks; console only
    "knotenpunkt/tools/jobs/leases.py": 2,  # a worker works for all; the work itself for one
    "knotenpunkt/tools/jobs/planning.py": 1,  # which networks the clock has served; keys only
    "knotenpunkt/front/operating/checks.py": 1,  # how many jobs wait; counts for an administrator
}
# Places whose writes the audit cannot see, with the reason.
BESIDE_THE_AUDIT = {
    "knotenpunkt/foundation/networks/models.py": "the scoped manager itself",
    "knotenpunkt/tools/imports/actions/runs.py": "what an import remembers; its run is recorded",
    "knotenpunkt/tools/imports/privacy.py": "an erasure, recorded once by foundation.privacy",
    "knotenpunkt/foundation/accounts/privacy.py": "an erasure, recorded once by foundation.privacy",
    "knotenpunkt/registers/partners/privacy.py": "an erasure, recorded once by foundation.privacy",
    "knotenpunkt/registers/pages/privacy.py": "an erasure, recorded once by foundation.privacy",
    "knotenpunkt/foundation/audit/models.py": "an erasure in the audit itself",
    "knotenpunkt/tools/jobs/leases.py": "a worker's notes about its own work",
    "knotenpunkt/tools/mail/actions/sending.py": "a worker's notes about mails on their way",
    "knotenpunkt/activities/campaigns/actions/sharing.py": "shares of all orders; recorded once",
    "knotenpunkt/activities/campaigns/actions/telling_shares.py": "the same, told; recorded once",
    "knotenpunkt/tools/mail/actions/looking_back.py": "mails of a demo's past",
    "knotenpunkt/tools/mail/actions/holding.py": "all mails of a mailing; recorded at the mailing",
    "knotenpunkt/tools/links/actions.py": "until when a link opens; whoever sends it is recorded",
    "knotenpunkt/tools/search/actions/counts.py": "counters of searches, which nobody does",
    "knotenpunkt/front/operating/restore.py": "mails of a back-up wait: nobody has done that",
}
# Who may write: actions, and these.
WRITERS = {
    "knotenpunkt/foundation/networks/models.py": "the scoped base model itself",
    "knotenpunkt/foundation/audit/models.py": "append-only base of the audit",
    "knotenpunkt/foundation/audit/keys.py": "a key for each person; it holds no word of them",
    "knotenpunkt/foundation/accounts/models.py": "what happened to an account, append-only",
    "knotenpunkt/tools/imports/privacy.py": "erasure empties copies of a person",
    "knotenpunkt/front/demo/deeds.py": "lets a request of the demo be as old as it should look",
    "knotenpunkt/tools/files/pictures.py": "Pillow saves a picture into memory",
    "knotenpunkt/tools/documents/pictures.py": "Pillow saves a picture into memory",
    "knotenpunkt/tools/lists/files.py": "saves a workbook, no record",
    "knotenpunkt/tools/translations/workbooks.py": "saves a workbook, no record",
}
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
UPLOADS = "nobody: nothing of an upload reaches a register before its run"
# Public functions of actions that write without recording, with who does it or why nobody does.
MERGING = "registers.partners.duplicates.actions"
UNRECORDED = {
    "activities.mailings.actions.forgetting.forget_recipients": "foundation.privacy.actions.erase",
    "activities.mailings.actions.forgetting.forget_writers": "foundation.privacy.actions.erase",
    "activities.mailings.actions.forgetting.take_out": "foundation.privacy.actions.erase",
    "activities.mailings.actions.forgetting.drop_old_recipients": "nobody: the network's term",
    "activities.mailings.actions.forgetting.drop_old_values": "nobody: the network's term",
    "activities.mailings.actions.answers.note_answer": "the deed that is the answer",
    "activities.campaigns.actions.forgetting.forget_orderers": "foundation.privacy.actions.erase",
    "activities.campaigns.actions.forgetting.forget_hands": "foundation.privacy.actions.erase",
    "activities.campaigns.actions.forgetting.forget_reporters": "foundation.privacy.actions.erase",
    "activities.campaigns.actions.forgetting.forget_asked": "foundation.privacy.actions.erase",
    "activities.campaigns.actions.forgetting.forget_reporters_of": "nobody: their term was said",
    "activities.campaigns.actions.campaigns.settle_step": "nobody: a tick in the preparation",
    "activities.campaigns.actions.join_in_pictures.remove_change": "whoever decides about it",
    "activities.campaigns.actions.copying.from_template": "actions.campaigns.save_campaign",
    "activities.campaigns.actions.stock.serve_waiting": "orders.tell_who_got_something beside it",
    "activities.groups.actions.forget_speaker": "foundation.privacy.actions.erase",
    "activities.groups.actions.forget_former": "nobody: their term was said when they came",
    "activities.mailings.actions.consents.forget_consents": "foundation.privacy.actions.erase",
    "activities.mailings.actions.consents.forget_noter": "foundation.privacy.actions.erase",
    "activities.mailings.actions.looking_back.were_posted": "actions.printing.mark_posted",
    "activities.mailings.actions.printing.order_print": "nobody: a file is made, letters stay",
    "registers.offers.actions.set_highlights": "activities.campaigns.actions.campaigns",
    "registers.offers.actions.end_highlights": "activities.campaigns.actions.campaigns",
    "tools.mail.actions.looking_back.has_arrived": "nobody: mails of a demo's past",
    "activities.notes.actions.delete_old": "nobody: the term is said where they are written",
    "activities.upkeep.actions.looking_back.tell_month": "nobody: counters of a demo's past",
    "activities.upkeep.actions.looking_back.was_asked": "activities.upkeep.actions.asking.ask",
    "activities.upkeep.actions.settling.keep_standings": "nobody: counters of each month",
    "foundation.networks.actions.create_network": "front.founding.found_network",
    "foundation.networks.actions.change_network": "front.founding.change_network",
    "foundation.accounts.actions.add_member": "front.founding.give_role",
    "foundation.accounts.actions.invite": "front.staff.invite",
    "foundation.accounts.actions.renew_invitation": "front.staff.invite_again",
    "foundation.accounts.actions.withdraw_invitation": "front.staff.withdraw_invitation",
    "foundation.accounts.actions.accept_invitation": "front.staff.accept_invitation",
    "foundation.accounts.actions.change_role": "front.staff.change_role",
    "foundation.accounts.actions.take_role": "front.staff.take_role",
    "foundation.accounts.actions.note": "the account's own record",
    "foundation.accounts.actions.note_failure": "the account's own record",
    "foundation.accounts.actions.note_sign_in": "the account's own record",
    "foundation.accounts.actions.rename": "nobody: one's own name, which the audit does not copy",
    "foundation.accounts.actions.change_password": "the account's own record",
    "foundation.accounts.actions.reset_password": "the account's own record",
    "foundation.accounts.actions.change_address": "the account's own record",
    "foundation.accounts.actions.end_sessions": "the account's own record",
    "foundation.accounts.actions.remove_second_factor": "the account's own record",
    "foundation.audit.actions.record": "the audit itself",
    "foundation.audit.actions.record_read": "the audit itself",
    "foundation.audit.actions.one_write": "the audit itself",
    "foundation.audit.actions.store": "the action that calls it",
    "foundation.privacy.actions.expire": "itself: NightlyDeletion is its record",
    "foundation.privacy.actions.erase": "itself: it works over many networks at once",
    "registers.areas.actions.load_school_holidays": "nobody: the same for all, console only",
    "registers.offers.actions.prepare_topics": "front.founding.found_network",
    "registers.offers.translating.actions.arriving.plan_file": "nobody: nothing reaches an offer",
    "registers.offers.translating.actions.arriving.plan_service": "nobody: nothing is sent yet",
    "registers.offers.translating.actions.arriving.drop_old_runs": "nobody: their term was said",
    "registers.offers.translating.actions.arriving.forget_runs": "foundation.privacy.actions.erase",
    "registers.offers.translating.actions.keeping.replace_texts": "the action that calls it",
    "registers.offers.translating.actions.keeping.put_text": "the action that calls it",
    "registers.offers.translating.actions.keeping.drop_text": "the action that calls it",
    "registers.offers.translating.actions.keeping.settle_texts": "the action that calls it",
    "registers.pages.actions.prepare_pages": "front.founding.found_network",
    f"{MERGING}.absorbing.absorb": f"{MERGING}.deciding.merge",
    f"{MERGING}.absorbing.join_contacts": f"{MERGING}.deciding.merge",
    f"{MERGING}.absorbing.choose": f"{MERGING}.deciding.merge",
    f"{MERGING}.absorbing.take_back": f"{MERGING}.deciding.undo_merge",
    f"{MERGING}.deciding.drop_old_moves": "nobody: their term was said when they came",
    f"{MERGING}.deciding.forget_moves": "an erasure, recorded once",
    "tools.capacity.actions.open_pool": "the action that has something to give",
    "tools.capacity.actions.resize": "the action that has something to give",
    "tools.capacity.actions.claim": "the action that takes it",
    "tools.capacity.actions.give_back": "the action that took it",
    "tools.capacity.actions.close_pool": "the action that had something to give",
    "tools.files.actions.keep_file": "the action that takes the file in",
    "tools.files.actions.drop_file": "the action that no longer needs it",
    "tools.files.actions.drop_expired": "nobody: their term was said when they came",
    "tools.imports.actions.runs.start_run": "tools.imports.actions.runs.finish_run",
    "tools.imports.actions.runs.save_links": "tools.imports.actions.runs.finish_run",
    "tools.imports.actions.uploads.receive": UPLOADS,
    "tools.imports.actions.uploads.note_reading": UPLOADS,
    "tools.imports.actions.uploads.refuse": UPLOADS,
    "tools.imports.actions.uploads.assign": UPLOADS,
    "tools.imports.actions.uploads.correct": UPLOADS,
    "tools.imports.actions.uploads.note_report": UPLOADS,
    "tools.imports.actions.uploads.begin": UPLOADS,
    "tools.imports.actions.uploads.discard": UPLOADS,
    "tools.imports.actions.uploads.drop_expired_uploads": UPLOADS,
    "tools.imports.actions.steps.save_steps": "tools.imports.actions.runs.finish_run",
    "tools.imports.actions.steps.drop_steps": "tools.imports.actions.steps.note_undone",
    "tools.imports.actions.steps.restore_link": "tools.imports.actions.steps.note_undone",
    "tools.imports.actions.steps.drop_links": "tools.imports.actions.steps.note_undone",
    "tools.imports.actions.steps.keep_count": "tools.imports.actions.steps.note_undone",
    "tools.imports.actions.steps.drop_expired_steps": "nobody: their term was said when they came",
    "tools.jobs.actions.enqueue": "the action that queues its follow-up",
    "tools.jobs.actions.drop_ended": "nobody: they ended thirty days ago",
    "tools.jobs.actions.take_out": "foundation.privacy.actions.erase",
    "tools.jobs.actions.give_up": "foundation.privacy.actions.erase",
    "tools.links.actions.personal_link": "the action that sends it",
    "tools.links.actions.link_token": "the action that sends it",
    "tools.links.actions.personal_links": "the action that sends them",
    "tools.links.actions.revoke": "the action because of which it ends",
    "tools.links.actions.drop_old": "nobody: they opened nothing any more",
    "tools.lists.actions.start_deed": "the deed on each record",
    "tools.lists.actions.do_steps": "the deed on each record",
    "tools.lists.actions.undo_steps": "the deed on each record",
    "tools.lists.actions.finish_deed": "the deed on each record",
    "tools.lists.actions.start_undo": "the deed on each record",
    "tools.lists.actions.finish_undo": "the deed on each record",
    "tools.lists.actions.drop_old_deeds": "nobody: their term was said when they came",
    "tools.lists.actions.take_person_out": "an erasure, recorded once by foundation.privacy",
    "tools.mail.actions.queueing.send_mail": "the action that writes for a reason of its own",
    "tools.mail.actions.queueing.queue_again": "tools.mail.actions.deciding, whoever decided it",
    "tools.mail.actions.sending.send_waiting": "a worker's notes about mails on their way",
    "tools.mail.actions.taking_over.take_over": "a mail queued by an earlier release",
    "tools.mail.actions.returning.take_back": "nobody: another mail server said so",
    "tools.mail.actions.returning.note": "tools.mail.actions.returning.take_back",
    "tools.mail.actions.forgetting.forget": "foundation.privacy.actions.erase",
    "tools.mail.actions.forgetting.take_back_texts": "foundation.privacy.actions.erase",
    "tools.mail.actions.forgetting.forget_addresses": "foundation.privacy.actions.erase",
    "tools.mail.actions.forgetting.forget_senders": "foundation.privacy.actions.erase",
    "tools.mail.actions.forgetting.drop_old_texts": "nobody: their term was said when they came",
    "tools.mail.actions.forgetting.drop_old_addresses": "nobody: the network set their term",
    "tools.search.actions.entries.write_entries": "nobody: they follow from recorded deeds",
    "tools.search.actions.entries.remove_entries": "nobody: they follow from recorded deeds",
    "tools.search.actions.counts.add_counts": "nobody: counters without a person",
    "tools.search.actions.counts.drop_old_counts": "nobody: their term was said when they came",
    "tools.search.actions.counts.forget_searches_of": "foundation.privacy.actions.erase",
    "tools.search.actions.versions.new_version": "nobody: a stamp, no record of anybody",
}
RAW_SQL = {
    "knotenpunkt/front/operating/figures.py": "how large the database is",
    "knotenpunkt/foundation/networks/scope.py": "binds a transaction to its network",
    "knotenpunkt/foundation/networks/row_level_security.py": "the second lock",
    "knotenpunkt/foundation/networks/installation.py": "of two first starts one waits",
    "knotenpunkt/foundation/networks/changes.py": "triggers that note what the public sees",
    "knotenpunkt/foundation/networks/data_version.py": "asks what they noted, on each request",
    "knotenpunkt/tools/imports/rehearsal.py": "temporary tables in front of the real ones",
    "knotenpunkt/foundation/privacy/compacting.py": "rewrites the files of the database",
    "knotenpunkt/front/operating/checks.py": "asks the database itself how it is",
    "knotenpunkt/front/operating/backup.py": "one snapshot of everything",
    "knotenpunkt/front/operating/restore.py": "whether there is anything",
    "knotenpunkt/front/operating/rows.py": "rows of a back-up, as they were",
    "knotenpunkt/front/operating/staging.py": "exchanges old and new tables",
}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "core_utils"}
NAMED_BY_DESIGN = {
    "config/settings/base.py": "Django's habit: base is production",
    "knotenpunkt/foundation/core/sqlite3/base.py": "Django looks for a backend under this name",
}

FOUNDING = PRODUCT / "front" / "founding.py"
APPS = {Path(app.path) for app in apps.get_app_configs() if app.name.startswith("knotenpunkt.")}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """(last part of the called name, call)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield getattr(called, "attr", getattr(called, "id", "")), node


def test_work_over_all_networks_is_counted() -> None:
    counted = Counter(
        name(file)
        for file, tree in product_code().items()
        for called, _call in calls(tree)
        if called == "all_networks"
    )
    assert counted == OVER_ALL_NETWORKS, (
        "A place that works over all networks came or went. If it must be so, and its rows never "
        "reach somebody of one network, change OVER_ALL_NETWORKS."
    )


def test_each_work_over_all_networks_says_why() -> None:
    silent = [
        f"{name(file)}:{call.lineno}"
        for file, tree in product_code().items()
        for called, call in calls(tree)
        if called == "all_networks"
        and not (call.args and isinstance(call.args[0], ast.Constant) and call.args[0].value)
    ]
    assert not silent, f"Give all_networks() its reason in words: {silent}"


def test_no_write_passes_by_the_audit() -> None:
    """`queryset.update(field=…)` and its likes leave no trace."""
    passing = [
        f"{name(file)}:{call.lineno} {called}()"
        for file, tree in product_code().items()
        if name(file) not in BESIDE_THE_AUDIT
        for called, call in calls(tree)
        if _bypasses(called, call)
    ]
    assert not passing, (
        "Load the rows, change them by an action and record() it; or name the file in "
        f"BESIDE_THE_AUDIT with the reason: {passing}"
    )


def _bypasses(called: str, call: ast.Call) -> bool:
    by_keyword = bool(call.keywords) and not call.args
    return called in {"bulk_update", "_raw_delete"} or (called == "update" and by_keyword)


def test_sql_by_hand_is_named() -> None:
    by_hand = {
        name(file)
        for file, tree in product_code().items()
        for called, call in calls(tree)
        if _is_sql(called, call)
    }
    assert by_hand == RAW_SQL.keys(), (
        "SQL by hand passes by the scoped managers: name the file in RAW_SQL with the reason."
    )


def _is_sql(called: str, call: ast.Call) -> bool:
    if called == "raw":
        return getattr(getattr(call.func, "value", None), "attr", "") == "objects"
    by_cursor = called in {"execute", "executemany"} and isinstance(call.func, ast.Attribute)
    return by_cursor or called in {"RawSQL", "executescript"}


def test_only_actions_write() -> None:
    """Queries read, actions write, rules decide, views speak HTTP."""
    writing = [
        f"{name(file)}:{call.lineno} .{called}()"
        for file, tree in product_code().items()
        if not _is_action(file)
        for called, call in calls(tree)
        if called in WRITES and _is_on_a_record(call)
    ]
    assert not writing, f"Move the write into actions, or name the file in WRITERS: {writing}"


def _is_action(file: Path) -> bool:
    parts = file.relative_to(PRODUCT).parts
    return "actions" in parts or file.name == "actions.py" or name(file) in WRITERS


def _is_on_a_record(call: ast.Call) -> bool:
    """`objects.create(…)` or `row.save()`; a function of that name is none."""
    if not isinstance(call.func, ast.Attribute):
        return False
    owner = call.func.value
    return call.func.attr == "save" or getattr(owner, "attr", "") == "objects"


def test_what_speaks_http_reads_by_queries() -> None:
    """The fetch is the gate: a page that asks a table itself passes by it."""
    mount = PRODUCT / "foundation" / "networks" / "middleware.py"
    asking = [
        f"{name(file)}:{node.lineno}"
        for file, tree in product_code().items()
        if file != mount and _speaks_http(tree)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]
    assert not asking, f"Move these reads into queries, which take the actor: {asking}"


def _speaks_http(tree: ast.Module) -> bool:
    imported = {
        alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    return bool(imported & {"HttpResponse", "HttpResponseRedirect", "render", "redirect"})


def test_each_deed_is_on_record() -> None:
    """Who gave whom which role, who changed what: an action that writes records it."""
    unrecorded = {
        f"{'.'.join(file.relative_to(PRODUCT).with_suffix('').parts)}.{function}"
        for file, tree in product_code().items()
        if _is_action(file) and name(file) not in WRITERS
        for function, called in _public_functions(tree)
        if called & (WRITES | {"delete", "deleted", "store"}) and "record" not in called
    }
    assert unrecorded == UNRECORDED.keys(), (
        "record() the deed, or name the function in UNRECORDED with who does it instead."
    )


def _public_functions(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """(name, everything it calls, directly or by way of other functions of its module)."""
    bodies = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    direct = {name: {called for called, _call in calls(node)} for name, node in bodies.items()}
    for function in bodies:
        reached, waiting = set(), {function}
        while waiting:
            reached |= waiting
            waiting = set().union(*(direct.get(one, set()) for one in waiting)) - reached
        if not function.startswith("_"):
            yield function, reached - {function}


def test_what_others_record_is_called_by_them_only() -> None:
    passing = [
        f"{name(file)}:{call.lineno} {called}()"
        for file, tree in product_code().items()
        for called, call in calls(tree)
        if called in {"create_network", "add_member"} and file != FOUNDING and _gives_roles(file)
    ]
    imported = [
        name(file)
        for file, text in texts(".py", below=PRODUCT).items()
        if re.search(r"foundation\.networks(\.actions import| import .*\bactions\b)", text)
    ]
    assert not passing, f"Call found_network() or give_role(), which record it: {passing}"
    assert set(imported) <= {name(FOUNDING)}, f"Call change_network() of founding: {imported}"


def _gives_roles(file: Path) -> bool:
    """Whether it reaches those actions; groups have members of their own."""
    pattern = r"foundation\.(accounts|networks)(\.actions import| import .*\bactions\b)"
    return bool(re.search(pattern, file.read_text(encoding="utf-8")))


def test_no_module_is_called_by_nothing() -> None:
    nameless = [
        name(file)
        for file in texts(".py")
        if {part.removesuffix(".py") for part in file.relative_to(ROOT).parts} & NAMELESS
        and name(file) not in NAMED_BY_DESIGN
    ]
    assert not nameless, f"Name these by what they hold: {nameless}"


def test_each_app_introduces_itself_and_holds_no_code_there() -> None:
    wrong = []
    for file, tree in product_code().items():
        if file.name == "__init__.py" and file.parent in APPS:
            rest = tree.body[1:] if ast.get_docstring(tree) else tree.body
            if rest or not _has_three_sentences(ast.get_docstring(tree) or ""):
                wrong.append(name(file))
    assert not wrong, (
        "An app's __init__.py is three sentences (what for, its words, who uses it) and no code: "
        f"{wrong}"
    )


def _has_three_sentences(text: str) -> bool:
    return len(re.findall(r"[.;:](?:\s|$)", text)) >= 2


def test_nothing_is_left_for_later() -> None:
    words = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    left = [
        name(file)
        for file, text in texts(".py", ".html", ".css", ".js").items()
        if not is_vendored(file) and words.search(text)
    ]
    assert not left, f"Finish it, or write it down where work is planned: {left}"
