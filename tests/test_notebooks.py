import ast
import json
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import matcher

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LIBRARIES = {"ipywidgets", "matplotlib", "numpy", "pandas"}
STANDARD = {"collections", "dataclasses", "datetime", "json", "pathlib", "tempfile", "textwrap", "tomllib"}
CELL_SECONDS_MOST = 60

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def cells(path, kind):
    return [cell for cell in read(path).cells if cell.cell_type == kind]


def code(path):
    return "\n".join(cell.source for cell in cells(path, "code"))


def imports(path):
    """Give the module of each import of a notebook, and the names taken from it."""
    for node in ast.walk(ast.parse(code(path))):
        if isinstance(node, ast.Import):
            yield from ((one.name, ()) for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or ""), tuple(one.name for one in node.names)


def test_there_are_five_notebooks():
    names = ["01_offer", "02_ranking", "03_evaluate", "04_tune", "05_outcomes"]
    assert [path.stem for path in NOTEBOOKS] == names


@each_notebook
def test_a_notebook_is_valid_and_stored_without_outputs(path):
    nbformat.validate(json.loads(path.read_text(encoding="utf-8")))
    for cell in cells(path, "code"):
        assert cell.outputs == []
        assert cell.execution_count is None
    assert "widgets" not in read(path).metadata


@each_notebook
def test_a_notebook_imports_only_public_names(path):
    for module, names in imports(path):
        if module.split(".")[0] == "matcher":
            assert module == "matcher"
            assert names
            assert set(names) <= set(matcher.__all__)
        else:
            assert module.split(".")[0] in LIBRARIES | STANDARD


@each_notebook
def test_a_notebook_does_not_touch_the_import_path_or_reach_for_private_names(path):
    assert not re.search(r"sys\.path|__import__|importlib|PYTHONPATH", code(path))
    reached = [node.attr for node in ast.walk(ast.parse(code(path))) if isinstance(node, ast.Attribute)]
    assert not [name for name in reached if name.startswith("_")]


@each_notebook
def test_a_notebook_says_its_day_and_ends_on_asserts(path):
    assert "TODAY = date(2026, 11, 23)" in code(path)
    assert not re.search(r"\.(now|today|utcnow)\(\)|default_rng\(\)|np\.random\.seed", code(path))
    last = ast.parse(cells(path, "code")[-1].source).body
    assert isinstance(last[-1], ast.Assert)


@each_notebook
def test_each_heading_is_followed_by_a_line_in_english(path):
    for cell in cells(path, "markdown"):
        lines = cell.source.split("\n")
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            if line.startswith("#"):
                assert re.match(r"\*[A-Z]", following), line


def test_the_simulation_says_so_in_its_title_and_above_every_plot():
    path = FOLDER / "05_outcomes.ipynb"
    assert "GESIMULEERD" in cells(path, "markdown")[0].source.split("\n")[0]
    figures = [cell.source for cell in cells(path, "code") if "plt.subplots(" in cell.source]
    assert figures
    assert all("GESIMULEERD: " in source for source in figures)


@pytest.mark.slow
@each_notebook
def test_a_notebook_runs_alone_from_any_folder(path, tmp_path):
    notebook = read(path)
    client = NotebookClient(
        notebook, timeout=CELL_SECONDS_MOST, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    )
    client.execute()
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")
    assert list(tmp_path.iterdir()) == []  # nothing is left behind
