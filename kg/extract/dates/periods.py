"""Expressions that name months, seasons, years, lengths, habits: longer than a day or of no day."""

from __future__ import annotations

from datetime import date

from kg.extract.dates import calendar
from kg.extract.dates.grammar import Found
from kg.extract.dates.story import (
    SIXTY,
    Resolved,
    Story,
    count_of,
    direction_of,
    month_of,
    period,
    pick,
    unit_of,
    way_of,
    year_of,
)

_ROMAN = {"i": 1, "v": 5, "x": 10}


def month_(found: Found, story: Story) -> Resolved | None:
    """« en mars », « août 2001 », « début octobre »."""
    month, year, anchor = month_of(found, story), year_of(found), story.published
    if month is None:
        return None
    if year is None and anchor is None:
        return "DATE", f"XXXX-{month:02}"
    if year is None and anchor is not None:
        first, direction = anchor.replace(day=1), direction_of(found, story)
        candidates = [date(anchor.year + i, month, 1) for i in (-1, 0, 1)]
        if direction is not None:  # « juin dernier » is never the current month
            candidates = [day for day in candidates if day != first]
        day = pick(candidates, first, way_of(found, story))
        return ("DATE", calendar.at(day, "M")) if day else None
    return "DATE", f"{year}-{month:02}"


def season_(found: Found, story: Story) -> Resolved | None:
    """« l'été dernier », « à l'automne »; « en été », true of every year, has no year."""
    season, year = str(story.grammar.word("season", found.groups["season"])), year_of(found)
    if year is None and ("generic" in found.groups or story.published is None):
        return "DATE", f"XXXX-{season}"
    if year is None and story.published is not None:
        anchor, direction = story.published, direction_of(found, story)
        month = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}[season]
        near = [date(anchor.year + i, month, 15) for i in (-1, 0, 1)]
        if direction is None and "this" not in found.groups:
            direction = story.way(found.start)
        day = pick(near, anchor, max(-1, min(1, direction or 0)))
        year = day.year if day else anchor.year
    return "DATE", f"{year}-{season}"


def quarter_(found: Found, story: Story) -> Resolved | None:
    """« au 2e trimestre », "the third quarter of 2014"."""
    letter = str(story.grammar.word("unit", found.groups["of"]))
    nth = int(story.grammar.word("nth", found.groups["nth"]))
    year, anchor = year_of(found), story.published
    if nth > (4 if letter == "Q" else 2):
        return None
    if anchor is not None and nth < 0:
        return "DATE", calendar.at(calendar.shift(anchor, letter, -1), letter)
    if year is None and anchor is not None:
        size = 3 if letter == "Q" else 6
        near = [date(anchor.year + i, (nth - 1) * size + 1, 1) for i in (-1, 0, 1)]
        day = pick(near, anchor, way_of(found, story))
        year = day.year if day else None
    return "DATE", f"{year if year else 'XXXX'}-{letter}{nth}"


def year_(found: Found, story: Story) -> Resolved | None:
    return "DATE", f"{year_of(found)}"


def decade_(found: Found, story: Story) -> Resolved | None:
    """« les années 90 », "the 1990s": three digits."""
    word = found.groups.get("decadeword")
    tens = story.grammar.word("decade", word) if word else int(found.groups["decade"]) // 10
    century = found.groups.get("century") or ("19" if tens > 2 else "20")
    return "DATE", f"{century}{tens}"


def century_(found: Found, story: Story) -> Resolved | None:
    """« le XIXe siècle », "the 19th century": two digits."""
    if "nth" in found.groups:
        number = int(found.groups["nth"].rstrip("stndrh"))
    else:
        numbers = [_ROMAN[letter] for letter in found.groups["roman"]]
        number = sum(-n if any(m > n for m in numbers[i + 1 :]) else n for i, n in enumerate(numbers))
    return ("DATE", f"{number - 1:02}") if 0 < number < 22 else None


def span_(found: Found, story: Story) -> Resolved | None:
    """« ces dernières 24 heures », "the next three days"."""
    return "DURATION", period(count_of(found, story), unit_of(found, story))


def relative_(found: Found, story: Story) -> Resolved | None:
    """« la semaine dernière », « cette année », « fin du mois »."""
    unit, direction, anchor = unit_of(found, story), direction_of(found, story) or 0, story.published
    if unit in SIXTY or unit in ("TNI", "D15") or anchor is None:
        return None
    if abs(direction) == 2:
        anchor, direction = story.base or anchor, direction // 2
    elif unit == "WE" and direction == 0 and anchor.weekday() < 4 and story.way(found.start) < 0:
        direction = -1  # early in a week, the week-end that is told is over
    return "DATE", calendar.at(calendar.shift(anchor, unit, direction), unit)


def _moved(found: Found, story: Story, base: date | None, sign: int) -> Resolved | None:
    count, unit = count_of(found, story), unit_of(found, story)
    reference = "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF"
    if count is None or base is None or count != int(count):
        return reference
    if unit in SIXTY:
        return ("DATE", base.isoformat()) if unit != "TH" or count < 24 else reference
    unit, count = ("D", count * 15) if unit == "D15" else ("D", count) if unit == "TNI" else (unit, count)
    if count > 3000:
        return reference
    try:
        day = calendar.shift(base, unit, sign * int(count))
    except (ValueError, OverflowError):  # before year 1
        return reference
    return "DATE", calendar.at(day, "D" if unit in ("W", "WE") else unit)


def ago_(found: Found, story: Story) -> Resolved | None:
    return _moved(found, story, story.published, -1)


def hence_(found: Found, story: Story) -> Resolved | None:
    return _moved(found, story, story.published, 1)


def moved_(found: Found, story: Story) -> Resolved | None:
    """The day that "three days later", one expression in English, leads to, counted from the day last spoken of."""
    return _moved(found, story, story.latest or story.base, int(story.grammar.word("way", found.groups["way"])))


def later_(found: Found, story: Story) -> Resolved | None:
    """« trois jours plus tard »: the length alone is the expression, as the French TimeBank has it."""
    return "DURATION", period(count_of(found, story), unit_of(found, story))


def day_of_later(found: Found, story: Story) -> str | None:
    """The TimeML value of the day that « trois jours plus tard » leads to from the day last spoken of."""
    moved = _moved(found, story, story.latest or story.base, int(story.grammar.word("way", found.groups["way"])))
    return moved[1] if moved else None


def habit_(found: Found, story: Story) -> Resolved | None:
    """« chaque jour », « par semestre », « quotidien », "every Monday"."""
    groups, word = found.groups, story.grammar.word
    if text := groups.get("habit") or groups.get("habit2"):
        return "SET", str(word("habit", text))
    if "weekday" in groups:
        part = word("part", groups["part"]) if "part" in groups else ""
        return "SET", f"XXXX-WXX-{int(word('weekday', groups['weekday'])) + 1}{part}"
    if "month" in groups:
        return "SET", f"XXXX-{int(word('month', groups['month'])):02}"
    if "part" in groups:
        return "SET", f"XXXX-XX-XX{word('part', groups['part'])}"
    return "SET", period(count_of(found, story) or 1, unit_of(found, story))


def term_(found: Found, story: Story) -> Resolved | None:
    return "DURATION", str(story.grammar.word("term", found.groups["term"]))


def duration_(found: Found, story: Story) -> Resolved | None:
    unit, count = unit_of(found, story), count_of(found, story)
    if "half" in found.groups:
        count = (count or 1) * 0.5
        if unit == "TH":
            return "DURATION", period(count * 60, "TM")
    elif "and" in found.groups and count is not None:
        count += 0.5
    return "DURATION", period(count, unit)


def none_(found: Found, story: Story) -> Resolved | None:
    """A name that only looks like an expression (« Journal du dimanche »)."""
    return None


def now_(found: Found, story: Story) -> Resolved | None:
    return "TIME", str(story.grammar.word("now", found.groups["now"]))
