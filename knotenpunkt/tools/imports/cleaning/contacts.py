"""Telephone numbers, mail and web addresses, also several in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.cleaning.texts import show, text
from knotenpunkt.tools.imports.remarks import Cleaned, Remark
from knotenpunkt.tools.imports.tables import Cell

_BETWEEN = re.compile(
    r"\s*(?:;|,|\n|\||\boder\b|\bo\.|\bor\b|\bund\b|\bu\.|\bbzw\.?|\bsowie\b|&)\s*", re.IGNORECASE
)
_SLASH = re.compile(r"\s*/\s*")
_LABEL = re.compile(
    r"^(?:tel(?:efon)?|fon|phone|mobil(?:telefon)?|handy|funk|festnetz|privat|dienstlich|büro|"
    r"zentrale|telefonnummer|t|m)\b\s*[.:]*\s*",
    re.IGNORECASE,
)
_FAX = re.compile(r"^(?:tele)?fax\b", re.IGNORECASE)
_FAX_AFTER = re.compile(r"\b(?:tele)?fax\W*$", re.IGNORECASE)
# "Tel./Fax" is a telephone too; a fax written after a number is a number of its own.
_BOTH = re.compile(r"\btel\w*\.?\s*(?:/|\+|&|und|u\.)\s*(?:tele)?fax\b", re.IGNORECASE)
_BEFORE_FAX = re.compile(r"(?<=\d)\)?\s*[-–/]?\s*(?=\b(?:tele)?fax\b\D*\d)", re.IGNORECASE)
_NOTE = re.compile(r"\(([^()]*[A-Za-zÄÖÜäöüß]{2}[^()]*)\)")
# Words behind a number: "03721 55501 AB!", "0172 345678 – nur vormittags".
_WORDS_AFTER = re.compile(
    r"^(?P<number>\(?[+0][\d\s().\-–/]{5,}?)[\s\-–:.(]*"
    r"(?P<words>[A-Za-zÄÖÜäöüß][^\d@]*[A-Za-zÄÖÜäöüß][^\d@]*|!+)$"
)
_NUMBER = re.compile(r"^\+?[\d\s().\-–/]+$")
_SHORT = re.compile(r"110|112|115|11[68]\d{3}|19222")
_MAIL = re.compile(r"[^\s<>;,()\"'|]+@[^\s<>;,()\"'|]+")
_AT = re.compile(r"\s*[\[({]\s*(?:at|ät)\s*[\])}]\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*[\[({]\s*(?:dot|punkt)\s*[\])}]\s*", re.IGNORECASE)
# Digits of a usual local number, to ask how long the code before it is.
_ANY_NUMBER = "2345678"
_web_validator = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class Telephone:
    """A number as shown, and as dialled (E.164; "" where its area code is not known)."""

    shown: str
    dialled: str = ""
    note: str = ""


def telephones(cell: Cell) -> Cleaned[tuple[Telephone, ...]]:
    """All numbers of a cell, in order. What is no number is told and not taken."""
    raw = show(cell).strip()
    value = text(cell.replace("\n", "; ") if isinstance(cell, str) else cell).value.strip("\"' ")
    found: list[Telephone] = []
    remarks: list[Remark] = []
    area_code = ""
    for part in _parts(value):
        one = _telephone(part, area_code, raw)
        remarks.extend(one.remarks)
        if one.value is not None:
            area_code = _area_code(one.value.dialled) or area_code
            if one.value not in found:
                found.append(one.value)
    return Cleaned(tuple(found), tuple(remarks))


def _parts(value: str) -> list[str]:
    """Single numbers; a slash after a short area code belongs to the number."""
    value = _BEFORE_FAX.sub("; ", _BOTH.sub("Tel", value))
    parts: list[str] = []
    for piece in _BETWEEN.split(_NOTE.sub(lambda match: f"({match[1].replace(',', ' ')})", value)):
        current = ""
        for bit in _SLASH.split(piece):
            joins = current and re.fullmatch(
                r"\D*\(?(?:0|\+49\s?\(?0?\)?\s?)\d{1,5}\)?\D*", current
            )
            if current and not joins:
                parts.append(current)
                current = bit
            else:
                current = f"{current}/{bit}" if current else bit
        parts.append(current)
    return [part.strip() for part in parts if part.strip(" -–/.")]


def _telephone(part: str, area_code: str, raw: str) -> Cleaned[Telephone | None]:
    note = "; ".join(match.strip() for match in _NOTE.findall(part))[:100]
    bare = _NOTE.sub(" ", part).strip(" .:")
    if _FAX.match(bare) or _FAX_AFTER.search(bare) or _FAX.match(note):
        return Cleaned(None, (Remark("fax", _("is a fax number and was not taken"), part),))
    written = bare
    while (stripped := _LABEL.sub("", written)) != written:
        written = stripped
    if behind := _WORDS_AFTER.match(written):
        written = behind["number"].strip()
        words = behind["words"].strip(" !()") and behind["words"].strip(" ()")
        note = "; ".join(filter(None, (note, words)))[:100]
    if re.match(r"[-–]\s*\d", written):
        reason = _("is only an extension of the number before it; not taken")
        return Cleaned(None, (Remark("only_extension", reason, raw),))
    digits = re.sub(r"\D", "", written)
    if not _NUMBER.match(written) or len(digits) < 3:
        return Cleaned(None, (Remark("no_telephone", _("is no telephone number; not taken"), raw),))
    if _SHORT.fullmatch(digits):
        return Cleaned(Telephone(digits, "", note))
    return _dialled(written, digits, area_code, note, raw)


def _dialled(
    written: str, digits: str, area_code: str, note: str, raw: str
) -> Cleaned[Telephone | None]:
    shown = " ".join(written.replace("–", "-").split())[:60]
    if written.startswith(("+", "0", "(")):
        number = _valid(written)
        if number:
            return Cleaned(Telephone(shown, number, note))
        if len(digits) <= 6 and digits.startswith("0"):
            reason = _("is only an area code and was not taken")
            return Cleaned(None, (Remark("only_area_code", reason, raw),))
        reason = _("is perhaps not a valid telephone number; please check")
        return Cleaned(
            Telephone(shown, "", note), (Remark("doubtful_telephone", reason, raw, shown),)
        )
    return _without_zero(shown, digits, area_code, note, raw)


def _without_zero(
    shown: str, digits: str, area_code: str, note: str, raw: str
) -> Cleaned[Telephone | None]:
    """Numbers from spreadsheets lost their zero; local ones take the code before them, or none."""
    if _may_lack_zero(shown, digits) and (number := _valid(f"0{digits}")):
        full = national(number)
        reason = _("had lost its leading zero")
        return Cleaned(Telephone(full, number, note), (Remark("leading_zero", reason, raw, full),))
    if area_code and (number := _valid(f"{area_code}{digits}")):
        full = national(number)
        reason = _("got the area code of the number before it")
        return Cleaned(
            Telephone(full, number, note), (Remark("area_code_taken", reason, raw, full),)
        )
    if _is_area_code(digits):
        reason = _("is only an area code and was not taken")
        return Cleaned(None, (Remark("only_area_code", reason, raw),))
    reason = _("has no area code and was kept as written")
    return Cleaned(Telephone(shown, "", note), (Remark("no_area_code", reason, raw, shown),))


def _may_lack_zero(shown: str, digits: str) -> bool:
    """Local numbers are shorter, or have an extension behind a sign."""
    return len(digits) >= 10 or (len(digits) == 9 and shown.replace(" ", "").isdigit())


def _is_area_code(digits: str) -> bool:
    """Whether a short number without its zero is the code of a German town and nothing more.

    Five digits are as often a whole local number.
    """
    if not 2 <= len(digits) <= 4:
        return False
    number = phonenumbers.parse(f"+49{digits}{_ANY_NUMBER}")
    return phonenumbers.length_of_geographical_area_code(number) == len(digits)


def _valid(written: str) -> str:
    """E.164 of a number that can exist; "" otherwise."""
    try:
        number = phonenumbers.parse(written.replace("/", " "), "DE")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number) or len(str(number.national_number)) < 5:
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _area_code(dialled: str) -> str:
    """`"037"`-like prefix of a German landline, with its zero; "" for all else."""
    if not dialled.startswith("+49"):
        return ""
    number = phonenumbers.parse(dialled)
    length = phonenumbers.length_of_geographical_area_code(number)
    return f"0{str(number.national_number)[:length]}" if length else ""


def national(dialled: str) -> str:
    """A number as people in Germany write it."""
    number = phonenumbers.parse(dialled)
    form = phonenumbers.PhoneNumberFormat
    german = number.country_code == 49
    return str(phonenumbers.format_number(number, form.NATIONAL if german else form.INTERNATIONAL))


def mails(cell: Cell) -> Cleaned[tuple[str, ...]]:
    """All mail addresses of a cell."""
    raw = show(cell).strip()
    value = text(cell.replace("\n", "; ") if isinstance(cell, str) else cell).value
    if not value:
        return Cleaned(())
    plain = _DOT.sub(".", _AT.sub("@", value))
    found = [
        _mail(match) for match in _MAIL.findall(re.sub(r"mailto:", " ", plain, flags=re.IGNORECASE))
    ]
    valid = tuple(dict.fromkeys(mail for mail in found if mail))
    remarks = []
    if not valid or len(valid) < len(dict.fromkeys(found)):
        remarks.append(Remark("no_mail", _("is no mail address and was not taken"), raw))
    elif plain != value:
        reason = _("was written so that machines cannot read it")
        remarks.append(Remark("mail_unhidden", reason, raw, valid[0]))
    return Cleaned(valid, tuple(remarks))


def _mail(found: str) -> str:
    name, _at, domain = found.strip(".").rpartition("@")
    mail = f"{name}@{domain.lower()}"
    try:
        validate_email(mail)
    except ValidationError:
        return ""
    return mail if len(mail) <= 254 else ""


def web(cell: Cell, *, limit: int = 500) -> Cleaned[str]:
    """The first web address of a cell; further ones and repairs are told."""
    raw = show(cell).strip()
    words = [word for word in re.split(r"[\s;|]+", text(cell).value.strip("\"'<>")) if word]
    words = [word for word in words if word.lower() not in {"oder", "und", "or", "and"}]
    if not words:
        return Cleaned("")
    address, repaired = _web_address(words[0].strip(",<>\"'"))
    if not address or len(address) > limit:
        return Cleaned("", (Remark("no_web_address", _("is no web address; not taken"), raw),))
    remarks = []
    if repaired:
        remarks.append(Remark("web_repaired", _("was completed to a web address"), raw, address))
    if len(words) > 1:
        reason = _("holds more than one web address; the first one was taken")
        remarks.append(Remark("more_web_addresses", reason, raw, address))
    return Cleaned(address, tuple(remarks))


def _web_address(word: str) -> tuple[str, bool]:
    """The address with scheme and small host, and whether something had to be completed."""
    straight = re.sub(r"^(https?)[:;]?[\\/]+", r"\1://", word, flags=re.IGNORECASE)
    if not re.match(r"^[a-z][a-z0-9+.-]*:", straight, re.IGNORECASE) and "@" not in straight:
        straight = f"https://{straight}"
    match = re.match(r"^(https?)://([^/?#]+)(.*)$", straight, re.IGNORECASE)
    if match is None or "." not in match[2]:
        return "", False
    address = f"{match[1].lower()}://{match[2].lower()}{match[3]}"
    try:
        _web_validator(address)
    except ValidationError:
        return "", False
    return address, address.lower() != word.lower()
