"""How the page looks."""

from __future__ import annotations

from typing import Final

# A page is read as HTML too, where nothing in a style is escaped: it has no `<`, `>` or `&`.
STYLE: Final = """
:root { --sans: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  --mono: "SFMono-Regular", Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace;
  --ink: #1c1c1a; --soft: #5c594e; --line: #dcd8cc; --red: #9c2f24; --link: #7a2a20; --paper: #fff; --ground: #f4f3ef; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.75; overflow-wrap: anywhere;
  font-family: "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; font-size: 17px;
  line-break: strict; text-spacing-trim: trim-start; text-autospace: normal; }
body.en { font-family: "Source Serif 4", "Noto Serif", Georgia, "Noto Serif CJK SC", serif; line-height: 1.6; }
body.en { --sans: "Source Sans 3", "Noto Sans", "Segoe UI", "Helvetica Neue", "Noto Sans CJK SC", sans-serif; }
.sheet { max-width: 920px; margin: 2em auto; padding: 3em 4em; background: var(--paper); box-shadow: 0 1px 6px #0002; }
a { color: var(--link); text-decoration: underline; text-decoration-color: #9c2f2455; text-underline-offset: .2em; }
a:hover { text-decoration-color: currentColor; }
h1, h2, h3, dl, table, nav, .sum, .languages, footer { font-family: var(--sans); }
h1 { margin: .2em 0 0; font-size: 1.9em; line-height: 1.3; text-wrap: balance; }
h2 { margin: 2.6em 0 .8em; padding-bottom: .25em; border-bottom: 2px solid var(--red); font-size: 1.35em;
  line-height: 1.4; }
h3 { display: flex; flex-wrap: wrap; align-items: baseline; column-gap: .7em; margin: 0; font-size: 1.1em;
  line-height: 1.5; }
h3 .other, h1 + p, h2 .other { color: var(--soft); font-weight: normal; }
h3 .other { font-size: .86em; }
h2 .other { margin-left: .6em; font-size: .72em; }
h1 + p { margin: .2em 0 0; font-family: var(--sans); }
body.en h3 .main { display: inline-block; }
body.en h3 .main::first-letter { text-transform: uppercase; }
h3 .name { margin-left: auto; }
.name, code, pre { font-family: var(--mono); font-size: .8em; }
.name a { color: var(--soft); text-decoration: none; font-weight: normal; }
.name a:hover { text-decoration: underline; }
.languages { float: right; margin: 0; font-size: .85em; }
.lead { margin: 1.4em 0; font-size: 1.06em; }
p { margin: .5em 0; text-wrap: pretty; }
dl { display: grid; grid-template-columns: 6em minmax(0, 1fr); gap: .35em 1em; margin: .7em 0 0; font-size: .85em;
  line-height: 1.65; }
body.en dl { grid-template-columns: 8.4em minmax(0, 1fr); }
dt { color: var(--soft); } dd { margin: 0; }
dd a, .sum a { color: inherit; }
pre { margin: .6em 0 1em; padding: .8em 1em; background: var(--ground); border-left: 3px solid var(--red);
  line-height: 1.55; white-space: pre-wrap; }
ul { margin: .5em 0; padding-left: 1.3em; } li { margin: .15em 0; }
nav.outline { margin: 2em 0 0; padding: 1.2em 1.5em; background: var(--ground); font-size: .85em; line-height: 1.7; }
nav.outline h2 { margin: 0 0 .5em; padding: 0; border: 0; font-size: 1.1em; }
nav.outline p { margin: .9em 0 .1em; font-weight: bold; }
nav.outline ul { margin: 0; padding: 0; list-style: none; columns: 12em; column-gap: 1.5em; }
nav.outline li { margin: 0; padding-left: 1em; text-indent: -1em; break-inside: avoid; }
nav.outline a { text-decoration: none; }
nav.outline a:hover { text-decoration: underline; }
.entry { padding: 1.2em 0 1.3em; border-top: 1px solid var(--line); scroll-margin-top: .5em; }
h2 + .entry { border-top: 0; padding-top: 0; }
:target { background: #fdf3d7; box-shadow: 0 0 0 .6em #fdf3d7; }
.sum { margin: 0; line-height: 1.75; }
ul.sums { margin: 0; padding: 0; list-style: none; }
ul.sums li + li { margin-top: .45em; }
.term { display: inline-block; }
.op { padding: 0 .3em 0 .1em; color: var(--red); }
.scope { font-size: .88em; }
.soft { color: var(--soft); }
.tag { display: inline-block; margin-left: .4em; padding: 0 .45em; border: 1px solid currentColor; border-radius: 3px;
  color: var(--red); font-size: .85em; line-height: 1.5; white-space: nowrap; }
.wide { overflow-x: auto; margin: .8em 0 0; }
table { border-collapse: collapse; width: 100%; font-size: .85em; line-height: 1.5; overflow-wrap: break-word; }
th, td { padding: .35em .7em .35em 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td { min-width: 6em; } td code { white-space: nowrap; }
th { color: var(--soft); font-weight: normal; border-color: var(--soft); }
footer { margin-top: 3em; padding-top: 1em; border-top: 1px solid var(--line); color: var(--soft); font-size: .8em; }
@media (max-width: 700px) {
  body { font-size: 16px; } .sheet { margin: 0; padding: 1.4em 1.1em; box-shadow: none; } h1 { font-size: 1.5em; }
  nav.outline { margin: 1.5em -1.1em 0; padding: 1em 1.1em; } nav.outline ul { columns: 9em; }
  h3 .name { margin-left: 0; width: 100%; } dl { grid-template-columns: 5.2em minmax(0, 1fr); column-gap: .7em; }
  body.en dl { grid-template-columns: 6.2em minmax(0, 1fr); }
  dl.about { display: block; }
  dl.about dt { margin-top: .5em; }
}
@media print {
  body { background: none; font-size: 10pt; } .sheet { max-width: none; margin: 0; padding: 0; box-shadow: none; }
  nav.outline, .languages { display: none; } a { color: inherit; text-decoration: none; }
  h2, h3 { break-after: avoid; } .entry, tr, pre { break-inside: avoid; } .wide { overflow: visible; }
  :target { background: none; box-shadow: none; }
  @page { margin: 18mm 16mm; }
}
"""
