"""From an expression the grammar found to its TimeML type and value, given the date of publication and the story.

Each function of ``KINDS`` takes the groups of one kind of rule and the story so far; None = not an expression after all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kg.extract import numerals
from kg.extract.dates import calendar
from kg.extract.dates.grammar import Found, Grammar

Resolved = tuple[str, str]  # TimeML type and value
_SIXTY = {"TS": "S", "TM": "M", "TH": "H"}
_ROMAN = {"i": 1, "v": 5, "x": 10}
_DECADES = {"vingt": 2, "trente": 3, "quarante": 4, "cinquante": 5, "soixante": 6}


@dataclass
class Story:
    """What a text has said so far: *published* is its day of publication, *day* the last day it spoke of."""

    grammar: Grammar
    folded: str
    published: date | None
    tense: Callable[[int], str]
    day: date | None = None
    year: int | None = None
    previous: int = 0  # where the last expression that named a day ended

    def way(self, offset: int) -> int:
        """-1 in a clause about the past, 1 about what is to come, 0 where nothing tells."""
        left = self.folded[max(0, offset - 24) : offset]
        if self.grammar.context["until"].search(left):  # « jusqu'au 30 juin »: a term lies ahead
            return 1
        return {"past": -1, "imperfect": -1, "future": 1}.get(self.tense(offset), 0)

    @property
    def base(self) -> date | None:
        return self.day or self.published


def pick(candidates: list[date], anchor: date, way: int) -> date | None:
    """The candidate nearest to *anchor* on the side *way* points to (either side for 0); *anchor* itself counts."""
    kept = [day for day in candidates if way == 0 or (day - anchor).days * way >= 0]
    return min(kept, key=lambda day: (abs((day - anchor).days), day > anchor), default=None)


def _with_part(day: str, found: Found, story: Story) -> Resolved:
    part = found.groups.get("part")
    if part is None:
        return "DATE", day
    return "TIME", day + str(story.grammar.word("part", part))


def _direction(found: Found, story: Story) -> int | None:
    text = found.groups.get("direction")
    return None if text is None else int(story.grammar.word("direction", text))


def _year(found: Found) -> int | None:
    if text := found.groups.get("year"):
        return int(text) if len(text) == 4 else 2000 + int(text)
    if text := found.groups.get("shortyear"):
        return int(text) + (1900 if int(text) > 29 else 2000)
    return None


def _month(found: Found, story: Story) -> int | None:
    text = found.groups.get("month") or found.groups.get("month2")
    if text is None:
        return None
    return int(text) if text[0].isdigit() else int(story.grammar.word("month", text))


def _way(found: Found, story: Story) -> int:
    direction = _direction(found, story)
    if direction is not None:
        return 1 if direction > 0 else -1
    return story.way(found.start)


def resolve_date(found: Found, story: Story) -> Resolved | None:
    """« le 8 novembre », « samedi 29 mai », « Noël 2001 »."""
    year, anchor = _year(found), story.published
    name = found.groups.get("feast")
    if name is not None:
        return _feast(str(story.grammar.word("feast", name)), year, found, story)
    day = int(found.groups["day"].removesuffix("er").rstrip("stndrh"))
    month = _month(found, story)
    if month is None:
        return _weekday_and_day(day, found, story)
    if year is not None:
        whole = calendar.make(year, month, day)
    elif anchor is None:
        return _with_part(f"XXXX-{month:02}-{day:02}", found, story)
    else:
        near = [d for y in range(-3, 4) if (d := calendar.make(anchor.year + y, month, day))]
        if text := found.groups.get("weekday"):  # « samedi 29 mai »: the weekday tells the year
            weekday = story.grammar.word("weekday", text)
            fitting = [d for d in near if d.weekday() == weekday]
            whole = pick(fitting, anchor, 0) or pick(near, anchor, _way(found, story))
        else:
            whole = pick(near, anchor, _way(found, story))
    return _with_part(whole.isoformat(), found, story) if whole else None


def _feast(rule: str, year: int | None, found: Found, story: Story) -> Resolved | None:
    if year is not None:
        return "DATE", calendar.feast(rule, year).isoformat()
    if story.published is None:
        return "DATE", f"XXXX-{rule}" if rule[0] != "E" else "XXXX"
    near = [calendar.feast(rule, story.published.year + i) for i in (-1, 0, 1)]
    day = pick(near, story.published, _way(found, story))
    return ("DATE", day.isoformat()) if day else None


def _weekday_and_day(day: int, found: Found, story: Story) -> Resolved | None:
    if story.published is None or "weekday" not in found.groups:
        return None
    weekday = story.grammar.word("weekday", found.groups["weekday"])
    near = [story.published + timedelta(days=i) for i in range(-200, 201)]
    fitting = [d for d in near if d.day == day and d.weekday() == weekday]
    whole = pick(fitting, story.published, 0)
    return _with_part(whole.isoformat(), found, story) if whole else None


def resolve_month(found: Found, story: Story) -> Resolved | None:
    """« en mars », « août 2001 », « début octobre »."""
    month, year, anchor = _month(found, story), _year(found), story.published
    if month is None:
        return None
    if year is None and anchor is None:
        return "DATE", f"XXXX-{month:02}"
    if year is None and anchor is not None:
        first, direction = anchor.replace(day=1), _direction(found, story)
        candidates = [date(anchor.year + i, month, 1) for i in (-1, 0, 1)]
        if direction is not None:  # « juin dernier » is never the current month
            candidates = [day for day in candidates if day != first]
        day = pick(candidates, first, _way(found, story))
        return ("DATE", calendar.at(day, "M")) if day else None
    return "DATE", f"{year}-{month:02}"


def resolve_season(found: Found, story: Story) -> Resolved | None:
    """« l'été dernier », « à l'automne »; « en été », true of every year, has no year."""
    season, year = str(story.grammar.word("season", found.groups["season"])), _year(found)
    if year is None and ("generic" in found.groups or story.published is None):
        return "DATE", f"XXXX-{season}"
    if year is None and story.published is not None:
        anchor, direction = story.published, _direction(found, story)
        month = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}[season]
        near = [date(anchor.year + i, month, 15) for i in (-1, 0, 1)]
        if direction is None and "this" not in found.groups:
            direction = story.way(found.start)
        day = pick(near, anchor, max(-1, min(1, direction or 0)))
        year = day.year if day else anchor.year
    return "DATE", f"{year}-{season}"


def resolve_quarter(found: Found, story: Story) -> Resolved | None:
    """« au 2e trimestre », "the third quarter of 2014"."""
    letter = str(story.grammar.word("unit", found.groups["of"]))
    nth = int(story.grammar.word("nth", found.groups["nth"]))
    year, anchor = _year(found), story.published
    if nth > (4 if letter == "Q" else 2):
        return None
    if anchor is not None and nth < 0:
        return "DATE", calendar.at(calendar.shift(anchor, letter, -1), letter)
    if year is None and anchor is not None:
        size = 3 if letter == "Q" else 6
        near = [date(anchor.year + i, (nth - 1) * size + 1, 1) for i in (-1, 0, 1)]
        day = pick(near, anchor, _way(found, story))
        year = day.year if day else None
    return "DATE", f"{year if year else 'XXXX'}-{letter}{nth}"


def resolve_year(found: Found, story: Story) -> Resolved | None:
    return "DATE", f"{_year(found)}"


def resolve_decade(found: Found, story: Story) -> Resolved | None:
    """« les années 90 », "the 1990s": three digits."""
    word = found.groups.get("decadeword")
    tens = story.grammar.word("decade", word) if word else int(found.groups["decade"]) // 10
    century = found.groups.get("century") or ("19" if tens > 2 else "20")
    return "DATE", f"{century}{tens}"


def resolve_century(found: Found, story: Story) -> Resolved | None:
    """« le XIXe siècle », "the 19th century": two digits."""
    if "nth" in found.groups:
        number = int(found.groups["nth"].rstrip("stndrh"))
    else:
        numbers = [_ROMAN[letter] for letter in found.groups["roman"]]
        number = sum(-n if any(m > n for m in numbers[i + 1 :]) else n for i, n in enumerate(numbers))
    return ("DATE", f"{number - 1:02}") if 0 < number < 22 else None


def resolve_weekday(found: Found, story: Story) -> Resolved | None:
    """« mercredi » of a report is the nearest one its clause's tense allows; « dernier », « prochain » exclude today."""
    weekday, anchor = int(story.grammar.word("weekday", found.groups["weekday"])), story.published
    if anchor is None:
        return _with_part(f"XXXX-WXX-{weekday + 1}", found, story)
    direction = _direction(found, story)
    ahead = (weekday - anchor.weekday()) % 7
    if direction is not None and abs(direction) == 1:
        return _with_part((anchor + timedelta(days=(ahead or 7) if direction > 0 else (ahead or 7) - 7 or -7)).isoformat(), found, story)
    if direction is not None and story.base is not None:
        base = story.base
        gap = (weekday - base.weekday()) % 7 or 7
        return _with_part((base + timedelta(days=gap if direction > 0 else gap - 7 or -7)).isoformat(), found, story)
    way = story.way(found.start)
    move = ahead if way > 0 or (ahead == 0) else ahead - 7
    return _with_part((anchor + timedelta(days=move)).isoformat(), found, story)


def resolve_deixis(found: Found, story: Story) -> Resolved | None:
    """« hier soir », "tomorrow"; « aujourd'hui » of a present tense means these days."""
    offset = int(story.grammar.word("deixis", found.groups["deixis"]))
    vague = story.tense(found.start) not in ("past", "future") or story.folded.startswith(",", found.end)
    if offset == 0 and "part" not in found.groups and vague:
        return "TIME", "PRESENT_REF"
    if story.published is None:
        return "DATE", ("PAST_REF", "PRESENT_REF", "FUTURE_REF")[(offset > 0) - (offset < 0) + 1]
    return _with_part((story.published + timedelta(days=offset)).isoformat(), found, story)


def resolve_today(found: Found, story: Story) -> Resolved | None:
    """« ce soir », "this morning", and « ici » in « d'ici le 30 juin »."""
    if story.published is None:
        return "TIME", "PRESENT_REF"
    return _with_part(story.published.isoformat(), found, story)


def _count(found: Found, story: Story) -> float | None:
    text = found.groups.get("count")
    return None if text is None else numerals.value(text, story.grammar.lang)


def period(count: float | None, unit: str) -> str:
    """The TimeML duration of *count* units; X for a count that was not told."""
    unit, factor = ("D", 15) if unit == "D15" else ("M", 6) if unit == "H" else (unit, 1)
    number = "X" if count is None else f"{count * factor:g}"
    if unit in _SIXTY:
        return f"PT{number}{_SIXTY[unit]}"
    return f"P{number}{'E' if unit == 'E' else 'C' if unit == 'C' else unit}" if unit != "TNI" else f"P{number}N"


def _unit(found: Found, story: Story) -> str:
    text = next(found.groups[name] for name in ("unit", "unit2", "unit3", "unit4") if name in found.groups)
    return str(story.grammar.word("unit", text))


def resolve_span(found: Found, story: Story) -> Resolved | None:
    """« ces dernières 24 heures », "the next three days"."""
    return "DURATION", period(_count(found, story), _unit(found, story))


def resolve_relative(found: Found, story: Story) -> Resolved | None:
    """« la semaine dernière », « cette année », « fin du mois »."""
    unit, direction, anchor = _unit(found, story), _direction(found, story) or 0, story.published
    if unit in _SIXTY or unit in ("TNI", "D15") or anchor is None:
        return None
    if abs(direction) == 2:
        anchor, direction = story.base or anchor, direction // 2
    elif unit == "WE" and direction == 0 and anchor.weekday() < 4 and story.way(found.start) < 0:
        direction = -1  # early in a week, the week-end that is told is over
    return "DATE", calendar.at(calendar.shift(anchor, unit, direction), unit)


def _moved(found: Found, story: Story, base: date | None, sign: int) -> Resolved | None:
    count, unit = _count(found, story), _unit(found, story)
    reference = "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF"
    if count is None or base is None or count != int(count):
        return reference
    if unit in _SIXTY:
        return ("DATE", base.isoformat()) if unit != "TH" or count < 24 else reference
    unit, count = ("D", count * 15) if unit == "D15" else ("D", count) if unit == "TNI" else (unit, count)
    if count > 3000:
        return reference
    try:
        day = calendar.shift(base, unit, sign * int(count))
    except (ValueError, OverflowError):  # before year 1
        return reference
    return "DATE", calendar.at(day, "D" if unit in ("W", "WE") else unit)


def resolve_ago(found: Found, story: Story) -> Resolved | None:
    return _moved(found, story, story.published, -1)


def resolve_hence(found: Found, story: Story) -> Resolved | None:
    return _moved(found, story, story.published, 1)


def resolve_later(found: Found, story: Story) -> Resolved | None:
    """« trois jours plus tard »: the length alone is the expression, as the French TimeBank has it."""
    return "DURATION", period(_count(found, story), _unit(found, story))


def day_of_later(found: Found, story: Story) -> str | None:
    """The TimeML value of the day that « trois jours plus tard » leads to from the day last spoken of."""
    moved = _moved(found, story, story.base, int(story.grammar.word("way", found.groups["way"])))
    return moved[1] if moved else None


def resolve_anaphor(found: Found, story: Story) -> Resolved | None:
    """« la veille », « le lendemain matin »; with a complement (« au lendemain de la démission ») the day already told."""
    offset, base = int(story.grammar.word("anaphor", found.groups["anaphor"])), story.base
    if base is None:
        return None
    if story.grammar.context["complement"].match(story.folded, found.end):
        offset = 0
    return _with_part((base + timedelta(days=offset)).isoformat(), found, story)


def resolve_same(found: Found, story: Story) -> Resolved | None:
    """« le même jour », « ce soir-là », « à la même époque »."""
    text = next(found.groups[name] for name in ("unit", "unit2", "unit3", "unit4") if name in found.groups)
    unit, base = str(story.grammar.word("same", text)), story.base
    if base is None:
        return None
    if unit.startswith("T"):
        return "TIME", base.isoformat() + unit
    if unit == "season" and story.published is not None:
        return "DATE", f"{story.year or story.published.year}-{story.published.month:02}"
    return "DATE", calendar.at(base, unit)


def resolve_clock(found: Found, story: Story) -> Resolved | None:
    """« 20 h 30 », « 22h00 GMT », "9:30 p.m.", on the day last spoken of."""
    groups = found.groups
    hour, minute = int(groups.get("hour") or groups["hour2"]), int(groups.get("minute") or groups.get("minute2") or 0)
    part = groups.get("part") or ""
    half = groups.get("half", "")[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif part and hour < 12 and story.grammar.word("part", part) in ("TAF", "TEV"):
        hour += 12
    day = story.base.isoformat() if story.base else "XXXX-XX-XX"
    return ("TIME", f"{day}T{hour:02}:{minute:02}") if hour <= 24 else None


def resolve_noon(found: Found, story: Story) -> Resolved | None:
    day = story.base.isoformat() if story.base else "XXXX-XX-XX"
    return "TIME", f"{day}T{story.grammar.word('noon', found.groups['noon'])}"


def resolve_part(found: Found, story: Story) -> Resolved | None:
    part = str(story.grammar.word("part", found.groups["part"]))
    return "TIME", (story.base.isoformat() if story.base else "XXXX-XX-XX") + part


def resolve_night(found: Found, story: Story) -> Resolved | None:
    """« la nuit de jeudi à vendredi »: the night that begins on the first of the two days."""
    if "month" not in found.groups and "month2" not in found.groups and "day" in found.groups and "weekday" not in found.groups:
        return None
    resolved = resolve_date(found, story) if "day" in found.groups else resolve_weekday(found, story)
    return ("TIME", resolved[1] + "TNI") if resolved else None


def resolve_none(found: Found, story: Story) -> Resolved | None:
    """A name that only looks like an expression (« Journal du dimanche »)."""
    return None


def resolve_now(found: Found, story: Story) -> Resolved | None:
    return "TIME", str(story.grammar.word("now", found.groups["now"]))


def resolve_habit(found: Found, story: Story) -> Resolved | None:
    """« chaque jour », « par semestre », « quotidien », "every Monday"."""
    groups, word = found.groups, story.grammar.word
    if text := groups.get("habit") or groups.get("habit2"):
        return "SET", str(word("habit", text))
    if "weekday" in groups:
        return "SET", f"XXXX-WXX-{int(word('weekday', groups['weekday'])) + 1}"
    if "month" in groups:
        return "SET", f"XXXX-{int(word('month', groups['month'])):02}"
    if "part" in groups:
        return "SET", f"XXXX-XX-XX{word('part', groups['part'])}"
    return "SET", period(_count(found, story) or 1, _unit(found, story))


def resolve_term(found: Found, story: Story) -> Resolved | None:
    return "DURATION", str(story.grammar.word("term", found.groups["term"]))


def resolve_duration(found: Found, story: Story) -> Resolved | None:
    unit, count = _unit(found, story), _count(found, story)
    if "half" in found.groups:
        count = (count or 1) * 0.5
        if unit == "TH":
            return "DURATION", period(count * 60, "TM")
    elif "and" in found.groups and count is not None:
        count += 0.5
    return "DURATION", period(count, unit)


KINDS: dict[str, Callable[[Found, Story], Resolved | None]] = {
    name.removeprefix("resolve_"): function for name, function in globals().items() if name.startswith("resolve_")
}
