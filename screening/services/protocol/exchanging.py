"""A protocol as files: handed out as one archive, and changed file by file."""

from __future__ import annotations

import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from screening.engine.directory import as_files, read_directory

Table = dict[str, Any]
# The archive of a content is always the same, whenever it is asked for.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def archive(document: Table) -> bytes:
    """Return the canonical files, zipped. Raises ProtocolError."""
    archived = BytesIO()
    with zipfile.ZipFile(archived, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in as_files(document).items():
            zipped.writestr(zipfile.ZipInfo(name, NO_TIME), text)
    return archived.getvalue()


def with_file(document: Table, name: str, text: str) -> Table:
    """Return what the files say when this one says something else.

    Raises KeyError when there is no such file, ProtocolError when they cannot be read.
    """
    files = as_files(document)
    if name not in files:
        raise KeyError(name)
    with tempfile.TemporaryDirectory() as place:
        for each, said in (files | {name: text}).items():
            file = Path(place) / each
            file.parent.mkdir(exist_ok=True)
            file.write_text(said, encoding="utf-8")
        found = read_directory(Path(place))
    # What no file can be called would never be handed out again.
    as_files(found)
    return found
