import re
import shutil
import subprocess
from pathlib import Path

import pytest

from api import create_app
from tests.browsing import serving
from tests.herent import herent_office
from tests.offices import NOW, office_of

PAGE = (Path(__file__).parent.parent / "docs" / "http.md").read_text(encoding="utf-8")


@pytest.fixture
def address():
    with serving(create_app(herent_office(), clock=lambda: NOW)) as url:
        yield url.removeprefix("http://")


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
def test_the_lines_of_the_page_run_as_they_stand(address):
    (lines,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    script = lines.replace("127.0.0.1:8000", address)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert '"rank":3' in done.stdout
    assert '"hours_reported":2.5' in done.stdout
    assert '"status":412' in done.stdout
    assert '"football"' not in done.stdout


def test_every_call_on_a_dossier_stands_on_the_page():
    paths = create_app(office_of([])).test_client().get("/api/v1/openapi.json").json["paths"]
    for path in paths:
        if path.startswith("/api/v1/profiles"):
            assert path.rpartition("/")[2].strip("{}") in PAGE
