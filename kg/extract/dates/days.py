"""Expressions that name a day or a time of day, resolved against the date of publication and the story."""

from __future__ import annotations

from datetime import timedelta

from kg.extract.dates import calendar, periods
from kg.extract.dates.grammar import Found
from kg.extract.dates.story import Resolved, Story, direction_of, month_of, pick, way_of, with_part, year_of


def date_(found: Found, story: Story) -> Resolved | None:
    """« le 8 novembre », « samedi 29 mai », « Noël 2001 »."""
    year, anchor = year_of(found), story.published
    name = found.groups.get("feast")
    if name is not None:
        return _feast(str(story.grammar.word("feast", name)), year, found, story)
    day = int(found.groups["day"].removesuffix("er").rstrip("stndrh"))
    month = month_of(found, story)
    if month is None:
        return _weekday_and_day(day, found, story)
    if year is not None:
        whole = calendar.make(year, month, day)
    elif anchor is None:
        return with_part(f"XXXX-{month:02}-{day:02}", found, story)
    else:
        near = [d for y in range(-3, 4) if (d := calendar.make(anchor.year + y, month, day))]
        if text := found.groups.get("weekday"):  # « samedi 29 mai »: the weekday tells the year
            weekday = story.grammar.word("weekday", text)
            fitting = [d for d in near if d.weekday() == weekday]
            whole = pick(fitting, anchor, 0) or pick(near, anchor, way_of(found, story))
        else:
            whole = pick(near, anchor, way_of(found, story))
    return with_part(whole.isoformat(), found, story) if whole else None


def _feast(rule: str, year: int | None, found: Found, story: Story) -> Resolved | None:
    if year is not None:
        return "DATE", calendar.feast(rule, year).isoformat()
    if story.published is None:
        return "DATE", f"XXXX-{rule}" if rule[0] != "E" else "XXXX"
    near = [calendar.feast(rule, story.published.year + i) for i in (-1, 0, 1)]
    day = pick(near, story.published, way_of(found, story))
    return ("DATE", day.isoformat()) if day else None


def _weekday_and_day(day: int, found: Found, story: Story) -> Resolved | None:
    if story.published is None or "weekday" not in found.groups:
        return None
    weekday = story.grammar.word("weekday", found.groups["weekday"])
    near = [story.published + timedelta(days=i) for i in range(-200, 201)]
    fitting = [d for d in near if d.day == day and d.weekday() == weekday]
    whole = pick(fitting, story.published, 0)
    return with_part(whole.isoformat(), found, story) if whole else None


def nth_(found: Found, story: Story) -> Resolved | None:
    """« le premier dimanche d'octobre », "the last Friday of March"."""
    resolved = periods.month_(found, story)
    nth, weekday = (int(story.grammar.word(name, found.groups[name])) for name in ("nth", "weekday"))
    if resolved is None or not resolved[1][:4].isdigit():
        return None
    year, month = (int(number) for number in resolved[1].split("-"))
    fitting = [day for i in range(1, 32) if (day := calendar.make(year, month, i)) and day.weekday() == weekday]
    index = nth if nth < 0 else nth - 1
    return ("DATE", fitting[index].isoformat()) if index < len(fitting) else None


def weekday_(found: Found, story: Story) -> Resolved | None:
    """« mercredi » is the nearest one that its clause's tense allows; « dernier » and « prochain » exclude today."""
    weekday, anchor = int(story.grammar.word("weekday", found.groups["weekday"])), story.published
    if anchor is None:
        return with_part(f"XXXX-WXX-{weekday + 1}", found, story)
    direction = direction_of(found, story)
    if direction is not None:
        base = anchor if abs(direction) == 1 else story.base or anchor
        ahead = (weekday - base.weekday()) % 7 or 7
        move = ahead if direction > 0 else ahead - 7 or -7
        return with_part((base + timedelta(days=move)).isoformat(), found, story)
    ahead = (weekday - anchor.weekday()) % 7
    way = story.way(found.start)
    if way == 0 and story.grammar.context["appointment"].match(story.folded, found.end):
        way = 1  # « dimanche à 15 h », and no verb of the past
    move = ahead if ahead == 0 or (way or story.grammar.otherwise) > 0 else ahead - 7
    return with_part((anchor + timedelta(days=move)).isoformat(), found, story)


def deixis_(found: Found, story: Story) -> Resolved | None:
    """« hier soir », "tomorrow"; « aujourd'hui » of a present tense means these days."""
    offset = int(story.grammar.word("deixis", found.groups["deixis"]))
    vague = story.tense(found.start) not in ("past", "future") or story.folded.startswith(",", found.end)
    if offset == 0 and vague and not found.groups.keys() & {"part", "weekday"}:
        return "TIME", "PRESENT_REF"
    if story.published is None:
        return "DATE", ("PAST_REF", "PRESENT_REF", "FUTURE_REF")[(offset > 0) - (offset < 0) + 1]
    return with_part((story.published + timedelta(days=offset)).isoformat(), found, story)


def lastpart_(found: Found, story: Story) -> Resolved | None:
    """« la nuit dernière », "last night"."""
    if story.published is None:
        return "TIME", "PAST_REF"
    days = -1 if (direction_of(found, story) or -1) < 0 else 0
    return with_part((story.published + timedelta(days=days)).isoformat(), found, story)


def today_(found: Found, story: Story) -> Resolved | None:
    """« ce soir », "this morning", and « ici » in « d'ici le 30 juin »."""
    if story.published is None:
        return "TIME", "PRESENT_REF"
    return with_part(story.published.isoformat(), found, story)


def anaphor_(found: Found, story: Story) -> Resolved | None:
    """« la veille », « le lendemain matin »; with a complement (« au lendemain du vote ») the day already told."""
    offset, base = int(story.grammar.word("anaphor", found.groups["anaphor"])), story.base
    if base is None:
        return None
    if story.grammar.context["complement"].match(story.folded, found.end):
        offset = 0
    return with_part((base + timedelta(days=offset)).isoformat(), found, story)


def same_(found: Found, story: Story) -> Resolved | None:
    """« le même jour », « ce soir-là », « à la même époque »."""
    text = next(found.groups[name] for name in ("unit", "unit2", "unit3", "unit4") if name in found.groups)
    unit, base = str(story.grammar.word("same", text)), story.base
    if base is None:
        return None
    if unit.startswith("T"):
        return "TIME", base.isoformat() + unit
    if unit == "season" and story.published is not None:
        return "DATE", f"{story.year or story.published.year}-{story.published.month:02}"
    return "DATE", calendar.at(base if unit == "D" else story.latest or base, unit)


def _today(found: Found, story: Story) -> str:
    day = story.now(found.start)
    return day.isoformat() if day else "XXXX-XX-XX"


def clock_(found: Found, story: Story) -> Resolved | None:
    """« 20 h 30 », « 22h00 GMT », "9:30 p.m.", on the day last spoken of."""
    groups = found.groups
    hour, minute = int(groups.get("hour") or groups["hour2"]), int(groups.get("minute") or groups.get("minute2") or 0)
    part = groups.get("part") or ""
    half = groups.get("half", "")[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif part and hour < 12 and story.grammar.word("part", part) in ("TAF", "TEV"):
        hour += 12
    return ("TIME", f"{_today(found, story)}T{hour:02}:{minute:02}") if hour <= 24 else None


def noon_(found: Found, story: Story) -> Resolved | None:
    return "TIME", f"{_today(found, story)}T{story.grammar.word('noon', found.groups['noon'])}"


def part_(found: Found, story: Story) -> Resolved | None:
    part = str(story.grammar.word("part", found.groups["part"]))
    return "TIME", _today(found, story) + part


def night_(found: Found, story: Story) -> Resolved | None:
    """« la nuit de jeudi à vendredi »: the night that begins on the first of the two days."""
    if "day" in found.groups and not found.groups.keys() & {"month", "month2", "weekday"}:
        return None
    resolved = date_(found, story) if "day" in found.groups else weekday_(found, story)
    return ("TIME", resolved[1] + "TNI") if resolved else None
