"""The wheel holds the files of the four folders, and it alone can import each module and compile a report."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("compiler", "emitters", "grammar", "ir")
FACE = "src/yusuan"
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))


def build(target: str, source: Path, folder: Path) -> Path:
    """Build a wheel or an sdist of a source tree with the hatchling that is installed."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    [built] = folder.iterdir()
    return built


def contents(wheel: Path) -> dict[str, bytes]:
    with ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds nothing but the unpacked wheel."""
    folder = tmp_path_factory.mktemp("installed")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run_installed(installed: Path, code: str, *arguments: str | Path) -> str:
    """Run code that finds the unpacked wheel and the dependencies, but not this checkout.

    Without the site module the editable install's path file is not read.
    """
    path = os.pathsep.join([str(installed), sysconfig.get_path("purelib")])
    completed = subprocess.run(
        [sys.executable, "-S", "-c", code, *arguments],
        cwd=installed,
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert completed.returncode == 0, completed.stderr
    return completed.stdout


def project_files() -> list[str]:
    """The files of the project, committed or not, as git sees them."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed: there is no list of files to compare with")
    command = [git, "rev-parse", "--show-toplevel"]
    top = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    if top.returncode != 0 or Path(top.stdout.strip()).resolve() != ROOT:
        pytest.skip("this is no git checkout: there is no list of files to compare with")
    command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *FOLDERS, FACE]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout
    return sorted({name for name in listed.split("\0") if name and (ROOT / name).is_file()})


def test_wheel_holds_the_files_of_the_folders(wheel: Path) -> None:
    expected = {f"yusuan/{name.removeprefix(f'{FACE}/')}": (ROOT / name).read_bytes() for name in project_files()}
    packed = {name: data for name, data in contents(wheel).items() if ".dist-info/" not in name}
    assert sorted(packed) == sorted(expected)
    assert packed == expected


def test_wheel_carries_licence_and_commands(wheel: Path) -> None:
    metadata = {name.partition(".dist-info/")[2]: data for name, data in contents(wheel).items()}
    assert metadata["licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()
    assert b"compile = yusuan.compiler.cli:compile_main" in metadata["entry_points.txt"]


def test_sdist_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    sdist = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(sdist) as archive:
        # Python 3.11.2 of Debian has no filters yet; what is unpacked was built here.
        if hasattr(tarfile, "data_filter"):
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(tmp_path / "unpacked")
    [source] = (tmp_path / "unpacked").iterdir()
    assert contents(build("wheel", source, tmp_path / "wheel")) == contents(wheel)


def test_every_module_imports_from_the_wheel_alone(installed: Path) -> None:
    sources = [path.relative_to(installed) for path in sorted((installed / "yusuan").rglob("*.py"))]
    # A `__main__` would run.
    names = [".".join(path.with_suffix("").parts) for path in sources if path.stem != "__main__"]
    code = "import importlib, sys; [print(importlib.import_module(name).__file__) for name in sys.argv[1:]]"
    imported = run_installed(installed, code, *names).splitlines()
    assert names
    assert all(Path(file).is_relative_to(installed) for file in imported), imported


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_installed_command_compiles(installed: Path, example: Path) -> None:
    code = "from yusuan.compiler.cli import compile_main; compile_main()"
    assert run_installed(installed, code, example, "--to", "csv").startswith("document,line,")


def test_the_installed_command_has_its_templates(installed: Path, tmp_path: Path) -> None:
    code = "from yusuan.compiler.cli import main; main()"
    run_installed(installed, code, "taxonomy", "-o", tmp_path / "taxonomy")
    assert list(tmp_path.glob("taxonomy/*/index.html"))
    code = "from yusuan.compiler.cli import compile_main; compile_main()"
    report, page = tmp_path / "report.xhtml", tmp_path / "page.html"
    run_installed(installed, code, EXAMPLES[0], "--to", "ixbrl", "-o", report, "--diagnostics-output", page)
    for written in (report, page):
        assert "<style" in written.read_text(encoding="utf-8")
