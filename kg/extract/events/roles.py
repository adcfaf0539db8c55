"""Who took part: the arguments of a trigger, by the syntax around it, in the roles that its entry gives them."""

from __future__ import annotations

from collections.abc import Container

from kg.extract.entries import Trigger
from kg.extract.events.modality import shell
from kg.extract.events.words import Factuality
from kg.extract.tree import Tree

_PLACES = frozenset(("LOC", "GPE", "FAC"))
_PARTIES = frozenset(("PER", "PERSON", "ORG", "GPE", "LOC", "NORP"))
_NOT_PARTIES = frozenset(("NUM", "SYM", "ADJ", "ADV"))


class Cast:
    """Finds the participants of the triggers of one document."""

    def __init__(self, tree: Tree, words: Factuality, things: frozenset[str], triggers: Container[int]) -> None:
        self.tree, self.words, self.things, self.triggers = tree, words, things, triggers
        self.entity = {t.i: t.ent_type_ for t in tree.parsed.doc if t.ent_type_}

    def roles(self, token: int, entry: Trigger) -> list[tuple[str, int]]:
        """``(role, head token)`` of each participant, in the order of the entry's roles."""
        found: list[tuple[str, int]] = []
        for argument, role in entry.roles:
            for at in self._argument(token, argument):
                head = self._cast(role, at)
                if head is None and role == "target" and entry.kind == "Arrest" and self._is_somebody(at):
                    head = at
                if head in self.triggers:
                    continue
                if head is not None and role == "agent" and entry.kind == "Election" and not self._runs(head):
                    continue
                if head is not None and (role, head) not in found:
                    found.append((role, head))
        return found

    def _is_party_noun(self, head: int) -> bool:
        sources = self.tree.grammar.lexicon.sources
        found = [*sources.get(self.tree.lemma[head], ()), *sources.get(self.tree.low[head], ())]
        return any(source.kind != "document" for source in found)

    def doers(self, token: int, entry: Trigger) -> list[int]:
        """The heads of the agent, party or not."""
        return [head for argument, role in entry.roles if role == "agent" for head in self._argument(token, argument)]

    def _is_somebody(self, head: int) -> bool:
        """Whether an arrested noun is a person: thieves are arrested, ages and numbers are not."""
        return self.tree.pos[head] == "NOUN" and self.tree.nominal(head) and not self._temporal(head)

    def _runs(self, head: int) -> bool:
        """Whether somebody may stand for election: no country or town."""
        tree = self.tree
        if tree.pos[head] in ("PROPN", "PRON"):
            return self.entity.get(head, "") not in _PLACES
        sources = tree.grammar.lexicon.sources.get(tree.lemma[head], ())
        return any(source.kind in ("person", "group") for source in sources)

    def _cast(self, role: str, at: int) -> int | None:
        """The party that *at* stands for in *role*: what he owns may suffer for him, but acts not in his name."""
        if role == "place":
            return self._place(at)
        if role == "instrument":
            return at if self.tree.pos[at] == "PROPN" and self.entity.get(at, "") not in _PARTIES else None
        return self.party(at, 3 if role == "target" else 0)

    def _by_participle(self, token: int) -> list[int]:
        """Who did it, by a participle: ``un sondage publié par l'institut``."""
        tree = self.tree
        return [
            head
            for k in tree.kids[token]
            if tree.rel[k] == "acl" and tree.pos[k] in ("VERB", "ADJ")
            for head in self._agent(k)
        ]

    def undergoers(self, token: int, entry: Trigger) -> list[int]:
        """The heads of what the trigger is done to, party or not."""
        if entry.part == "verb":
            return self._argument(token, "obj")
        return self.complements(token)

    def complements(self, head: int) -> list[int]:
        """The noun's complements with ``de`` or ``of``."""
        return self._complements(head, self.words.prepositions.get("de") or self.words.prepositions["of"], by=False)

    def _place(self, head: int) -> int | None:
        return head if self.entity.get(head) in _PLACES and self.tree.pos[head] == "PROPN" else None

    def party(self, head: int, depth: int = 3) -> int | None:
        """*head* if it can be a party, else the party whose thing it is: ``les serveurs du club`` → the club."""
        tree = self.tree
        if tree.parsed.quote[head] >= 0 or tree.pos[head] in _NOT_PARTIES or self._temporal(head):
            return None
        if self.entity.get(head, "") in _PARTIES or (tree.pos[head] == "PROPN" and head not in self.entity):
            return head
        if tree.pos[head] == "PRON":
            spoken = tree.low[head] in tree.grammar.first_person
            return head if tree.low[head] in tree.grammar.subject_pronouns and not spoken else None
        if tree.low[head] in tree.grammar.possessive or self._is_party_noun(head):
            return head
        if tree.lemma[head] not in self.things and tree.low[head] not in self.things:
            return None
        owners = [
            k for k in tree.kids[head]
            if k < head and (tree.rel[k] in ("poss", "compound") or tree.low[k] in tree.grammar.possessive)
        ]  # fmt: skip
        owners += self.complements(head)
        parties = (self.party(k, depth - 1) for k in owners) if depth else ()
        return next((k for k in parties if k is not None), None)

    def _argument(self, token: int, argument: str) -> list[int]:
        if self._suffered(token) and argument in ("subj", "a"):
            return self._agent(token) if argument == "subj" else self._kids(self.tree.head[token], "subj")
        if argument == "subj":
            return self._with_conjuncts(self._agent(token) if self.passive(token) else self._subject(token))
        if argument == "obj":
            return self._with_conjuncts(self._undergoer(token) if self.passive(token) else self._kids(token, "obj"))
        if argument == "poss":
            return self._kids(token, "poss") or [
                k for k in self.tree.kids[token] if self.tree.low[k] in self.tree.grammar.possessive
            ]
        if argument == "compound":
            return [k for k in self._kids(token, "compound") if self.tree.pos[k] == "PROPN" or k in self.entity]
        by = argument in ("par", "by")
        found = self._complements(token, self.words.prepositions.get(argument, frozenset()), by)
        return found or (self._by_participle(token) if by else [])

    def _kids(self, token: int, *relations: str) -> list[int]:
        tree, auxiliary = self.tree, shell(self.tree, token)
        kids = tree.kids[token] if auxiliary == token else [k for k in tree.kids[auxiliary] if k != token]
        return [k for k in kids if tree.rel[k] in relations and tree.parsed.quote[k] < 0]

    def _with_conjuncts(self, heads: list[int]) -> list[int]:
        return heads + [k for head in heads for k in self._kids(head, "conj") if self.tree.nominal(k)]

    def _suffered(self, token: int) -> bool:
        """``X s'est fait dérober ses dossiers``: X is the one to whom it was done."""
        tree, up = self.tree, self.tree.head[token]
        lemma = tree.lemma[up] in self.words.causatives
        return lemma and any(tree.low[k] in tree.grammar.reflexives for k in tree.kids[up])

    def passive(self, token: int) -> bool:
        """Whether the verb is passive, or a participle that modifies the noun that undergoes it."""
        tree = self.tree
        if any(tree.rel[k] == "auxpass" for k in tree.kids[token]):
            return True
        if tree.morph(token, "VerbForm") == "Inf" or any(tree.rel[k] == "aux" for k in tree.kids[token]):
            return False
        if tree.rel[token] == "conj":
            first = tree.head[token]
            if any(tree.rel[k] == "aux" for k in tree.kids[first]) and not any(
                tree.rel[k] == "auxpass" for k in tree.kids[first]
            ):
                return False  # a revendiqué l'attaque et menacé de publier
        past = tree.morph(token, "Tense") == "Past" and tree.morph(token, "VerbForm") == "Part"
        return tree.rel[token] in ("acl", "amod", "advcl", "conj", "dep") and (
            past or tree.rel[token] == "amod" or tree.pos[token] == "ADJ"
        )

    def _subject(self, token: int) -> list[int]:
        tree, at = self.tree, shell(self.tree, token)
        for _ in range(4):
            own = [self._antecedent(k, at) for k in self._kids(at, "subj")]
            if own:
                return own
            if tree.rel[at] == "xcomp" and (objects := self._kids(tree.head[at], "obj", "iobj")):
                return objects  # aider X à pénétrer, urge X to publish
            if tree.rel[at] == "conj" or (
                tree.rel[at] in ("xcomp", "advcl") and tree.pos[tree.head[at]] in ("VERB", "AUX")
            ):
                at = tree.head[at]
            elif tree.rel[at] == "acl":
                return [tree.head[at]]
            else:
                break
        if tree.rel[at] in ("pcomp",) or tree.rel[at] == "xcomp":
            return self._controller(at)
        return []

    def _controller(self, at: int) -> list[int]:
        """The object, or the passive subject, of the verb above: ``accused X of breaking into``."""
        tree = self.tree
        up = tree.head[tree.head[at]] if tree.rel[at] == "pcomp" else tree.head[at]
        return self._kids(up, "obj") or [self._antecedent(k, up) for k in self._kids(up, "subj")]

    def _antecedent(self, subject: int, verb: int) -> int:
        tree = self.tree
        if tree.rel[verb] in ("relcl", "acl") and tree.low[subject] in tree.grammar.relatives_subject:
            return tree.head[verb]
        return subject

    def _undergoer(self, token: int) -> list[int]:
        tree = self.tree
        if tree.rel[token] in ("acl", "amod") and not self._kids(token, "subj"):
            return [tree.head[token]]
        before = token - 2
        if (
            tree.rel[token] == "advcl"
            and before >= tree.first[token]
            and tree.low[token - 1] == ","
            and tree.nominal(before)
        ):
            return [tree.head[before] if tree.rel[before] == "flat" else before]  # X, publié en avril par Y
        found = self._subject(token)
        up = tree.head[token]
        # X, 38 ans, a été arrêté: the age passes for the subject
        if tree.pos[up] == "PROPN" and (not found or all(self._temporal(head) for head in found)):
            return [up]
        return found

    def _agent(self, token: int) -> list[int]:
        return self._complements(token, self.words.prepositions.get("par") or self.words.prepositions["by"], by=True)

    def _complements(self, token: int, forms: frozenset[str], by: bool) -> list[int]:
        tree = self.tree
        found = []
        for kid in tree.kids[token]:
            case = tree.kid(kid, "case")
            if (
                tree.rel[kid] in ("nmod", "obl", "agent", "obj", "iobj")
                and case is not None
                and tree.low[case] in forms
            ):
                found.append(kid)
            elif tree.rel[kid] in ("prep", "agent") and tree.low[kid] in forms:
                found.extend(self._kids(kid, "pobj"))
            elif tree.rel[kid] == "acl" and tree.low[kid] in forms:
                found.extend(self._kids(kid, "obj"))
            elif by and tree.rel[kid] == "agent" and tree.nominal(kid):
                found.append(kid)
        return self._with_conjuncts(found)

    def _temporal(self, head: int) -> bool:
        tree = self.tree
        return tree.low[head] in tree.grammar.temporal or tree.low[head].isdigit()
