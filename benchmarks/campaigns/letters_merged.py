"""LibreOffice's own mail merge, asked for over UNO. Run by a Python that has `uno`:

    /usr/bin/python3 letters_merged.py SOFFICE FOLDER

The folder holds `addresses.csv` (UTF-8, semicolons, a first line with names) and `letter.fodt`,
whose fields name the data source `letters`. Makes one PDF there, tagged as PDF/UA, and prints JSON:
seconds, processor seconds, peak memory in MB. Only the merge is measured, not the start. Knows
nothing of the product.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

SOURCE, TABLE = "letters", "addresses"
AS_TABLE, AS_FILE = 0, 2  # com.sun.star.sdb.CommandType, com.sun.star.text.MailMergeType
PATIENCE = 60.0


def named(**values: Any) -> tuple[Any, ...]:
    """Settings as UNO wants them."""
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def begun(program: str, folder: Path, pipe: str) -> subprocess.Popen[bytes]:
    """LibreOffice with a profile of its own, in a group of its own."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    asked = [program, profile, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
    return subprocess.Popen(
        asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def answered(pipe: str) -> Any:
    """Its context, as soon as it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    until = perf_counter() + PATIENCE
    while perf_counter() < until:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            sleep(0.1)
    sys.exit("LibreOffice does not answer.")


def service(context: Any, name: str) -> Any:
    """One of its services."""
    return context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", context)


def register(context: Any, folder: Path) -> None:
    """The folder of CSV files as a data source."""
    known = service(context, "sdb.DatabaseContext")
    if known.hasByName(SOURCE):  # from the round before
        known.revokeObject(SOURCE)
    source = known.createInstance()
    source.URL = f"sdbc:flat:{folder.as_uri()}"
    source.Info = named(
        Extension="csv", HeaderLine=True, FieldDelimiter=";", StringDelimiter='"', CharSet="UTF-8"
    )
    source.DatabaseDocument.storeAsURL((folder / f"{SOURCE}.odb").as_uri(), ())
    known.registerObject(SOURCE, source)


def merge(context: Any, folder: Path) -> None:
    """All letters as one PDF."""
    work = service(context, "text.MailMerge")
    work.DocumentURL = (folder / "letter.fodt").as_uri()
    work.DataSourceName, work.Command, work.CommandType = SOURCE, TABLE, AS_TABLE
    work.OutputType, work.OutputURL, work.FileNamePrefix = AS_FILE, folder.as_uri(), "merged"
    work.SaveAsSingleFile, work.SaveFilter = True, "writer_pdf_Export"
    work.SaveFilterData = named(PDFUACompliance=True)
    work.execute(())


def used(group: int) -> tuple[float, int]:
    """Processor seconds of its processes so far, and the peak memory of the largest in MB."""
    ticks, peak = 0, 0
    for place in Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text().rpartition(") ")[2].split()
            rows = dict(
                row.split(":", 1) for row in (place / "status").read_text().splitlines() if row
            )
        except OSError:
            continue  # it has ended meanwhile
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
            peak = max(peak, int(rows["VmHWM"].split()[0]) // 1024)
    return ticks / os.sysconf("SC_CLK_TCK"), peak


def main(program: str, folder: Path) -> dict[str, float]:
    """Start it, merge once, end it."""
    pipe = f"letters{os.getpid()}"
    running = begun(program, folder, pipe)
    try:
        context = answered(pipe)
        register(context, folder)
        before, start = used(running.pid)[0], perf_counter()
        merge(context, folder)
        seconds = perf_counter() - start
        busy, memory = used(running.pid)
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    return {"seconds": seconds, "busy": busy - before, "memory": memory}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]))))
