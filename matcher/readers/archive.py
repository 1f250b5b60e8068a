"""A zip archive of XML files, looked through for what must not be there before anything else reads it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import NoReturn
from xml.parsers.expat import ParserCreate

from ..errors import InputError, Problem

MOST_PACKED_BYTES = 100 * 2**20
MOST_UNPACKED_BYTES = 512 * 2**20
MOST_MEMBERS = 2_000
MOST_ELEMENTS = 15_000_000
"""Those of a sheet of 100,000 rows with all columns filled in."""
MOST_DEPTH = 100
MOST_TAG_BYTES = 4 * 2**20
_CHUNK_BYTES = 2**18
_XML = (".xml", ".rels")
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ENTRY = b"PK\x01\x02"
_SAVE = "Open it in Excel or LibreOffice and save it as .xlsx."


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open the archive of a workbook, after a look at its size, its members, and the XML in them.

    Raises
    ------
    InputError
        If it is no archive of XML, is damaged, unpacks to too much, or declares a document type: XML needs that to
        define entities, and no spreadsheet program writes it.
    OSError
        If the file cannot be read.

    Notes
    -----
    `zipfile` gives no more bytes of a member than its header declares, so the declared sizes are a true bound.
    """
    with path.open("rb") as file:
        content = file.read(MOST_PACKED_BYTES + 1)
    if len(content) > MOST_PACKED_BYTES:
        raise too_large(f"must be a file of at most {MOST_PACKED_BYTES // 2**20} MiB")
    if content.startswith(_OLE2):
        if _ENCRYPTED in content:
            raise refused("must be a workbook without a password", "password", "Take it off and save as .xlsx.")
        raise refused("must be an .xlsx workbook, not an older .xls", "format", _SAVE)
    if not content.startswith(b"PK"):
        raise refused("must be an .xlsx workbook", "format", _SAVE)
    if content.count(_ENTRY) > MOST_MEMBERS:
        raise too_large(f"must have at most {MOST_MEMBERS} parts")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        _look_at(archive.infolist())
        look = _Look()
        for member in archive.infolist():
            look.through(archive, member)
    except InputError:
        raise
    except Exception as error:  # zipfile, zlib and expat have a dozen ways to say that a file is damaged
        raise damaged() from error
    return archive


def damaged() -> InputError:
    """Make the refusal of a file that is not whole."""
    return refused("must be a whole .xlsx workbook", "damaged", "It is cut off or damaged: get or save it anew.")


def too_large(rule: str) -> InputError:
    """Make the refusal of what is larger than any offer."""
    return refused(rule, "too_large", "Take out what is no offer, or divide it over several files.")


def refused(rule: str, code: str, remedy: str) -> InputError:
    """Make the refusal of a file as a whole."""
    return InputError([Problem(rule=rule, remedy=remedy, code=code)])


def _look_at(members: list[zipfile.ZipInfo]) -> None:
    names = {member.filename for member in members}
    if "xl/workbook.bin" in names or {"mimetype", "content.xml"} <= names:
        raise refused("must be an .xlsx workbook, not .ods or .xlsb", "format", _SAVE)
    if sum(member.file_size for member in members) > MOST_UNPACKED_BYTES:
        raise too_large(f"must unpack to at most {MOST_UNPACKED_BYTES // 2**20} MiB")
    for member in members:
        if member.flag_bits & 1:
            raise refused("must be a workbook without a password", "password", "Take it off and save as .xlsx.")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refused("must be an .xlsx workbook", "format", _SAVE)


class _Look:
    """A pass of expat, which reads the members later on too: in whatever encoding, and building nothing.

    However short elements are, each takes memory and time, and more so the deeper they stand. A tag or remark that
    does not end is looked at from its start with every block.
    """

    def __init__(self) -> None:
        self.n_elements = self._depth = 0

    def through(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        """Look through one member."""
        self._depth = n_bytes = 0
        parser = ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler, parser.EndElementHandler = self._open, self._close
        with archive.open(member) as stream:
            try:
                while chunk := stream.read(_CHUNK_BYTES):
                    parser.Parse(chunk)
                    n_bytes += len(chunk)
                    if n_bytes - max(0, parser.CurrentByteIndex) > MOST_TAG_BYTES:
                        raise too_large(f"must have tags and remarks of at most {MOST_TAG_BYTES // 2**20} MiB")
                parser.Parse(b"", True)
            except InputError:
                raise
            except Exception:
                # A picture is no XML and need not be.
                if member.filename.lower().endswith(_XML):
                    raise

    def _open(self, *_: object) -> None:
        self.n_elements += 1
        self._depth += 1
        if self.n_elements > MOST_ELEMENTS:
            raise too_large(f"must have at most {MOST_ELEMENTS} cells and other elements")
        if self._depth > MOST_DEPTH:
            raise too_large(f"must have elements at most {MOST_DEPTH} deep")

    def _close(self, _: object) -> None:
        self._depth -= 1

    def _refuse_doctype(self, *_: object) -> NoReturn:
        raise refused("must be XML without a document type", "doctype", _SAVE)
