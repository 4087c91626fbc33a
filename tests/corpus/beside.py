"""What portals put before and behind an article that reads like text: news, a leader's life, comments, disclaimers.

The sentences are of no report. They stand in the slots of menu and footer, which every frame has.
"""

from __future__ import annotations

from random import Random

from tests.corpus.wording import load

WORDS: dict[str, list[str]] = load("beside.toml")
CHANCES = {
    "teasers_before": 0.12,
    "leader": 0.12,
    "teasers_behind": 0.12,
    "comments": 0.12,
    "disclaimer": 0.15,
    "answers": 0.12,
}


def chosen(name: str) -> list[str]:
    """The traps of the page with this name; drawn apart, so that the pages' other traps stay what they are."""
    draw = Random(f"beside-{name}")
    return [trap for trap, chance in CHANCES.items() if draw.random() < chance]


def before(traps: list[str], draw: Random) -> str:
    """What stands between menu and article."""
    out = ""
    if "leader" in traps:
        name, life = draw.choice(WORDS["leaders"]).split("|")
        out += f'<div class="ldjs"><img src="ld.jpg"><h3>{name}</h3><p>{life}</p></div>'
    return out + (teasers(draw, "h4") if "teasers_before" in traps else "")


def behind(traps: list[str], draw: Random) -> str:
    """What stands between article and footer."""
    out = teasers(draw, "b") if "teasers_behind" in traps else ""
    if "answers" in traps:
        out += "<div><h3>办事问答</h3>" + "".join(f"<p>{text}</p>" for text in draw.sample(WORDS["answers"], 3)) + "</div>"
    if "comments" in traps:
        lines = "".join(f"<li><span>{text[:3]}</span><p>{text}</p></li>" for text in draw.sample(WORDS["comments"], 2))
        out += f'<div class="pl_box comment"><p>网友评论</p><ul>{lines}</ul></div>'
    if "disclaimer" in traps:
        out += "".join(f"<p>{text}</p>" for text in WORDS["disclaimer"])
    return out


def teasers(draw: Random, tag: str) -> str:
    """News with their first sentences."""
    rows = ""
    for number, entry in enumerate(draw.sample(WORDS["teasers"], 3)):
        head, text = entry.split("|")
        rows += f'<div class="item"><{tag}><a href="/n/{number}.html">{head}</a></{tag}><p>{text}</p></div>'
    return f'<div class="newsbox">{rows}</div>'
