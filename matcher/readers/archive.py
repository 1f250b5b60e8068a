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
        for member in archive.infolist():
            _look_through(archive, member)
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


def _look_through(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Let expat, which reads it later on too, pass over a member in whatever encoding it is, building nothing."""
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(member) as stream:
        try:
            while chunk := stream.read(_CHUNK_BYTES):
                parser.Parse(chunk)
            parser.Parse(b"", True)
        except InputError:
            raise
        except Exception:
            # A picture is no XML and need not be.
            if member.filename.lower().endswith(_XML):
                raise


def _refuse_doctype(*_: object) -> NoReturn:
    raise refused("must be XML without a document type", "doctype", _SAVE)
