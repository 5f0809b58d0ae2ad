"""A table of the contract that is invented here: a declaration, a class of records and a case are all that it takes.

The package is copied, two files are laid into the copy, and whoever goes over the tables must know the new one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

DECLARATION = """# 车辆购置计划
[table]
record = "Vehicle"
place = 125
zh = "车辆购置计划"
en = "vehicles to be bought"
subject = "model"
is_named = true
group = "assets"

[axes.Vehicle]
zh = "车型"
en = "vehicle"
text.zh = "车型的名称；重名的，从第二个起加编号。"
text.en = "The name of the vehicle, with a number from its second bearer on."

[columns.is_total]
type = "boolean"
always = true

[columns.model]
labels = ["拟购车型"]
required = true
axis = "Vehicle"
always = true

[columns.maker]
labels = ["车辆厂牌"]
concept = "VehicleMaker"
zh = "车辆厂牌"
en = "maker of the vehicle"
text.zh = "车辆的厂牌。"
text.en = "Who makes the vehicle."

[columns.pieces]
labels = ["拟购台数"]
type = "count"
required = true
concept = "VehicleCount"
zh = "车辆台数"
en = "number of vehicles"
text.zh = "拟购的台数。"
text.en = "How many are to be bought."

[columns.cost]
labels = ["购车总价"]
type = "money"
required = true
concept = "VehicleCost"
zh = "购车总价"
en = "cost of the vehicles"
text.zh = "购车的总价。"
text.en = "What the vehicles cost."

[columns.fiscal]
labels = ["财政购车款"]
type = "money"
concept = "VehicleCostFiscal"
zh = "购车总价：财政资金"
en = "cost of the vehicles, fiscal money"
text.zh = "购车总价中的财政资金。"
text.en = "The fiscal part of it."

[columns.others]
labels = ["自筹购车款"]
type = "money"
concept = "VehicleCostOther"
zh = "购车总价：自筹资金"
en = "cost of the vehicles, other money"
text.zh = "购车总价中的自筹资金。"
text.en = "The other part of it."

[[sums]]
name = "vehicle-money"
form = "columns"
total = "cost"
parts = ["fiscal", "others"]

[[sums]]
name = "vehicle-rows"
form = "rows"
columns = ["pieces", "cost"]
"""

RECORD = '''"""The table `vehicles`."""

from __future__ import annotations

from attrs import frozen

from yusuan.ir.nodes import Text
from yusuan.ir.records.values import Figure
from yusuan.ir.source import Span


@frozen(slots=True)
class Vehicle:
    """车辆: a vehicle that is to be bought.

    Attributes:
        is_total: whether it is a total row.
        model: what it is.
        maker: who makes it.
        pieces: how many.
        cost: what they cost, in `unit`.
        fiscal: the fiscal part of it.
        others: the other part of it.
        unit: the unit of the money.
    """

    is_total: bool
    model: Text
    maker: Text | None
    pieces: Figure | None
    cost: Figure | None
    fiscal: Figure | None
    others: Figure | None
    unit: str | None
    span: Span
'''

HEAD = ("拟购车型", "车辆厂牌", "拟购台数", "购车总价（万元）", "财政购车款（万元）", "自筹购车款（万元）")
ROWS = (
    ("洒水车", "甲牌", "3", "24.60", "20.00", "4.60"),
    ("巡查车", "乙牌", "2", "12.30", "12.30", "0"),
    ("合计", "", "5", "36.90", "32.30", "4.60"),
)

CASE = [
    "10:1 vehicles  unit=万元  is_total=false  model=洒水车  maker=甲牌  pieces=3  cost=24.60  fiscal=20.00"
    "  others=4.60",
    "17:1 vehicles  unit=万元  is_total=false  model=巡查车  maker=乙牌  pieces=2  cost=12.30  fiscal=12.30  others=0",
    "24:1 vehicles  unit=万元  is_total=true  model=合计  pieces=5  cost=36.90  fiscal=32.30  others=4.60",
]

SCRIPT = """
import json, sys
from pathlib import Path
import jsonschema
from yusuan import compile_text, load_json
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.workbench.corpus.cases import cases_of
from yusuan.compiler.workbench.corpus.judging import judge
from yusuan.emitters.registry import emitters
from yusuan.emitters.schema import json_schema
from yusuan.emitters.xbrl.taxonomy import files

text, case, folder = (Path(one) for one in sys.argv[1:])
compilation = compile_text(text.read_text("utf-8"), "report")
document = compilation.document
found = {"rows": len(document.tables["vehicles"]), "codes": [one.code for one in compilation.diagnostics]}
found["broken"] = sorted({one.rule for one in compilation.tallies if one.broken})
found["held"] = sorted({one.rule for one in compilation.tallies if one.holds})
plain = "".join(emitters()["json"].stream([document]))
jsonschema.validate(json.loads(plain), json_schema())
found["json"] = len(json.loads(plain)["vehicles"])
found["back"] = load_json(plain) == document
found["formats"] = {}
for name, emitter in emitters().items():
    said = ""
    for file, chunk in emitter.package([document]):
        said += file + (chunk if isinstance(chunk, str) else chunk.decode("latin-1"))
    found["formats"][name] = "VehicleCost" in said or '"vehicles"' in said
folder.mkdir()
for file, chunk in emitters()["csv"].package([document]):
    with (folder / file).open("a", encoding="utf-8", newline="") as out:
        out.write(chunk)
found["package"] = [one["name"] for one in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]]
found["schema"] = "Vehicle" in json_schema()["$defs"]
found["taxonomy"] = sorted(Path(path).name for path, said in files() if "VehicleCostFiscal" in said)
[one] = cases_of(case, case.read_text("utf-8"))
found["case"] = judge(one, built_in_language()).actual
from docs.ir_page import every_class
from docs.sources import word_files
found["reference"] = ["Vehicle" in every_class(), any("vehicles" in file.path for file in word_files())]
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with the invented table."""
    folder = tmp_path_factory.mktemp("copy")
    package = folder / "yusuan"
    shutil.copytree(ROOT / "src" / "yusuan", package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "grammar" / "tables" / "vehicles.toml").write_text(DECLARATION, encoding="utf-8")
    (package / "ir" / "records" / "vehicles.py").write_text(RECORD, encoding="utf-8")
    return folder


def found(copy: Path, rows: tuple[tuple[str, ...], ...]) -> dict[str, object]:
    """What there is of the table in a report that has it with some rows."""
    table = "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in (HEAD, *rows))
    text = f"某县农业农村局2024年部门预算\n一、车辆购置情况\n{table}"
    folder = copy / f"run-{len(list(copy.iterdir()))}"
    (folder / "ir").mkdir(parents=True)
    (folder / "report.txt").write_text(text, encoding="utf-8")
    (folder / "ir" / "vehicles.txt").write_text(f"====\nvehicles\n====\n{text}\n----\n", encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            SCRIPT,
            str(folder / "report.txt"),
            str(folder / "ir" / "vehicles.txt"),
            str(folder / "tables"),
        ],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(copy), str(ROOT)]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "YUSUAN_CACHE": str(copy / "cache"),
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, object] = json.loads(done.stdout)
    return said


def test_it_is_in_every_format_schema_taxonomy_and_reference(copy: Path) -> None:
    said = found(copy, ROWS)
    assert said["codes"] == []
    assert {"vehicle-money", "vehicle-rows"} <= set(said["held"])  # type: ignore[call-overload]
    assert said["formats"]
    assert all(said["formats"].values()), said["formats"]  # type: ignore[attr-defined]
    assert (said["rows"], said["json"], said["back"], said["schema"]) == (3, 3, True, True)
    assert "vehicles" in said["package"]  # type: ignore[operator]
    assert {"cnbd.xsd"} <= set(said["taxonomy"])  # type: ignore[call-overload]
    assert said["reference"] == [True, True]
    assert said["case"].splitlines()[-3:] == CASE  # type: ignore[attr-defined]


# The total row is a row too: both sums have it.
@pytest.mark.parametrize(("cost", "codes"), [("36.91", []), ("36.92", ["BD512", "BD512"])])
def test_its_sums_are_checked(copy: Path, cost: str, codes: list[str]) -> None:
    assert found(copy, (*ROWS[:2], (*ROWS[2][:3], cost, *ROWS[2][4:])))["codes"] == codes
