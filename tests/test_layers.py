import ast
import sys
from functools import cache
from pathlib import Path

MATCHER = Path(__file__).parent.parent / "matcher"
API = MATCHER.parent / "api.py"
FREE = set(sys.stdlib_module_names) | {"errors", "typing_extensions"}
"""What every room may import: the standard library, and what was standard in a later one."""

WORDS = {"vocabulary", "schedule"}
MAY = {
    "privacy": set(),
    "errors": {"privacy"},
    "vocabulary": set(),
    "schedule": {"dateutil"},
    "model": WORDS | {"privacy", "pydantic", "pydantic_core", "annotated_types"},
    "criteria": {"model", "schedule"},
    "readers": WORDS | {"model", "privacy", "icalendar", "lxml", "msgspec", "openpyxl", "orjson"},
    "writers": WORDS | {"model", "icalendar", "openpyxl"},
    "fetching": {"orjson", "urllib3"},
    "merging": WORDS | {"model", "rapidfuzz", "numpy"},
    "importing": WORDS | {"model", "readers", "writers", "merging", "orjson", "rich"},
    "features": WORDS | {"model", "criteria", "numpy", "scipy", "sklearn", "Stemmer"},
    "limits": {"numpy"},
    "aspects": {"limits", "numpy"},
    "facets": {"features", "limits", "aspects", "model", "vocabulary", "numpy"},
    "screening": {"features", "limits", "aspects", "facets", "model", "numpy", "threadpoolctl"},
    "ranking": {"features", "aspects", "facets", "screening", "numpy"},
    "planning": {"numpy"},
    "allocation": {"numpy", "scipy", "ortools"},
    "gaps": {"model", "numpy"},
    "metrics": {"numpy"},
    "baselines": {"features", "limits", "model", "vocabulary", "numpy", "scipy", "sklearn"},
    "completeness": {"features", "model", "ranking", "vocabulary", "numpy"},
    "evaluation": {"metrics", "baselines", "features", "model", "ranking", "vocabulary", "numpy", "pandas"},
    "tuning": {"metrics", "aspects", "features", "model", "ranking", "vocabulary", "numpy", "pandas", "scipy"},
    "explain": {"model", "schedule"},
    "dossiers": {"model"},
    "store": {"model", "dossiers", "sqlalchemy", "alembic"},
    "openapi": {"model", "vocabulary", "pydantic", "openapi_pydantic"},
    "service": WORDS
    | {"model", "criteria", "features", "aspects", "limits", "facets", "ranking", "planning", "gaps", "readers"}
    | {"allocation", "explain", "dossiers", "store", "numpy", "rapidfuzz"}
    | {"completeness", "writers", "importing", "privacy"},
    "calendars": {"model", "schedule", "explain", "icalendar"},
    "papers": {"vocabulary", "fpdf"},
    "plots": {"model"},
    "roster": {"model", "explain", "openpyxl", "rich"},
    "gap_report": WORDS | {"model", "explain", "plots"},
    "pages": WORDS
    | {"model", "criteria", "explain", "service", "calendars", "papers", "plots", "roster", "gap_report"}
    | {"flask", "markupsafe", "werkzeug"},
    "endpoints": WORDS
    | {"model", "openapi", "readers", "service", "store", "flask", "werkzeug"}
    | {"orjson", "pydantic"},
    "table": {"completeness", "model", "explain", "service", "rich"},
    "plan_table": {"model", "explain", "service", "rich"},
    "gap_table": {"model", "explain", "vocabulary", "rich"},
    "reports": {"evaluation", "tuning", "rich"},
    "cli": WORDS
    | {"model", "criteria", "completeness", "features", "readers", "writers", "fetching", "importing"}
    | {"evaluation", "tuning", "service", "calendars", "table", "plan_table", "roster", "gap_report", "gap_table"}
    | {"reports", "store", "api"}
    | {"click", "orjson", "rich", "waitress"},
}
"""What else each room may import; the rooms stand above those that use them."""
API_MAY = {"endpoints", "openapi", "pages", "privacy", "schedule", "service", "flask", "werkzeug", "orjson"}
PURE = {
    "criteria",
    "limits",
    "aspects",
    "facets",
    "screening",
    "ranking",
    "planning",
    "allocation",
    "gaps",
    "dossiers",
}
"""No clock, no file, no randomness that nobody asked for."""


def rooms():
    """Return the files of each room."""
    found = {}
    for path in sorted(MATCHER.rglob("*.py")):
        if path != MATCHER / "__init__.py":
            found.setdefault(path.relative_to(MATCHER).parts[0].removesuffix(".py"), []).append(path)
    return found


@cache
def nodes(path):
    """Return all there is in a file, in the order of `ast.walk`."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports(path):
    """Return the modules that a file imports, in full: hidden in functions and for the type checker too."""
    package = ("matcher", *path.relative_to(MATCHER).parent.parts) if path.is_relative_to(MATCHER) else ()
    found = []
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*above, *filter(None, [node.module])))
            # ``from . import explain`` and ``from matcher import Matcher`` name what they take.
            found += [f"{module}.{alias.name}" for alias in node.names] if module == "matcher" else [module]
    return found


def needed(path):
    """Return the rooms and libraries that a file imports."""
    names = [module.split(".") for module in imports(path)]
    return {parts[1] if parts[0] == "matcher" else parts[0] for parts in names}


def test_every_room_has_its_line_in_the_table():
    assert set(rooms()) == set(MAY)


def test_rooms_import_only_what_they_may():
    wrong = [
        f"{path.relative_to(MATCHER)} imports {name}"
        for room, paths in rooms().items()
        for path in paths
        for name in sorted(needed(path) - MAY[room] - FREE - {room})
    ]
    assert wrong == []


def test_the_interface_imports_only_what_it_may():
    assert needed(API) - API_MAY - FREE == set()


def test_the_table_allows_nothing_that_is_not_used():
    spare = {
        room: MAY[room] - set().union(*map(needed, paths)) - {"scipy", "sklearn"}
        for room, paths in rooms().items()
    }
    assert {room: names for room, names in spare.items() if names} == {}
    assert API_MAY - needed(API) == set()


def test_a_room_uses_only_rooms_above_it_so_that_no_loop_can_form():
    order = list(MAY)
    wrong = [
        (room, name) for room in MAY for name in MAY[room] & set(MAY) if order.index(name) >= order.index(room)
    ]
    assert wrong == []


def test_only_serve_imports_the_interface():
    tree = ast.parse((MATCHER / "cli" / "serving.py").read_text(encoding="utf-8"))
    holders = [
        function.name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and node.module == "api"
    ]
    assert holders == ["serve"]
    importers = [path.name for path in MATCHER.rglob("*.py") if "api" in needed(path)]
    assert importers == ["serving.py"]


def test_the_mathematics_has_no_clock_no_file_and_no_randomness():
    words = {
        "today",
        "now",
        "utcnow",
        "open",
        "read_text",
        "read_bytes",
        "random",
        "default_rng",
        "environ",
        "getenv",
    }
    called = [
        f"{path.name}:{node.lineno}"
        for room in PURE
        for path in rooms()[room]
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")) in words
    ]
    assert called == []


def test_imports_inside_are_relative():
    wrong = [
        str(path.relative_to(MATCHER))
        for path in MATCHER.rglob("*.py")
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] == "matcher"
    ]
    assert wrong == []
