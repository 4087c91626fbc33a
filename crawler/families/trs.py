"""拓尔思 TRS WCM: `{yyyymm}/t{yyyymmdd}_{id}.html` articles; lists counted by `createPageHTML` or `countPage` in a script."""

import re

from crawler.families.family import Family

TRS = Family(
    name="trs",
    article=re.compile(r"/\d{6}/t\d{8}_\d+\.s?html?$"),
    marks=re.compile(r"\bCurrChnlCls\b|\bvar\s+countPage\s*="),
)
