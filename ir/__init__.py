"""The typed intermediate representation: what a budget disclosure says, and where it says it.

Bottom layer: attrs classes only. It knows no Chinese surface form (the lexicon under `grammar/` does), no grammar, no
file format, and imports no other layer.
"""
