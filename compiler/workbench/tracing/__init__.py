"""What the compiler made of a text, and why, for those who maintain the language: pure functions over the source.

`observing.py` compiles a text and remembers what the compiler decided on the way; the other modules look things up.
Nothing here is needed to compile.
"""
