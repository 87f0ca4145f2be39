"""What a person gets from `pip install` of the built wheel, in an empty environment outside the checkout."""

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
SAMPLE = CHECKOUT / "profiles" / "ikea.yaml"

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """The standard output of a command that knows nothing of the checkout."""
    elsewhere = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(command, cwd=cwd, env=elsewhere, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, CHECKOUT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands in an empty environment into which only the wheel was installed."""
    if sys.version_info < (3, 13) and not find_spec("durable_rules_engine"):
        pytest.skip("durable_rules, a requirement of the wheel below Python 3.13, cannot be built here")
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, with_pip=True)
    commands = environment / ("Scripts" if os.name == "nt" else "bin")
    run(commands / "python", "-m", "pip", "install", "--quiet", wheel, cwd=environment)
    return commands


def test_the_wheel_carries_the_rulebook_as_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name: archive.read(name) for name in archive.namelist() if name.startswith("advisor/shipped_rules/")}
    rules = CHECKOUT / "rules"
    assert shipped == {
        f"advisor/shipped_rules/{path.relative_to(rules).as_posix()}": path.read_bytes()
        for path in rules.rglob("*")
        if path.is_file()
    }


def test_the_wheel_carries_the_package_and_its_licence_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {
        "advisor",
        wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info",
    }
    assert "advisor/py.typed" in names
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_it_assesses_a_profile_and_writes_its_memo(installed: Path, tmp_path: Path) -> None:
    profile = shutil.copy(SAMPLE, tmp_path)
    advice = json.loads(run(installed / "advisor", "assess", profile, "--format", "json", cwd=tmp_path))
    assert advice["advisor_advice"] == 1
    run(installed / "python", "-m", "advisor", "memo", profile, "-o", "memo.md", cwd=tmp_path)
    assert (tmp_path / "memo.md").read_text(encoding="utf-8").startswith("#")


def test_it_reads_its_own_rulebook_not_that_of_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import advisor; print(advisor.__file__)", cwd=tmp_path)
    assert not Path(where.strip()).is_relative_to(CHECKOUT)
    run(installed / "advisor", "rules", "check", cwd=tmp_path)
