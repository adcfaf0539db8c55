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
from kg.extract.claims.inserted import inserted
from kg.extract.claims.occurrence import occurrence
from kg.extract.tree import Tree

_LABEL = re.compile(
    r"(?:[-–—•]\s*)?([A-ZÀ-Ý][\w.'’-]*(?:[ \u00a0](?:[A-ZÀ-Ý][\w.'’-]*|d[eu]|van|von|la|le)){0,4})\s?[:.]\s+(?=\S)"
)
_LONGEST_LABEL = 45  # characters
_LONGEST_QUESTION = 70  # words
_LONGEST_ANSWER = 6  # paragraphs
_FEWEST = 2  # questions
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
    strong = _called_interview(tree, turns)
    if not (strong or _reads_as_interview(tree, turns)) or _reported(tree, turns):
        return []
    person = _interviewee(tree, turns[0].question[0], strong)
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


def _around(tree: Tree, turns: list[_Turn]) -> str:
    """What stands before the first question and behind the last answer, in lower case."""
    text = tree.parsed.text
    return (text[: turns[0].question[0]] + "\n" + text[turns[-1].answer[-1][1] :]).lower().replace("’", "'")


def _called_interview(tree: Tree, turns: list[_Turn]) -> bool:
    """Whether the text calls itself an interview: a word for a meeting does so at the head of a sentence only, for what
    somebody said in an interview elsewhere is news."""
    around = _around(tree, turns)
    heads = [part.strip() for part in _SENTENCE.split(around)]
    return any(phrase in around for phrase in tree.grammar.interviews) or any(
        head.startswith(phrase) for head in heads for phrase in tree.grammar.interview_heads | tree.grammar.meetings
    )


def _reads_as_interview(tree: Tree, turns: list[_Turn]) -> bool:
    """Whether somebody is spoken to and answers with I or we: in half of the turns, or in fewer where a meeting is
    told of."""
    asked = sum(_holds(tree, turn.question, tree.grammar.spoken_to) for turn in turns)
    told = sum(any(_holds(tree, span, tree.grammar.speaking) for span in turn.answer) for turn in turns)
    met = any(phrase in _around(tree, turns) for phrase in tree.grammar.meetings)
    return asked > 0 and 2 * told >= len(turns) and (met or 2 * asked >= len(turns))


def _reported(tree: Tree, turns: list[_Turn]) -> bool:
    """Whether an answer is reported: Avant l'été, a assuré la ministre. Nobody who speaks says so of another."""
    spans = [span for turn in turns for span in turn.answer]
    for verb in range(tree.n):
        start = tree.parsed.start[verb]
        if not tree.verb[verb] or tree.parsed.inside[verb] >= 0 or not any(a <= start < b for a, b in spans):
            continue
        occ = occurrence(tree, verb)
        cue = any("quote" in c.frames for c in tree.grammar.lexicon.verbs.get(occ.lemma, ()))
        group = range(tree.subtree(verb)[0], tree.subtree(verb)[1] + 1)
        first = any(tree.low[k] in tree.grammar.speaking and tree.rel[k] == "subj" for k in tree.kids[verb])
        if cue and not first and len(group) > 1 and (inserted(tree, occ) or _trails(tree, verb)):
            return True
    return False


def _trails(tree: Tree, verb: int) -> bool:
    """Whether the verb ends its sentence behind a comma and its subject: Before the summer, the minister said."""
    own = next((k for k in tree.kids[verb] if tree.rel[k] == "subj" and k < verb), None)
    low = tree.noun_phrase(own)[0] if own is not None else tree.first[verb]
    return own is not None and low > tree.first[verb] and tree.low[low - 1] == "," and tree.last[verb] - verb <= 1


def _interviewee(tree: Tree, before: int, strong: bool) -> int | None:
    """A token of the name of the one person whom the introduction presents: named in the headline, or alone."""
    text, names = tree.parsed.text, dict[str, list[int]]()
    for first, last in _persons(tree, before):
        asks = tree.low[first - 1] in tree.grammar.agent_prepositions if first > tree.first[first] else False
        if not asks and tree.parsed.inside[first] < 0:
            names.setdefault(tree.low[last], []).append(first)
    if len(names) > 1:
        body = tree.parsed.layout.paragraphs[0][0]
        headline = text[:body].lower()
        names = {name: tokens for name, tokens in names.items() if strong and name in headline}
    return next(iter(names.values()))[0] if len(names) == 1 else None


def _persons(tree: Tree, before: int) -> Iterator[tuple[int, int]]:
    """First and last token of each full name of a person before the offset *before*: the model's persons, and capitals
    in a row that it took for nothing."""
    doc = tree.parsed.doc
    token = 0
    while token < tree.n and tree.parsed.start[token] < before:
        kind = doc[token].ent_type_
        person = kind in ("PER", "PERSON")
        free = kind in ("", "PRODUCT") and tree.pos[token] == "PROPN" and tree.word[token][:1].isupper()
        last = token
        while (person or free) and last < tree.last[token] and _goes_on(tree, last + 1, kind if person else ""):
            last += 1
        if last > token and not any(tree.grammar.speaks(tree.low[k]) for k in range(token, last + 1)):
            yield token, last
        token = last + 1


def _goes_on(tree: Tree, token: int, kind: str) -> bool:
    entity = tree.parsed.doc[token]
    if kind:
        return entity.ent_type_ == kind and entity.ent_iob_ == "I"
    return entity.ent_type_ in ("", "PRODUCT") and tree.pos[token] == "PROPN" and tree.word[token][:1].isupper()


def _told_of(tree: Tree, person: int, turns: list[_Turn]) -> bool:
    """Whether an answer names the person: then the paragraphs are told about him, not by him."""
    last = next(last for first, last in _persons(tree, tree.parsed.end[-1]) if first == person)
    return any(_holds(tree, span, frozenset((tree.low[last],))) for turn in turns for span in turn.answer)
