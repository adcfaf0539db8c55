"""Groups some of whose members are named: ``plusieurs élus, dont X et Y, réclament``, ``the trustees, among them X,``.

Parsers take a member for the subject; who speaks is the group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.extract.phrase_words import PhraseWords
from kg.extract.tree import Tree

_CLOSING = frozenset((",", ")", "–", "—", "."))


class Members:
    """Finds the stretches of members; *names* leads from a token to the name it lies in."""

    def __init__(self, tree: Tree, words: PhraseWords, names: Mapping[int, tuple[int, int]]) -> None:
        self.tree, self.words, self.names = tree, words, names
        self._groups: dict[int, int] | None = None

    def group_end(self, token: int) -> int | None:
        """The last token of the group's phrase, if *token* lies among the members that are told of a group."""
        if self._groups is None:
            self._groups = {k: end for end, first, last in self._stretches() for k in range(first, last + 1)}
        return self._groups.get(token)

    def _stretches(self) -> Iterator[tuple[int, int, int]]:
        """``(last token of the group, first, last token of its members)``, for each stretch."""
        low = self.tree.low
        for at in range(self.tree.n):
            if low[at] not in (",", "(", "–", "—") or at == self.tree.first[at]:
                continue
            for words in self.words.membership:
                first = at + 1 + len(words)
                if first <= self.tree.last[at] and tuple(low[at + 1 : first]) == words:
                    last = self._members_end(first, self.tree.last[at])
                    if last is not None and not self._single(last):
                        yield at - 1, first, last
                    break

    def _members_end(self, first: int, stop: int) -> int | None:
        """The last member's last token: names, with what describes them, and nothing that says anything."""
        tree, last = self.tree, None
        for k in range(first, stop + 1):
            if k in self.names:
                last = k
            elif tree.low[k] in _CLOSING and last is not None and not self._goes_on(k, stop):
                return last
            elif tree.finite_verb(k) or tree.low[k] in (";", ":") or tree.parsed.quote[k] >= 0:
                return None
        return last

    def _single(self, last: int) -> bool:
        """Whether the next finite verb is of the singular: les plaignants, dont l'avocat, Me X, se dit confiant."""
        tree = self.tree
        verb = next((k for k in range(last + 1, tree.last[last] + 1) if tree.finite_verb(k)), None)
        return verb is not None and tree.grammar.language != "en" and tree.morph(verb, "Number") == "Sing"

    def _goes_on(self, comma: int, stop: int) -> bool:
        """Whether another name follows behind the comma, with nothing but its description before it."""
        tree = self.tree
        if tree.low[comma] != ",":
            return False
        for k in range(comma + 1, min(stop, comma + 6) + 1):
            if k in self.names:
                return True
            if tree.pos[k] not in ("DET", "ADJ", "NOUN") and tree.low[k] not in self.words.joiners:
                return False
        return False
