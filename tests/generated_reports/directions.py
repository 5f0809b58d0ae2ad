"""The words of a change, and how they are mistaken."""

from __future__ import annotations

from typing import Final

OPPOSITE: Final = {
    "增加": "减少",
    "增长": "下降",
    "上升": "下降",
    "提高": "降低",
    "增幅": "降幅",
    "上涨": "下降",
    "调增": "调减",
    "净增加": "净减少",
    "多安排": "少安排",
    "减少": "增加",
    "下降": "增长",
    "降低": "提高",
    "降幅": "增幅",
    "调减": "调增",
    "净减少": "净增加",
    "少安排": "多安排",
    "压减": "增加",
}
_RISING: Final = ("增加", "增长", "上升", "提高", "增幅", "上涨", "调增", "净增加", "多安排")
SIGNS: Final = {word: 1 if word in _RISING else -1 for word in OPPOSITE}
MISTYPED: Final = {
    "增加": ("曾加", "增家", "增架"),
    "减少": ("较少", "碱少", "减水"),
    "增长": ("曾长", "增涨"),
    "下降": ("下将", "下绛"),
}
