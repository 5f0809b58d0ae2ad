"""XBRL: the taxonomy of budget disclosures, and the facts of a report in it, for every syntax that XBRL has."""
