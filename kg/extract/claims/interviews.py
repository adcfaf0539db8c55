"""Interviews: whose answers follow the questions.

X : Non. J'ai …          the label is the cue
Que faut-il faire ?      questions in paragraphs of their own, answers behind them, and one person whom the
Il faut …                introduction presents; the question's last token is the cue
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.claims.found import Found
from kg.extract.tree import Tree

_LABEL = re.compile(
    r"(?:[-–—•]\s*)?([A-ZÀ-Ý][\w.'’-]*(?:[ \u00a0](?:[A-ZÀ-Ý][\w.'’-]*|d[eu]|van|von|la|le)){0,4})\s?[:.]\s+(?=\S)"
)
_LONGEST_LABEL = 45  # characters
_LONGEST_QUESTION = 70  # words
_LONGEST_ANSWER = 6  # paragraphs
_FEWEST = 2  # questions
_ENOUGH = 2  # signs of an interview
_WORD, _SENTENCE = re.compile(r"\w+"), re.compile(r"[.!?\n]+\s*")


def interview_claims(tree: Tree) -> list[Found]:
    """The answers of an interview: paragraphs under a label, else those that follow the questions."""
    return _labelled_answers(tree) or _bare_answers(tree)


# -------------------------------------------------------------------- with labels
def _labelled_answers(tree: Tree) -> list[Found]:
    """The paragraphs that open with the name of the one who answers."""
    labelled = list(_labelled(tree))
    askers = {label for label, _, end in labelled if tree.parsed.text[:end].rstrip(' »”"\u00a0').endswith("?")}
    answers = [(label, first, span) for label, first, span in _spans(tree, labelled) if label not in askers]
    if len(answers) < 2 and not askers:
        return []
    return [
        Found((first, first), label, [span], "asserts", "interview", first, score=0.75)
        for label, first, span in answers
    ]  # fmt: skip


def _labelled(tree: Tree) -> Iterator[tuple[str, int, int]]:
    """(label, offset of the paragraph, its end) of each paragraph that opens with a name and a colon."""
    text = tree.parsed.text
    for start, end in tree.parsed.layout.paragraphs:
        match = _LABEL.match(text, start, end)
        if match is None or match.end() - start > _LONGEST_LABEL or ":" not in match.group()[len(match.group(1)) :]:
            continue
        if text[match.end()] in '«“"':
            continue  # a quotation behind a colon is read by the quotation frames
        yield match.group(1), start, end


def _spans(tree: Tree, labelled: list[tuple[str, int, int]]) -> Iterator[tuple[str, int, tuple[int, int]]]:
    text = tree.parsed.text
    for label, start, end in labelled:
        match = _LABEL.match(text, start, end)
        first = next((k for k in range(tree.n) if tree.parsed.start[k] >= start), None)
        if match is None or first is None:
            continue
        body = (match.end(), end)
        while body[1] > body[0] and text[body[1] - 1].isspace():
            body = (body[0], body[1] - 1)
        if body[1] > body[0]:
            yield label, first, body


# -------------------------------------------------------------------- without labels
@dataclass(slots=True)
class _Turn:
    """A question's paragraph and those of the answer behind it, as offsets."""

    question: tuple[int, int]
    answer: list[tuple[int, int]] = field(default_factory=list)


def _bare_answers(tree: Tree) -> list[Found]:
    """The answers to the questions, by the one person of the introduction, where enough speaks for an interview."""
    turns = _turns(tree)
    if len(turns) < _FEWEST or any(not 0 < len(turn.answer) <= _LONGEST_ANSWER for turn in turns):
        return []
    strong, signs = _signs(tree, turns)
    person = _interviewee(tree, turns[0].question[0], strong) if signs >= _ENOUGH else None
    if person is None or _told_of(tree, person, turns):
        return []
    found = []
    for turn in turns:
        cue = max(k for k in range(tree.n) if tree.parsed.end[k] <= turn.question[1])
        found.append(Found((cue, cue), "?", turn.answer, "asserts", "interview", person, score=0.7))
    return found


def _turns(tree: Tree) -> list[_Turn]:
    """The questions with their answers; of what follows the last one, only what goes on in the first person."""
    text, turns = tree.parsed.text, list[_Turn]()
    for start, end in tree.parsed.layout.paragraphs:
        while end > start and text[end - 1].isspace():
            end -= 1
        if text[start:end].endswith("?") and text[start] not in '«“"' and _words(text[start:end]) <= _LONGEST_QUESTION:
            if turns and not turns[-1].answer:
                turns[-1].question = (turns[-1].question[0], end)  # one question in two paragraphs
            else:
                turns.append(_Turn((start, end)))
        elif turns:
            turns[-1].answer.append((start, end))
    if turns:
        rest = turns[-1].answer
        kept = next(
            (n for n, span in enumerate(rest) if n and not _holds(tree, span, tree.grammar.speaking)), len(rest)
        )
        turns[-1].answer = rest[:kept]
    return turns


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _holds(tree: Tree, span: tuple[int, int], words: frozenset[str]) -> bool:
    """Whether a token of *span* that stands in no quotation is one of *words*."""
    parsed = tree.parsed
    return any(
        span[0] <= parsed.start[k] < span[1] and tree.low[k] in words and parsed.inside[k] < 0 and parsed.marked[k] < 0
        for k in range(tree.n)
    )


def _signs(tree: Tree, turns: list[_Turn]) -> tuple[bool, int]:
    """Whether the text calls itself an interview outright, and how much speaks for one in all.

    A word for a meeting says so at the head of a sentence only: what somebody said in an interview elsewhere is news.
    Who is asked must be spoken to in half of the questions, and say I or we in half of the answers.
    """
    text, grammar = tree.parsed.text, tree.grammar
    around = (text[: turns[0].question[0]] + "\n" + text[turns[-1].answer[-1][1] :]).lower().replace("’", "'")
    heads = [part.strip() for part in _SENTENCE.split(around)]
    strong = any(phrase in around for phrase in grammar.interviews)
    strong = strong or any(head.startswith(phrase) for head in heads for phrase in grammar.meetings)
    weak = any(phrase in around for phrase in grammar.meetings)
    asked = sum(_holds(tree, turn.question, grammar.spoken_to) for turn in turns)
    told = sum(any(_holds(tree, span, grammar.speaking) for span in turn.answer) for turn in turns)
    signs = (2 * asked >= len(turns)) + (2 * told >= len(turns))
    return strong, signs + (2 if strong else 1 if weak else 0)


def _interviewee(tree: Tree, before: int, strong: bool) -> int | None:
    """A token of the name of the one person whom the introduction presents: named in the headline, or alone."""
    text, names = tree.parsed.text, dict[str, list[int]]()
    for entity in tree.parsed.doc.ents:
        words = entity.text.split()
        if entity.label_ not in ("PER", "PERSON") or tree.parsed.start[entity.start] >= before or len(words) < 2:
            continue
        asks = tree.low[entity.start - 1] in tree.grammar.agent_prepositions | {"by"} if entity.start else False
        if not asks and tree.parsed.inside[entity.start] < 0:
            names.setdefault(words[-1].lower(), []).append(entity.start)
    if len(names) > 1:
        body = tree.parsed.layout.paragraphs[0][0]
        headline = text[:body].lower()
        names = {name: tokens for name, tokens in names.items() if strong and name in headline}
    return next(iter(names.values()))[0] if len(names) == 1 else None


def _told_of(tree: Tree, person: int, turns: list[_Turn]) -> bool:
    """Whether an answer names the person: then the paragraphs are told about him, not by him."""
    last = person
    while last < tree.last[person] and tree.parsed.doc[last + 1].ent_iob_ == "I":
        last += 1
    return any(_holds(tree, span, frozenset((tree.low[last],))) for turn in turns for span in turn.answer)
