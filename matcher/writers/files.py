"""Files that are there as a whole or not at all."""

from __future__ import annotations

import filecmp
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BUFFER = 1 << 17
"""Large files are written so many bytes at a time: half the time of eight thousand."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a new file to write, which takes the place of ``path`` in one step when all went well.

    Whoever reads ``path`` meanwhile, or after a failure at any moment, finds the old file as it was. A link stays
    a link, and the rights of the old file hold for the new one. When the new file says the same, the old one is
    not touched.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> with replacing(folder / "offer.csv") as new:
    ...     _ = new.write_text("id,title", encoding="utf-8")
    >>> [file.name for file in folder.iterdir()]
    ['offer.csv']
    """
    target = path.resolve()
    # Beside the target: only within one file system is replacing a single step. The ending stays, as writers
    # may go by it.
    number, name = tempfile.mkstemp(prefix=f".{target.stem[:40]}-", suffix=target.suffix, dir=target.parent)
    os.close(number)
    new = Path(name)
    try:
        new.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        yield new
        if target.exists() and filecmp.cmp(new, target, shallow=False):
            new.unlink()
            return
        with new.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(new, target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
