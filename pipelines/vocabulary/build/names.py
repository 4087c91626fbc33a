"""The names under which people write a division, derived from its formal name by rules.

Each form is returned with a mark: a form that ends in a kind of division (凉山州) names a place wherever it stands; a bare one
(凉山, marked `~`) does so only beside its parent or before the name of an organ.
"""

import re

from opencc import OpenCC

ETHNIC = (
    "蒙古族 蒙古 回族 藏族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 哈萨克 傣族 黎族 "
    "傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 柯尔克孜 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 "
    "毛南族 仡佬族 锡伯族 锡伯 阿昌族 普米族 塔吉克族 塔吉克 怒族 乌孜别克族 乌孜别克 俄罗斯族 鄂温克族 鄂温克 德昂族 保安族 "
    "裕固族 京族 塔塔尔族 独龙族 鄂伦春族 鄂伦春 赫哲族 门巴族 珞巴族 基诺族 各族"
).split()
_PEOPLES = "(?:" + "|".join(sorted(ETHNIC, key=len, reverse=True)) + ")"
_AUTONOMOUS = re.compile(rf"(?P<stem>.*?)(?P<peoples>{_PEOPLES}+)自治(?P<kind>州|县|旗)$")
_ETHNIC_TOWNSHIP = re.compile(rf"(?P<stem>.+?){_PEOPLES}+(?P<kind>乡|苏木)$")
_OFFICE = re.compile(r"(?P<area>地区)?(?:街道)?办事处$")
_REGIONS = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}
_to_simplified = (OpenCC("t2s"), OpenCC("tw2sp"))


def township_name(listed: str) -> str:
    """The township's name as the civil-affairs list writes it: many statistics lists call a street by its office (…办事处).

    A 地区 of Beijing is named so without the 街道 of its office: 雁栖地区.
    """
    return _OFFICE.sub(lambda office: office["area"] or "街道", listed.strip())


def other_names(name: str, level: str) -> list[str]:
    """The further forms of a formal name, everyday ones first, without the name itself."""
    forms = _everyday(name, level)
    forms += [damaged for converter in _to_simplified if (damaged := converter.convert(name)) != name]
    return [form for form in dict.fromkeys(forms) if form != name]


def _everyday(name: str, level: str) -> list[str]:
    if level == "township":
        return _of_township(name)
    if name in _REGIONS:
        return [_REGIONS[name] + "自治区", "~" + _REGIONS[name]]
    if match := _AUTONOMOUS.fullmatch(name):
        # 东乡族自治县 has no stem: there the people's name is the place's.
        stem = match["stem"] or match["peoples"].removesuffix("族")
        return [stem + match["kind"], *_bare(stem)]
    for kind in ("特别行政区", "新区", "地区", "省", "市", "县", "盟", "区"):
        if name.endswith(kind):
            return _bare(name.removesuffix(kind))
    return []


def _of_township(name: str) -> list[str]:
    if match := _ETHNIC_TOWNSHIP.fullmatch(name):
        return [match["stem"] + match["kind"]]
    if name.endswith("街道") and len(name) > 3:
        return [name.removesuffix("街道") + "办事处"]
    if name.endswith("地区") and len(name) > 3:
        # In Beijing the office of an area and the government of a town are one body under two names.
        return [name + "办事处", name + "街道", *(name.removesuffix("地区") + kind for kind in "镇乡")]
    return []


def _bare(stem: str) -> list[str]:
    return ["~" + stem] if len(stem) > 1 else []
