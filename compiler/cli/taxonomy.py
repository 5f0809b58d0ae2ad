"""The command `taxonomy`: the XBRL taxonomy as files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from yusuan.compiler.cli.completion import files
from yusuan.compiler.cli.debugging import debug_option
from yusuan.compiler.cli.messages import DONE, FAILED, HELP, say_error, to_its_end


@click.command("taxonomy", context_settings=HELP)
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    shell_complete=files,
    required=True,
    help="The folder, or the taxonomy package (.zip).",
)
@click.option("--check", is_flag=True, help="Write nothing: tell whether PATH holds the taxonomy as it is now.")
@debug_option
@to_its_end
def taxonomy_command(output: str, check: bool) -> int:
    """Write the XBRL taxonomy that the formats xbrl, xml and xbrl-json refer to.

    A folder gets the files of the taxonomy, a page that documents it (index.html, index-en.html) and, beside them,
    the taxonomy package, which XBRL processors take as it is: the address that a report refers to leads into it,
    and nothing is fetched. A PATH that ends in .zip is the package alone, without the page.

    \b
    Examples:
      yusuan taxonomy -o taxonomy/
      yusuan taxonomy -o cnbd.zip
      arelleCmdLine --packages=cnbd.zip -f report.xbrl --validate --calc=c11r

    \b
    Exit status:
      0  done; with --check, PATH holds the taxonomy
      1  the output could not be written; with --check, PATH differs
      2  wrong usage
    """
    from yusuan.compiler.workspace.output import StagedFiles

    files = {os.path.join(output, name) if name else output: content for name, content in _files(output)}
    if check:
        return _compare(files)
    with StagedFiles(folder=None if output in files else output) as staged:
        for folder in sorted({os.path.dirname(path) or os.curdir for path in files}):
            staged.make_folder(folder)
        for path, content in files.items():
            staged.write(path, content)
        staged.commit()
    return DONE


def _files(output: str) -> Iterator[tuple[str, bytes]]:
    """The files by their path below the output, which is empty for the output itself."""
    from yusuan.emitters.xbrl import taxonomy

    if output.lower().endswith(".zip"):
        yield "", taxonomy.package()
        return
    for name, text in (*taxonomy.files(), *taxonomy.pages()):
        yield os.path.join(taxonomy.folder(), *name.split("/")), text.encode()
    yield f"{taxonomy.folder()}.zip", taxonomy.package()


def _compare(files: dict[str, bytes]) -> int:
    differing = [path for path, content in files.items() if not _holds(Path(path), content)]
    for path in differing:
        say_error(f"{path} is not the taxonomy as it is now; write it with: yusuan taxonomy -o PATH")
    return FAILED if differing else DONE


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file has the content; a package, whether it has the same files, however they are compressed."""
    from zipfile import BadZipFile

    try:
        found = path.read_bytes()
        return _unpacked(found) == _unpacked(content) if path.suffix.lower() == ".zip" else found == content
    except (OSError, BadZipFile):
        return False


def _unpacked(package: bytes) -> dict[str, bytes]:
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
