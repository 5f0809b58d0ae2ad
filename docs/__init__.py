"""The reference of the language, generated: every rule, terminal, entry of the lexicon, and what of the IR it becomes.

`python -m docs FOLDER` writes it as pages that open from the disk, in Chinese and English. Nothing of it is written by
hand but its own words (`words.toml`): names, places and comments are the grammar index's, the diagrams are drawn from
what Lark and the engine of patterns read, and what becomes what is watched while the cases of `tests/corpus/` and the
reports of `examples/` are compiled. It is a tool of the repository and no part of the package.
"""
