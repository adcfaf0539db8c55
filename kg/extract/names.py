"""All names of a document: the model's entities, the known names, and the capitals that both missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.entities import Entities, Name
from kg.extract.name_kinds import decided
from kg.extract.name_spans import NameSpans
from kg.extract.tree import Tree

__all__ = ["Name", "Names"]


class Names:
    """Finds the names of one document."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.entities = Entities(tree)
        self.words, self.sources, self.cap = self.entities.words, self.entities.sources, self.entities.cap
        self.spans = NameSpans(self.entities)
        self.taken: set[int] = set()

    def find(self, known: Iterable[tuple[int, int]]) -> list[Name]:
        """All names, none overlapping: longer before shorter, known before guessed where they cover the same words."""
        entities = self.spans.again([self.spans.whole(name) for name in self.entities.all()])
        found: list[Name] = []
        wide = {k: name for name in entities for k in range(name.first, name.last + 1)}
        for first, last in known:
            around = wide.get(first)
            article = first < last and self.tree.low[first] in self.tree.grammar.definite
            if article and (behind := wide.get(first + 1)) is not None and behind.last > last:
                continue  # The Independent, in the Independent Electoral Commission
            inside = around is not None and around.first <= first <= last <= around.last
            if first == last and self.spans.branch(first):
                continue  # Tarvel UK
            if inside and around is not None and around.last - around.first > last - first:
                continue  # a known name is part of a longer one: Washington in The Washington Post
            self._take(found, Name(first, last, "Unidentified", "gazetteer"))
        for name in entities:
            self._take(found, name)
        for name in list(self._capitals()):
            self._take(found, self.spans.whole(name))
        found += self._again(found)
        found = [name for name in found if name.first < name.last or self._names_somebody(name.first)]
        return decided(self.entities, found)

    def _names_somebody(self, token: int) -> bool:
        low = self.tree.low[token]
        ranks = self.words.postnominals
        return not (
            low in self.words.not_names
            or low in ranks
            or low in self.words.demonstratives
            or low in self.words.pronouns
        )

    def _take(self, found: list[Name], name: Name) -> None:
        span = range(name.first, name.last + 1)
        if not any(k in self.taken for k in span):
            found.append(name)
            self.taken.update(span)

    def _again(self, found: list[Name]) -> list[Name]:
        """Names met again where nothing but the words themselves tell that they are names."""
        tree = self.tree
        known: dict[str, dict[tuple[str, ...], str]] = {}
        for name in found:
            words = tuple(tree.word[name.first : name.last + 1])
            if len(words) > 1 or len(words[0]) > 3:
                known.setdefault(words[0], {})[words] = name.guess
        again: list[Name] = []
        for token, word in enumerate(tree.word):
            if not self.cap[token] or token in self.taken or tree.parsed.quote[token] >= 0:
                continue
            for words, guess in sorted(known.get(word, {}).items(), key=lambda pair: -len(pair[0])):
                if tuple(tree.word[token : token + len(words)]) == words:
                    self._take(again, Name(token, token + len(words) - 1, guess, "again"))
                    break
        return again

    # ---------------------------------------------------------------- capitals the model missed
    def _capitals(self) -> Iterator[Name]:
        tree, token = self.tree, 0
        while token < tree.n:
            if not self._opens(token):
                token += 1
                continue
            last = token
            while (longer := self._follows(last)) is not None:
                last = longer
            ends = tree.low[last] in self.spans.words.endings | self.spans.words.bodies
            token, first = last + 1, self.entities.untitled(token, last, "Organization" if ends else "Person")
            if self.entities.is_name(first, last) and not (first == last and self.sources.get(tree.low[first])):
                yield Name(first, last, "Unidentified", "capitals")

    def _opens(self, token: int) -> bool:
        tree = self.tree
        if not self.cap[token] or token in self.taken:
            return False
        if tree.parsed.quote[token] >= 0 or tree.parsed.marked[token] >= 0:
            return False
        if token > tree.first[token] and self.spans.behind_body(token):
            return True
        if token == tree.first[token]:
            two = token < tree.last[token] and self.cap[token + 1] and tree.pos[token + 1] == "PROPN"
            return tree.pos[token] == "PROPN" and (two or tree.rel[token] in ("subj", "root"))
        if tree.pos[token] not in ("PROPN", "NOUN", "X") or tree.low[token] in tree.grammar.temporal:
            return False
        return tree.low[token] not in tree.grammar.determiners

    def _follows(self, last: int) -> int | None:
        """The token up to which a name that ends at *last* goes on: `IT` is no part of `IT Danuta …`, `-Hale` is."""
        tree, follow = self.tree, last + 1
        if follow > tree.last[last] or follow in self.taken:
            return None
        acronym = tree.word[last].isupper() and len(tree.word[last]) > 1 and not tree.word[follow].isupper()
        if self.cap[follow] and tree.pos[follow] in ("PROPN", "NOUN", "ADJ", "X") and not acronym:
            return follow
        if follow == tree.last[last] or not self.cap[follow + 1]:
            return None
        if tree.low[follow] == "&":
            return follow + 1
        hyphen = tree.low[follow] == "-" and self.entities.glued(last, follow + 1)
        initial = tree.low[follow] == "." and len(tree.word[last]) == 1 and len(tree.word[follow + 1]) <= 2
        return follow + 1 if hyphen or initial else None
