"""For those who maintain the language: what it does, what of it is used, what it lacks.

Nothing here is needed to compile.
"""
