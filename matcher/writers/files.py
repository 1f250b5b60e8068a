"""Files that are there as a whole or not at all."""

from __future__ import annotations

import filecmp
import os
import tempfile
from collections.abc import Callable, Iterator
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
    with replacing_all(path) as (new,):
        yield new


@contextmanager
def replacing_all(*paths: Path, check: Callable[[], None] = lambda: None) -> Iterator[tuple[Path, ...]]:
    """Give new files to write, which take the places of others when all of them are complete, in this order.

    Parameters
    ----------
    paths : Path
        Each as `replacing` takes it.
    check : callable
        Is called when all is written and nothing replaced; what it raises leaves the old files.
    """
    targets = [path.resolve() for path in paths]
    news: list[Path] = []
    try:
        for target in targets:
            news.append(_beside(target))
        yield tuple(news)
        for new in news:
            with new.open("rb+") as written:
                os.fsync(written.fileno())
        check()
        for new, target in zip(news, targets, strict=True):
            if target.exists() and filecmp.cmp(new, target, shallow=False):
                new.unlink()
            else:
                os.replace(new, target)
    except BaseException:
        for new in news:
            new.unlink(missing_ok=True)
        raise


def _beside(target: Path) -> Path:
    """Make an empty file with the rights of the one that it is to replace."""
    # Beside the target: only within one file system is replacing a single step. The ending stays, as writers
    # may go by it.
    number, name = tempfile.mkstemp(prefix=f".{target.stem[:40]}-", suffix=target.suffix, dir=target.parent)
    os.close(number)
    new = Path(name)
    new.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
    return new


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
