"""How a page of findings looks: on paper and in the dark, on a desk and on a phone."""

from __future__ import annotations

from typing import Final

# Read as HTML, where nothing in a style is escaped: it has no `<` and no `&`.
STYLE: Final = """
:root { color-scheme: light dark; --ink: #1c1c1a; --soft: #5c594e; --line: #dcd8cc; --ground: #f4f3ef; --paper: #fff;
  --own: #b3261e; --other: #1558a8; --error: #8c1d18; --warning: #8a5a00; --info: #44617b; --mark: #fbe3a0;
  --mark-other: #d5e5f7; --page: none; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e6df; --soft: #a8a498; --line: #3d3b36; --ground: #171715; --paper: #21201d; --own: #ff8a80;
    --other: #8ab8f0; --error: #ffb4ab; --warning: #f0c060; --info: #a9c4dc; --mark: #6b5312; --mark-other: #23456b;
    --page: invert(.87); }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font-size: 16px; line-height: 1.6;
  overflow-wrap: anywhere; font-family: "Noto Sans", "Segoe UI", "Helvetica Neue", "Noto Sans CJK SC",
  "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
header, main, footer { max-width: 960px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 36px; }
h1 { margin: 0; font-size: 1.7em; line-height: 1.3; text-wrap: balance; }
h2 { margin: 2.4em 0 .8em; padding-bottom: .25em; border-bottom: 2px solid var(--line); font-size: 1.25em; }
h3 { margin: 0; font-size: 1.02em; line-height: 1.5; }
a { color: inherit; text-underline-offset: .2em; text-decoration-color: var(--line); }
a:hover { text-decoration-color: currentColor; }
header p, .place, .help, .more, summary, figcaption, footer { color: var(--soft); }
nav ol { margin: 1em 0 0; padding: 0; list-style: none; }
nav li { display: flex; gap: 1em; justify-content: space-between; padding: .3em 0; border-top: 1px solid var(--line); }
nav .count { white-space: nowrap; color: var(--soft); }
article { margin: 0 0 1.4em; padding: 18px 22px 20px; background: var(--paper); border: 1px solid var(--line);
  border-left: 4px solid var(--info); border-radius: 4px; }
article.error { border-left-color: var(--error); } article.warning { border-left-color: var(--warning); }
.kind { margin-right: .5em; font-weight: normal; white-space: nowrap; color: var(--info); }
.error .kind { color: var(--error); } .warning .kind { color: var(--warning); }
.place, .help, .more { margin: .25em 0 0; font-size: .88em; } .help { margin-top: .8em; }
figure { margin: 1em 0 0; }
.scroll { overflow-x: auto; border: 1px solid var(--line); background: #fff; }
@media (prefers-color-scheme: dark) { .scroll { background: #212121; } }
.scroll:focus-visible { outline: 2px solid var(--other); }
svg.view { display: block; width: 100%; height: auto; }
svg.narrow { display: none; }
svg.store { position: absolute; width: 0; height: 0; }
svg use { filter: var(--page); }
.box { fill: var(--own); fill-opacity: .13; stroke: var(--own); stroke-width: 1.4; }
.box.other { fill: var(--other); stroke: var(--other); stroke-dasharray: 4 2; }
.tag { fill: var(--own); } .tag.other { fill: var(--other); }
.tag + text { fill: var(--paper); font-size: 7px; font-weight: bold; text-anchor: middle; }
figcaption { margin-top: .35em; font-size: .88em; }
figcaption details { margin: 0; font-size: 1em; } figcaption .scroll { margin-top: .5em; }
.marks { margin: .7em 0 0; padding: 0; list-style: none; font-size: .92em; }
.marks li { display: flex; gap: .6em; padding: .12em 0; }
.number { flex: none; align-self: flex-start; min-width: 1.5em; margin-top: .15em; padding: 0 .3em; border-radius: 1em;
  background: var(--own); color: var(--paper); font-size: .82em; font-weight: bold; text-align: center; }
.other .number { background: var(--other); }
.marks .at { color: var(--soft); white-space: nowrap; margin-left: auto; }
details { margin-top: .7em; font-size: .88em; }
summary { cursor: pointer; width: fit-content; }
.excerpt { margin: .8em 0 0; padding: .5em .8em; background: var(--ground); font-size: .92em; }
.excerpt p { display: flex; gap: .9em; margin: .15em 0; white-space: pre-wrap; }
.excerpt .at { flex: none; min-width: 3em; color: var(--soft); font-size: .86em; text-align: right; }
mark { background: var(--mark-other); color: inherit; border-bottom: 2px dashed var(--other); }
mark.own { background: var(--mark); border-bottom: 2px solid var(--own); }
table { border-collapse: collapse; font-size: .9em; }
th, td { padding: .25em .8em .25em 0; border-top: 1px solid var(--line); text-align: left; }
td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
footer { padding-top: 1em; padding-bottom: 3em; font-size: .85em; }
@media (max-width: 640px) {
  header, main, footer { padding-left: 14px; padding-right: 14px; } header { padding-top: 20px; }
  h1 { font-size: 1.35em; } article { padding: 13px 14px 15px; }
  svg.full { display: none; } svg.narrow { display: block; }
  .excerpt p { display: block; } .excerpt .at { margin-right: .6em; }
}
@media print { body { background: none; } article { break-inside: avoid; } details { display: none; } }
"""
