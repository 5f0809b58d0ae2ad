"""The language of budget disclosures: Lark grammars and lexicons. Data only; it imports nothing."""
