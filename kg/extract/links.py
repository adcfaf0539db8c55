"""Which description belongs to which name: apposition in both directions, brackets, and words that lead to a name.

``Maud Keller, directrice adjointe,`` · ``Son délégué, Bruno Azaïs,`` · ``l'économiste Paul Mazeau`` ·
``l'agence (ARC)`` · ``un groupe se faisant appeler X``.  Read from the words between the phrases: the parser
misplaces half of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.extract.phrase_words import PhraseWords
from kg.extract.tree import Tree

Phrase = tuple[int, int]
_STOPS = frozenset((",", ".", ";", ":", ")", "(", "!", "?", "–", "—", "…"))


class Links:
    """Finds the name that stands in apposition to a phrase; *names* leads from a token to the name it lies in."""

    def __init__(self, tree: Tree, words: PhraseWords, names: Mapping[int, Phrase]) -> None:
        self.tree, self.words, self.names = tree, words, names

    def name_of(self, head: int, phrase: Phrase, bare: bool, several: bool) -> Phrase | None:
        """The name to which *phrase* belongs; *bare*: it has no determiner; *several*: it means more than one."""
        if several:
            return self._led_to(phrase)
        return self._behind(head, phrase) or self._before(phrase, bare) or self._led_to(phrase)

    def _behind(self, head: int, phrase: Phrase) -> Phrase | None:
        """`le syndicat X`, `son délégué, X,`, `the group (X)`."""
        last, stop, low = phrase[1], self.tree.last[head], self.tree.low
        at = self._past_bracket(last + 1, stop)
        if at <= stop and at in self.names and self.names[at][0] == at:
            return self.names[at]
        if at < stop and self.tree.rel[at] == "acl" and low[at + 1] in self.words.loose_complements:
            at += 1  # le ministre délégué au Commerce
        if at < stop and low[at] in self.words.loose_complements:
            at = next((k for k in range(at + 1, min(at + 7, stop) + 1) if not self._nounish(k)), at)
        if at >= stop or low[at] not in (",", "("):
            return None
        if at + 1 not in self.names:
            return self._titled(at + 1, stop)
        name = self.names[at + 1]
        if name[0] != at + 1:
            return None
        if name[1] + 2 in self.names and low[name[1] + 1] in ("'s", "’s"):
            name = self.names[name[1] + 2]  # his rival, the party's X,
        follow = name[1] + 1
        while follow < stop and low[follow] in self.words.postnominals:
            follow += 1
        if low[at] == "(":
            return name if follow <= stop and low[follow] == ")" else None
        if follow > stop or low[follow] in (".", ":", ")", ";", "!", "?", "…"):
            return name
        if low[follow] == ",":
            return name if not self._lists(name, follow, stop) else None
        if low[follow] in self.words.complements and self._set_off(follow, stop):
            return name  # one analyst, X of the institute, said
        return name if low[follow] in self.words.relatives or low[follow] == "(" else None

    def _nounish(self, k: int) -> bool:
        """Whether token *k* can lie in a complement: `le ministre délégué au Commerce extérieur, X`."""
        return self.tree.pos[k] in ("DET", "ADJ", "NOUN", "PROPN", "ADP", "CCONJ", "X", "NUM", "PRON")

    def _past_bracket(self, at: int, stop: int) -> int:
        """Past a party or place in brackets between a title and the name: `le maire (DVG) X`."""
        if at > stop or self.tree.low[at] != "(":
            return at
        close = next((k for k in range(at + 1, min(at + 5, stop) + 1) if self.tree.low[k] == ")"), None)
        return close + 1 if close is not None and close + 1 in self.names else at

    def _titled(self, at: int, stop: int) -> Phrase | None:
        """The name behind a second description: `his rival, the senator X, said`."""
        for k in range(at, min(at + 6, stop) + 1):
            titled = k in self.names and (self.tree.pos[k - 1] == "NOUN" or self.tree.low[k] in self.words.civil)
            if titled and self.names[k][0] == k and k > at:
                end = self.names[k][1] + 1
                return self.names[k] if end <= stop and self.tree.low[end] == "," else None
            if self.tree.pos[k] not in ("DET", "ADJ", "NOUN", "PROPN"):
                return None
        return None

    def _set_off(self, at: int, stop: int) -> bool:
        """Whether a comma closes the complement that begins at *at*."""
        return any(self.tree.low[k] == "," for k in range(at + 1, min(at + 6, stop) + 1))

    def _lists(self, name: Phrase, comma: int, stop: int) -> bool:
        """Whether the name is one of an enumeration: `le maire, X, Y et Z`."""
        after = comma + 1
        if after > stop or after not in self.names or self.names[after][0] != after:
            return False
        end = self.names[after][1] + 1
        return end <= stop and (self.tree.low[end] in self.words.joiners or self.tree.low[end] == ",")

    def _before(self, phrase: Phrase, bare: bool) -> Phrase | None:
        """`X, directrice adjointe,` and `X, le président du club,`: set off on both sides."""
        tree, first, last = self.tree, *phrase
        start, stop = tree.first[first], tree.last[first]
        at = first - 1
        if at - 1 < start or tree.low[at] not in (",", "("):
            return None
        before = at - 1
        if tree.low[before] == ")":
            before = next((k for k in range(before, start - 1, -1) if tree.low[k] == "("), start) - 1
        if before not in self.names or self.names[before][1] != before:
            return None
        follow = last + 1
        if follow > stop or tree.low[follow] in _STOPS:
            return self.names[before]
        if bare or tree.low[follow] in self.words.relatives:
            return self.names[before]
        participle = (
            tree.pos[follow] in ("VERB", "ADJ")
            and not tree.finite(follow)
            and tree.low[follow] not in tree.grammar.auxiliaries
        )
        return self.names[before] if participle or tree.pos[follow] == "ADP" else None

    def _led_to(self, phrase: Phrase) -> Phrase | None:
        """`un groupe se faisant appeler X`, `its editor, known only as X`."""
        tree, last = self.tree, phrase[1]
        stop = tree.last[last]
        for at in range(last + 1, min(stop, last + 4) + 1):
            for words in self.words.naming:
                end = at + len(words)
                if end > stop or tuple(tree.low[at:end]) != words:
                    continue
                for name in range(end, min(stop, end + 2) + 1):
                    if name in self.names:
                        return self.names[name]
                return None
            if (
                tree.pos[at] in ("VERB", "AUX")
                and tree.rel[at] in ("root", "ccomp")
                and tree.low[at] not in tree.grammar.be
            ):
                return None
        return None

    def quoted_names(self) -> Iterator[Phrase]:
        """Names in quotation marks or in lower case behind words that lead to one: `sous le nom de “kobold_77”`."""
        tree = self.tree
        firsts = {words[0] for words in self.words.naming if len(words) > 1}
        for at in range(tree.n):
            if tree.low[at] not in firsts:
                continue
            for words in self.words.naming:
                end = at + len(words)
                if len(words) == 1 or end > tree.last[at] or tuple(tree.low[at:end]) != words:
                    continue
                mark = tree.parsed.marked[end]
                if end in self.names or mark < 0:
                    break
                last = end
                while last < tree.last[at] and tree.parsed.marked[last + 1] == mark:
                    last += 1
                if last - end < 4:
                    yield end, last
                break
