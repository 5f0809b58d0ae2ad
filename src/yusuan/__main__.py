"""`python -m yusuan` is the command `yusuan`."""

from yusuan.compiler.cli import main

main()
