"""Diagnostics for people (`to_text`, `to_html`), for programs (`to_json`) and for code scanning (`to_sarif`), and what
is drawn over a page (`overlay`). Pure functions of what was found: nothing here reads or writes."""
