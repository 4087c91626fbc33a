"""织梦 DedeCMS: `list_{tid}_{n}.html` lists with 下一页 links, dated article paths, `/plus/` scripts. Mostly GBK."""

import re

from crawler.families.family import Family

DEDECMS = Family(
    name="dedecms",
    # /a/zixun/2015/1121/30412.html, /xinwen/30412.html, /plus/view.php?aid=30412; a list is list_4_2.html.
    article=re.compile(r"/\d{4}/\d{4}/\d+\.html$|/\d{2,}\.html$|/plus/view\.php\?(?:.*&)?aid=\d+"),
    marks=re.compile(r"/plus/(?:view|list|count|search|ad_js|feedback)\.php|/templets/|\bdede_pages\b", re.I),
)
