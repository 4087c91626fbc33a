"""Encyclopedia mirrors (中文百科, 中文百科全書): `/wiki/{title}/{id}`.

They list by 相關詞條 and 熱門詞條 at the foot of an entry.
"""

import re

from crawler.families.family import Family

ENCYCLOPEDIA = Family(
    name="encyclopedia",
    article=re.compile(r"/wiki/[^/?]+(?:/\d+)?$"),
    marks=re.compile(r"相[關关][詞词][條条]|[熱热][門门][詞词][條条]"),
    related=True,
)
