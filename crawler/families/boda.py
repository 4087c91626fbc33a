"""博达 Boda (Webber, Visual SiteBuilder): `/info/{column}/{id}.htm` articles.

The pages of a list are numbered downwards: after `nb.htm` comes `nb/3.htm`, then `nb/2.htm`. The 下页 link says which.
"""

import re

from crawler.families.family import Family

BODA = Family(
    name="boda",
    article=re.compile(r"/info/\d+/\d+\.html?$|/(?:content|show|nry)\.jsp\?(?:.*&)?wbnewsid=\d+"),
    marks=re.compile(r"\bwbnewsid\b|\bwbtreeid\b|/system/resource/|/system/_content/|_sitegray"),
)
