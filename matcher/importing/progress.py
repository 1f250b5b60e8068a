"""A bar on the terminal that shows how far an import is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from .sources import Progress as Tell


@contextmanager
def progress_bar(*, disable: bool) -> Iterator[Tell]:
    """Give what `import_offer` tells its progress to; the bar is taken away at the end.

    How many records a source holds is known only when it was read: until then the bar counts without an end.
    """
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True, disable=disable) as bar:
        tasks: dict[str, int] = {}

        def told(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield told
