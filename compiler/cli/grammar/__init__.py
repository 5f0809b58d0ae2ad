"""The commands `grammar …`: what those who maintain the language see of it at work."""

from __future__ import annotations

import click

from yusuan.compiler.cli.grammar.checking import check_command
from yusuan.compiler.cli.grammar.coverage import coverage_command
from yusuan.compiler.cli.grammar.gaps import gaps_command
from yusuan.compiler.cli.grammar.scaffolding import new_command
from yusuan.compiler.cli.grammar.testing import test_command
from yusuan.compiler.cli.grammar.tokens import tokens_command
from yusuan.compiler.cli.grammar.trace import trace_command
from yusuan.compiler.cli.grammar.tree import tree_command
from yusuan.compiler.cli.messages import HELP


@click.group("grammar", context_settings=HELP)
def grammar_group() -> None:
    """Maintain the language: see it at work, find what it lacks, add to it, test it."""


grammar_group.add_command(check_command)
grammar_group.add_command(coverage_command)
grammar_group.add_command(gaps_command)
grammar_group.add_command(new_command)
grammar_group.add_command(test_command)
grammar_group.add_command(tokens_command)
grammar_group.add_command(tree_command)
grammar_group.add_command(trace_command)
