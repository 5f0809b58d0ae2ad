"""The same bytes on every version of Python: what patterns match must not hang on a patch of its engine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from tests.strategies import EXAMPLES, report
from tests.test_corpus import CASES

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDERS: Final = (Path("/usr/bin"), Path("/usr/local/bin"))
COMPILE: Final = """
import sys
from yusuan import compile_text, emit
for text in sys.stdin.read().split("\\0"):
    sys.stdout.write(emit(compile_text(text, "report").document, "json") + "\\n")
"""
# Sentences that a possessive repeat, or an atomic group, would have to give back characters for.
SENTENCES: Final = """\
云溪市档案局2024年部门预算公开
三、支出说明
财政拨款预算安排支出总额合计共计数为100万元，全部预算安排的共安排基本支出80万元，预计计划项目支出20万元。
当年我部门年初核定预算数额总计为3万元，其中：以上三项合计总数共计3万元。增加（减少）0万元，增加（减少） 5万元。
"""


def other_interpreters() -> list[str]:
    """Interpreters of this minor version and of another patch."""
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    places = {*map(Path, os.get_exec_path()), *FOLDERS}
    found: dict[str, str] = {}
    for path in sorted(place / name for place in places):
        if path.exists():
            said = subprocess.run(
                [path, "-c", "import sys; print(*sys.version_info[:3])"], capture_output=True, text=True
            )
            found.setdefault(said.stdout.split()[-1] if said.returncode == 0 else "", str(path))
    return [path for patch, path in found.items() if patch not in ("", str(sys.version_info[2]))]


@pytest.mark.heavy
def test_another_patch_of_python_reads_the_same(tmp_path: Path) -> None:
    others = other_interpreters()
    if not others:
        pytest.skip("no interpreter of this minor version with another patch level")
    texts = [SENTENCES, *map(report, EXAMPLES), *(case.input for case in CASES)]
    here = compiled(sys.executable, texts, tmp_path)
    for other in others:
        assert compiled(other, texts, tmp_path) == here, other


def compiled(interpreter: str, texts: list[str], cache: Path) -> list[str]:
    """The documents of some texts as JSON, by an interpreter."""
    packages = [str(ROOT / "src"), *(place for place in sys.path if place.endswith("site-packages"))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(packages), "YUSUAN_CACHE": str(cache)}
    ran = subprocess.run(
        [interpreter, "-X", "utf8", "-c", COMPILE],
        input="\0".join(text.replace("\0", "") for text in texts),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split("\n")
