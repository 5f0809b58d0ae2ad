"""Diagnostics for people (`to_text`), for programs (`to_json`) and for code scanning (`to_sarif`). Pure functions of
what was found: nothing here reads or writes."""
