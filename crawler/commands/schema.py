"""`scrapy schema`: the JSON Schema of the record."""

from __future__ import annotations

import argparse
import sys

import msgspec
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.files import replacing
from pipelines.contract import record_schema


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[-o FILE]"

    def short_desc(self) -> str:
        return "Print the JSON Schema of the record that extract and crawl write"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE (docs/record.schema.json is kept)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError(f"no arguments, only -o FILE: {' '.join(args)}")
        text = msgspec.json.format(msgspec.json.encode(record_schema()), indent=2) + b"\n"
        if opts.output:
            with replacing(opts.output) as out:
                out.write(text)
        else:
            sys.stdout.buffer.write(text)
