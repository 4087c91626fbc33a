"""`scrapy extract`: reads pages that are on disk, without crawling."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.log import configure_logging

from crawler.convert import converted
from crawler.files import replacing
from crawler.inputs import STDIN, InputError, Unreadable, check_inputs, documents
from pipelines import draft_of, run
from pipelines.draft import Draft
from pipelines.model import Capture, Document

OTHER_FORMATS = frozenset(".json .csv .tsv .xls .xlsx .xml .html .gz .zip .parquet .sqlite".split())


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] INPUT ..."

    def short_desc(self) -> str:
        return "Read saved pages: files, folders, JSON Lines, WARC or standard input (-)"

    def long_desc(self) -> str:
        return (
            "Reads saved pages and writes one JSON object per page, in input order. An INPUT is an HTML or plain-text file, "
            'JSON Lines of {"url", "html" or "text", "headers", "fetched_at", "status"}, a WARC file, any of these gzipped, '
            "a folder of them, or - for JSON Lines or WARC on standard input. What cannot be read becomes an object with "
            'state "unreadable" and the reason. Exit status: 0 when every input ended in a state, 2 on bad usage.'
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="FILE", help="write JSON Lines to FILE, which appears when it is whole")
        parser.add_argument(
            "--explain", action="store_true", help="print for a person what was decided, from which words, against which rivals"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        _check(args, opts.output)
        if opts.output and not opts.explain:
            _check_ending(opts.output)
        configure_logging(self.settings)
        write = _explain if opts.explain else _write
        try:
            if opts.output and opts.output != STDIN:
                with replacing(opts.output) as out:
                    write(args, out)
            else:
                write(args, sys.stdout.buffer)
        except OSError as error:
            # Inputs that cannot be read are records: what failed is the output. `| head` has merely seen enough.
            if not isinstance(error, BrokenPipeError):
                print(f"scrapy extract: {opts.output or 'standard output'}: {error.strerror}", file=sys.stderr)
            self.exitcode = 1
            # Python would complain again when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _check(inputs: list[str], output: str | None) -> None:
    """Raises UsageError before anything is written."""
    for name in inputs:
        if name.startswith("-") and name != STDIN and not os.path.lexists(name):
            raise UsageError(f"no such option: {name}")
    try:
        check_inputs(inputs)
    except InputError as error:
        raise UsageError(str(error)) from None
    if output and output != STDIN:
        if not Path(output).resolve().parent.is_dir():
            raise UsageError(f"no such folder for -o: {Path(output).parent}")
        if Path(output).is_dir():
            raise UsageError(f"-o names a folder, not a file: {output}")
        for name in inputs:
            if name != STDIN and Path(output).resolve().is_relative_to(Path(name).resolve()):
                raise UsageError(f"-o names a file that is read, by {name}: {output}; name one outside")


def _check_ending(output: str) -> None:
    """Raises UsageError for a name that promises another format: a record is nested, and fits no table."""
    ending = Path(output).suffix.lower()
    if ending in OTHER_FORMATS:
        name = Path(output).name.removesuffix(Path(output).suffix).removesuffix(".jsonl") + ".jsonl"
        raise UsageError(f"-o writes JSON Lines, one record a line, and no {ending} file: name it {name}")


def _write(inputs: Iterable[str], out: BinaryIO) -> None:
    for found in documents(inputs, out):
        report = found.report() if isinstance(found, Unreadable) else run(converted(found))
        out.write(msgspec.json.encode(report) + b"\n")
        out.flush()


def _explain(inputs: Iterable[str], out: BinaryIO) -> None:
    # rich is not needed for records.
    from crawler.explain import console_on, explain

    with console_on(out) as console:
        for found in documents(inputs, out):
            if isinstance(found, Unreadable):
                explain(Draft(Document(Capture(b"", found.url), found.source), found.report()), console)
            else:
                explain(draft_of(converted(found)), console)
