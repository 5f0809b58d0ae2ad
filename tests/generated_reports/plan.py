"""What a report says: figures that agree."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from attrs import define
from tests.generated_reports.dice import Dice
from tests.generated_reports.domains import DOMAINS, OFFICE_GOODS, Domain
from tests.generated_reports.draft import ZERO

_PROVINCE: Final = ("江陵省", "云岭省", "东浦省")
_CITIES: Final = ("澜川市", "松岚市", "临浦市", "望泉市", "沧宁市", "白鹭市", "青屿市", "砚州市")
_COUNTIES: Final = (
    "云溪县",
    "石桥区",
    "柳湖区",
    "南坞县",
    "平澜县",
    "东陵区",
    "长汀沟县",
    "桐峪区",
    "沙洲区",
    "望岭县",
)
_TOWNS: Final = ("槐汀镇", "白沙镇", "柳坪乡", "石鼓镇", "南塘街道", "梧桐街道", "竹溪乡")


@define
class Project:
    """A project: budgets in 万元."""

    name: str
    budget: Decimal
    other: Decimal
    code: str
    thing: tuple[str, str, int, int]


@define
class Purchase:
    """A row of the procurement table."""

    project: str
    money: Decimal
    item: str
    code: str
    measure: str
    quantity: int
    price: Decimal
    project_index: int | None

    @property
    def amount(self) -> Decimal:
        return self.price * self.quantity


@define(init=False)
class Plan:
    """What the report says: every sum is exact in units of the last decimal place."""

    year: int
    place: str
    organization: str
    short: str
    me: str
    domain: Domain
    decimals: int
    personnel: Decimal
    routine: Decimal
    projects: list[Project]
    project_total: Decimal
    others: list[tuple[str, Decimal]]
    sources: list[tuple[int, Decimal]]
    carried: Decimal
    total: Decimal
    basic_before: Decimal
    project_before: Decimal
    others_before: Decimal
    public: list[Decimal]
    """出国, 购置, 运行, 接待."""
    public_before: list[Decimal]
    purchases: list[Purchase]

    def __init__(self, dice: Dice) -> None:
        pick, between = dice.pick, dice.between
        self.year = between("year", 2018, 2027)
        self.domain = pick("domain", DOMAINS)
        office, me = pick("office", self.domain.offices)
        level = pick("place/level", ("county", "county", "city", "town", "province"))
        if self.domain is DOMAINS[5]:
            level = "town" if office == "人民政府" else "county"
        city, county = pick("city", _CITIES), pick("county", _COUNTIES)
        # A street has an office (办事处), no government of its own.
        town = pick("town", [each for each in _TOWNS if not (office == "人民政府" and each.endswith("街道"))])
        if office == "街道办事处":
            county, town = county, pick("street", ("梧桐", "北关", "凤鸣", "滨河"))
            self.place = f"{city}{county}{town}"
        elif level == "town":
            self.place = county + town if dice.chance("place/short", 0.5) else city + county + town
        else:
            with_city = city + county if dice.chance("place/long", 0.5) else county
            self.place = {"county": with_city, "city": city, "province": pick("province", _PROVINCE)}[level]
        self.organization = self.place + office
        self.short = (town if level == "town" or office == "街道办事处" else "") + office
        me = me or ("我街道" if town.endswith("街道") else "我镇" if town.endswith("镇") else "我乡")
        self.me = pick("me", (me, me, "我部门", "本部门", "我单位", "本单位", self.organization, self.short))

        self.decimals = pick("decimals", (0, 1, 2, 2, 2, 2, 2, 3, 4, 6))
        large = pick("size", (1, 1, 2, 6))
        self.personnel = self.some_money(dice, "personnel", 150 * large, 2400 * large)
        self.routine = self.some_money(dice, "routine", 40 * large, 260 * large)
        count = between("projects", *pick("projects/size", ((2, 4), (3, 6), (6, 10))))
        self.projects = self._projects(dice, count, large)
        self.project_total = sum((project.budget for project in self.projects), ZERO)
        self.others = [
            (
                label,
                self.some_money(dice, f"others/{label}", 3, 60) if dice.chance(f"others/{label}/any", 0.3) else ZERO,
            )
            for label in dice.sample("others", ("经营支出", "上缴上级支出", "对附属单位补助支出", "其他支出"), 2)
        ]
        if dice.chance("others/none", 0.5):
            self.others = []
        self.total = self.basic + self.project_total + sum((amount for _, amount in self.others), ZERO)
        self._fund(dice)

        step = Decimal(1).scaleb(-self.decimals)
        flat = dice.chance("change/flat", 0.08)

        def before(name: str, now: Decimal) -> Decimal:
            if flat:
                return now
            share = Decimal(between(f"before/{name}", 62, 140)) / 100
            other = (now * share / step).to_integral_value() * step
            return other if other != now else now + 3 * step

        self.basic_before = before("basic", self.basic)
        self.project_before = before("project", self.project_total)
        self.others_before = sum((amount for _, amount in self.others), ZERO)
        self._public(dice)
        self.purchases = self._purchases(dice)

    @property
    def basic(self) -> Decimal:
        return self.personnel + self.routine

    @property
    def total_before(self) -> Decimal:
        return self.basic_before + self.project_before + self.others_before

    @property
    def procurement(self) -> Decimal:
        return sum((purchase.amount for purchase in self.purchases), ZERO)

    def some_money(self, dice: Dice, name: str, low: int, high: int) -> Decimal:
        scale = 10**self.decimals
        if dice.chance(f"{name}/round", 0.25):
            return Decimal(dice.between(name, low, high))
        return Decimal(dice.between(name, low * scale, high * scale)).scaleb(-self.decimals)

    def _projects(self, dice: Dice, count: int, large: int) -> list[Project]:
        things = dice.sample("things", self.domain.things, len(self.domain.things))
        initials = f"{dice.between('code', 101, 989)}"
        projects = []
        for index, name in enumerate(dice.sample("project-names", self.domain.projects, count)):
            if dice.chance(f"project/{index}/year", 0.1):
                name = f"{self.year}年{name}"
            name += dice.pick(f"project/{index}/ending", ("", "", "项目", "经费", "专项经费"))
            budget = self.some_money(dice, f"project/{index}/budget", 6, 400 * large)
            other = ZERO
            if dice.chance(f"project/{index}/other", 0.25):
                share = Decimal(dice.between(f"project/{index}/share", 1, 6)) / 10
                other = (budget * share).quantize(Decimal(1).scaleb(-self.decimals))
            letters = "".join(dice.sample(f"project/{index}/letters", "ABCDEFGHKLMNPQRSTUVWXYZ23456789", 4))
            code = f"{initials}-{dice.between(f'project/{index}/code', 101, 999):04d}-YXN-{letters}"
            projects.append(Project(name, budget, other, code, things[index % len(things)]))
        return projects

    def _fund(self, dice: Dice) -> None:
        """Share the total between sources, by their places in `revenue.SOURCES`: 0 general public, 1 funds, 8 other."""
        rest = self.total
        self.sources = []
        other = sum((project.other for project in self.projects), ZERO)
        self.carried = ZERO
        if dice.chance("sources/carried", 0.15):
            self.carried = min(self.some_money(dice, "sources/carried/amount", 2, 40), rest / 10)
            self.carried = self.carried.quantize(Decimal(1).scaleb(-self.decimals))
            rest -= self.carried
        for source, probability in ((1, 0.25), (2, 0.05), (3, 0.15), (4, 0.25), (5, 0.1), (6, 0.08), (7, 0.04)):
            amount = ZERO
            if dice.chance(f"sources/{source}/any", probability):
                amount = self.some_money(dice, f"sources/{source}", 2, max(int(self.total / 20), 4))
            self.sources.append((source, amount))
            rest -= amount
        self.sources.append((8, other))
        self.sources.insert(0, (0, rest - other))

    def _public(self, dice: Dice) -> None:
        scale = 10**self.decimals
        zero = dice.chance("public/zero", 0.06)

        def amount(name: str, probability: float, high: int) -> Decimal:
            if zero or not dice.chance(f"public/{name}/any", probability):
                return ZERO
            return Decimal(dice.between(f"public/{name}", max(scale // 2, 1), high * scale)).scaleb(-self.decimals)

        self.public = [
            amount("abroad", 0.25, 20),
            amount("purchase", 0.25, 36),
            amount("running", 1.0, 30),
            amount("reception", 1.0, 9),
        ]
        same = dice.chance("public/flat", 0.15)
        self.public_before = []
        for index, now in enumerate(self.public):
            if same or dice.chance(f"public/{index}/same", 0.3):
                self.public_before.append(now)
            else:
                self.public_before.append(amount(f"before/{index}", 0.9 if now else 0.2, 30 if index == 2 else 12))

    def _purchases(self, dice: Dice) -> list[Purchase]:
        if dice.chance("procurement/zero", 0.12):
            return []
        left: dict[int | None, Decimal] = {None: self.routine}
        left.update({index: project.budget - project.other for index, project in enumerate(self.projects)})
        purchases: list[Purchase] = []
        wanted = [*dice.sample("goods", OFFICE_GOODS, dice.between("goods/office", 2, 6))]
        wanted += dice.sample("goods/special", self.domain.goods, dice.between("goods/special/number", 1, 4))
        for number, (item, code, measure, about) in enumerate(wanted):
            name = f"purchase/{number}"
            office = number < len(wanted) and (item, code, measure, about) in OFFICE_GOODS
            owner = None if office and dice.chance(f"{name}/own", 0.7) else dice.pick(f"{name}/owner", [*left])
            big = about > 1000
            quantity = 1 if big else dice.between(f"{name}/quantity", 2, 40 if about < 100 else 6)
            price = Decimal(dice.between(f"{name}/price", max(about * 7 // 10, 1), about * 13 // 10 + 1)).scaleb(-2)
            if price * quantity > left[owner] / 2:
                quantity = 1
            if price * quantity > left[owner] / 2:
                continue
            left[owner] -= price * quantity
            purchases.append(self._purchase(owner, (item, code, measure), quantity, price))
        if dice.chance("procurement/twins", 0.1) or not purchases:
            # A desk and a chair of the same number and price: rows that differ in their names only.
            quantity, price = dice.between("twins", 3, 12), Decimal("0.12")
            for item, code in (("办公桌", "A05010201"), ("办公椅", "A05010301")):
                purchases = [purchase for purchase in purchases if purchase.item != item]
                purchases.append(self._purchase(None, (item, code, "套"), quantity, price))
        return purchases

    def _purchase(self, owner: int | None, good: tuple[str, str, str], quantity: int, price: Decimal) -> Purchase:
        item, code, measure = good
        project = "日常公用经费" if owner is None else self.projects[owner].name
        money = self.routine if owner is None else self.projects[owner].budget
        return Purchase(project, money, item, code, measure, quantity, price, owner)
