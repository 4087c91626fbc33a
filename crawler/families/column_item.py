"""The system of 株洲 and its counties, by the shape of its addresses: `/c{column}/{yyyymmdd}/i{item}.html` (vendor unknown)."""

import re

from crawler.families.family import Family

COLUMN_ITEM = Family(
    name="column_item",
    article=re.compile(r"/c\d+/\d{8}/i\d+\.html$"),
    marks=re.compile(r"""["'/]c\d+/\d{8}/i\d+\.html"""),
)
