"""Descriptions: le site fondé par X, le mouvement de M. Y, l'entreprise japonaise, la banque, le prévenu, the union."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model import Mention
from kg.resolve.clusters import BODIES, PLACES, Cluster
from kg.resolve.known import KnownActor, KnownActors
from kg.resolve.roles import Roles
from kg.resolve.ticker import Ticker
from kg.resolve.words import ResolveWords, fold

_CLASS_FAR, _KIND_FAR, _TRIAL_FAR = 8, 4, 15  # sentences
_FAINT = -4.0
_SAME_CLASS = 2.5  # what is known to be of the noun's class, before what may be


class Descriptions:
    """Finds the actor, named or described before, that a nominal mention takes up."""

    def __init__(
        self,
        mentions: Sequence[Mention],
        speakers: set[int],
        known: KnownActors,
        words: ResolveWords,
        language: str,
        text: str,
        ticker: Ticker,
    ) -> None:
        self.mentions, self.speakers, self.known, self.words = mentions, speakers, known, words
        self.language, self.text, self.ticker = language, text, ticker
        self.roles = Roles(mentions, speakers, words, text)
        self.guessed: set[int] = set()

    # ---------------------------------------------------------------- by what is known of the world
    def by_facts(self, index: int, owner: Cluster | None, of: dict[int, Cluster]) -> KnownActor | None:
        """The one known actor with that founder or leader: `le site fondé par X`, `le mouvement de M. Y`."""
        mention = self.mentions[index]
        if mention.guess == "Person" and mention.number != "p" and owner is not None and owner.known is not None:
            return self._head_of(owner.known, self.words.stem(fold(mention.head)), mention)
        link = self.words.founded_by.match(self.text, mention.span.end)
        people = self._people_after(link.end(), index, of) if link else owner
        if people is None or people.known is None:
            return None
        iri, noun = people.known.iri, fold(mention.head)
        found = [a for a in self.known.led_by(iri) if self._noun_fits(a, noun)]
        return found[0] if len(found) == 1 else None

    def _head_of(self, body: KnownActor, stem: str, mention: Mention) -> KnownActor | None:
        """The one founder or leader of a known body: `le fondateur de l'organisation`."""
        if mention.determiner not in ("def", "poss"):
            return None
        heads = body.founders if stem in self.words.founders else body.leaders if stem in self.words.leaders else ()
        return self.known.by_iri.get(heads[0]) if len(heads) == 1 else None

    def _people_after(self, offset: int, index: int, of: dict[int, Cluster]) -> Cluster | None:
        for other in range(index + 1, min(index + 6, len(self.mentions))):
            if other in of and 0 <= self.mentions[other].span.start - offset <= 4:
                return of[other]
        return None

    def _noun_fits(self, actor: KnownActor, noun: str) -> bool:
        return any(fold(word) == noun for language, word in actor.nouns if language in (self.language, ""))

    # ---------------------------------------------------------------- by what the text says
    def antecedent(self, index: int, active: Iterable[Cluster], owner: Cluster | None) -> Cluster | None:
        """The cluster of *active* (the latest first) that mention *index* takes up; *owner*: whom it belongs to."""
        mention = self.mentions[index]
        if mention.determiner == "indef" or mention.number == "p" and mention.determiner not in ("def", "dem"):
            return None
        everyone = list(active)
        if self.ticker and self._means_person(mention, self.words.stem(fold(mention.head))):
            found = self._taken_up(index, mention, self._of_post(mention, everyone), owner)
            if found is not None:
                return found
        return self._taken_up(index, mention, everyone, owner)

    def _taken_up(self, index: int, mention: Mention, everyone: list[Cluster], owner: Cluster | None) -> Cluster | None:
        stem = self.words.stem(fold(mention.head))
        extra = self._qualities(mention, stem)
        near = [c for c in everyone if self._agrees(c, mention) and not self._inside(c, mention)]
        if mention.of is not None or owner is not None:
            same = next((c for c in near if stem in c.nouns and self._same_owner(c, owner, extra)), None)
            placed = mention.determiner == "def" and owner is not None and owner.kind in PLACES
            return same or (self._guess(index, stem, extra, everyone) if placed else None)
        if mention.determiner not in ("def", "dem"):
            return next((c for c in near if not c.named and stem in c.nouns and extra and extra <= c.qualities), None)
        return (
            self._by_what_is_known(near, mention, extra)
            or next((c for c in near if self._same_noun(c, stem, extra)), None)
            or self._by_role(index, mention, stem, extra, near)
            or self._of_class(index, mention, stem, extra, near, everyone)
            or (self._guess(index, stem, extra, everyone) if self._means_person(mention, stem) else None)
        )

    def _by_what_is_known(self, near: list[Cluster], mention: Mention, extra: set[str]) -> Cluster | None:
        """The latest known actor of the noun; a news agency that has said nothing comes after every other agency."""
        found = [c for c in near if c.known is not None and self._described(c.known, mention, extra)]
        told = [c for c in found if c.kind != "MediaOutlet" or any(m in self.speakers for m in c.mentions)]
        return next(iter(told or found), None)

    def _of_post(self, mention: Mention, everyone: list[Cluster]) -> list[Cluster]:
        """Those of *everyone* mentioned in the ticker's post in which *mention* stands; all in another text."""
        start = mention.span.start
        return [c for c in everyone if not self.ticker.apart(self.mentions[c.last].span.start, start)]

    def _by_role(self, index: int, mention: Mention, stem: str, extra: set[str], near: list[Cluster]) -> Cluster | None:
        plain = self._means_person(mention, stem) and mention.number != "p" and not extra - self.words.past
        return self.roles.by_narrower_noun(index, stem, near) if plain else None

    def _guess(self, index: int, stem: str, extra: set[str], everyone: list[Cluster]) -> Cluster | None:
        found = self.roles.only_one(index, stem, extra, self._of_post(self.mentions[index], everyone))
        if found is not None:
            self.guessed.add(index)
        return found

    def _inside(self, cluster: Cluster, mention: Mention) -> bool:
        """Whether *mention* is part of a phrase that means *cluster*: the boss in `the boss's secretary` is another."""
        last = self.mentions[cluster.last].span
        around = [last, *(self.mentions[m].span for m in cluster.mentions[-3:])]
        return any(s.start <= mention.span.start < mention.span.end <= s.end for s in around)

    def _qualities(self, mention: Mention, stem: str) -> set[str]:
        """What a description says besides its noun."""
        skip = self.words.articles | self.words.small | self.words.ages
        return {
            w
            for w in fold(mention.span.exact).split()
            if w not in skip and self.words.stem(w) != stem and not w.isdigit()
        }

    def _same_owner(self, cluster: Cluster, owner: Cluster | None, extra: set[str]) -> bool:
        if owner is not None and cluster.owner is None and not cluster.named:
            return cluster.number == "s" and len(cluster.qualities) == 1  # la préfecture, then: la préfecture du Nord
        if owner is not None:
            theirs = owner in (cluster.owner, cluster.affiliation) if cluster.person else cluster.owner is owner
            return theirs and (not cluster.named or cluster.person)
        return not cluster.named and bool(extra) and extra <= cluster.qualities

    def _same_noun(self, cluster: Cluster, stem: str, extra: set[str]) -> bool:
        if stem not in cluster.nouns:
            return False
        known = cluster.qualities | {w for key in cluster.keys for w in key}
        return not extra or bool(extra & known) or (cluster.named and len(extra) == 1 and not cluster.qualities)

    def _of_class(
        self, index: int, mention: Mention, stem: str, extra: set[str], near: list[Cluster], everyone: list[Cluster]
    ) -> Cluster | None:
        """By the noun's class (`l'établissement` for a bank), else by kind where nothing speaks against it."""
        classes = self.words.classes_of(stem)
        intruders = mention.number == "p" and "intruders" in classes
        person = self._means_person(mention, stem) and not intruders
        inhabitant = (
            person and not classes and mention.span.exact.split("’")[-1].split("'")[-1].split()[-1][:1].isupper()
        )
        anyone = stem in self.words.person_nouns or "accused" in classes or inhabitant
        if stem in self.words.own_names:
            return None
        if person and not extra and classes & self.words.anaphoric_roles and not self.roles.another(index, stem):
            only = self._only_person(mention, everyone)
            if only is not None and only in near:
                return only
        found: list[tuple[float, Cluster]] = []
        sure: list[Cluster] = []  # firms by what was told of them
        loose_too = mention.determiner == "dem" or person or "company" in classes or "intruders" in classes
        for cluster in near:
            far = mention.sentence - self.mentions[cluster.last].sentence
            if far > (_TRIAL_FAR if "accused" in classes else _CLASS_FAR):
                break
            if (
                cluster.person != person
                and not (cluster.unsure and "company" in classes)
                or not (cluster.named or cluster.nouns)
            ):
                continue
            if not self._kinds_fit(cluster, person):
                continue
            if self.roles.clash(cluster, stem, extra) if person else self._newspaper(cluster, classes):
                continue
            theirs = cluster.classes
            salient = 0.8 * cluster.subject - (0.3 if "accused" in classes else 1.0) * far - 2.0 * cluster.quoted
            if far == 0 and cluster.subject and mention.function == "subj":
                salient -= 6.0 if index in self.speakers else 1.0  # X y voit une preuve; le groupe, lui, …
            if classes & theirs and len(extra) < 2 and not self._rival(mention, stem, cluster):
                sure += [cluster] if self.words.firm_nouns & cluster.nouns and far <= _KIND_FAR else []
                found.append((salient + _SAME_CLASS, cluster))
            elif (
                loose_too
                and far <= (_TRIAL_FAR if "accused" in classes else _KIND_FAR)
                and (not extra or (person and anyone))
                and (anyone if person else cluster.named and classes and not theirs)
            ):
                found.append((salient + 0.7 * cluster.named, cluster))
        if sure and not person:
            found = [(score, cluster) for score, cluster in found if cluster in sure]
        if any(cluster.named for _, cluster in found):
            found = [(score, cluster) for score, cluster in found if cluster.named or cluster.spoke]
        best = max(found, key=lambda pair: pair[0], default=None)
        return best[1] if best is not None and best[0] > _FAINT else None

    def _newspaper(self, cluster: Cluster, classes: frozenset[str]) -> bool:
        """Whether the name is that of a newspaper, which no noun for another body takes up: the Harbour Post."""
        return "media" not in classes and any(key and key[-1] in self.words.newspapers for key in cluster.keys)

    def _only_person(self, mention: Mention, everyone: list[Cluster]) -> Cluster | None:
        """The one person of the text so far, if he was just the subject and nothing was said of what he is."""
        persons = [c for c in everyone if c.person and c.named]
        stem = self.words.stem(fold(mention.head))
        if len(persons) == 1 and self.roles.clash(persons[0], stem, set()):
            return None
        if len(persons) != 1 or persons[0].classes or not persons[0].subject:
            return None
        return persons[0] if mention.sentence - persons[0].sentence <= 2 else None

    def _rival(self, mention: Mention, stem: str, cluster: Cluster) -> bool:
        """A person's profession takes up a namesake only from close by: two experts may speak in one text."""
        return mention.guess == "Person" and not cluster.named and stem not in cluster.nouns

    def _means_person(self, mention: Mention, stem: str) -> bool:
        if mention.guess == "Organization" and mention.number != "p":
            return stem in self.words.roles and stem not in self.words.classes  # an executive
        return mention.guess == "Person" or (
            mention.guess == "Unidentified" and (stem in self.words.roles or stem in self.words.person_nouns)
        )

    @staticmethod
    def _kinds_fit(cluster: Cluster, person: bool) -> bool:
        if person:
            return cluster.person
        if cluster.kind in PLACES or cluster.kind == "Artefact":
            return False
        return cluster.unsure or cluster.kind in BODIES or cluster.kind in ("Group", "Unidentified")

    def _agrees(self, cluster: Cluster, mention: Mention) -> bool:
        stem = self.words.stem(fold(mention.head))
        if mention.number == "p" and "intruders" in self.words.classes_of(stem) and "intruders" in cluster.classes:
            return cluster.named and cluster.kind not in PLACES and not cluster.person  # a gang: the attackers
        if (cluster.number or "s") != (mention.number or "s"):
            plural_body = mention.number != "p" and cluster.kind in BODIES and cluster.nouns & self.words.own_names
            if not plural_body:  # English police are a body of plural number
                return False
        if mention.guess == "Person" and cluster.kind in BODIES | PLACES:
            return False
        if mention.guess in ("Organization", "Artefact") and cluster.person:
            firm = cluster.unsure and "company" in self.words.classes_of(stem)
            return firm or self._means_person(mention, stem)
        return not (cluster.gender and mention.gender and cluster.person and cluster.gender != mention.gender)

    def _described(self, actor: KnownActor, mention: Mention, extra: set[str]) -> bool:
        """Whether the noun, and its nationality or sector if it tells one, describe *actor*."""
        if not self._noun_fits(actor, fold(mention.head)):
            return False
        countries = [self.known.by_iri[c] for c in actor.countries if c in self.known.by_iri]
        told = {fold(w) for c in countries for language, w in c.adjectives if language in (self.language, "")}
        told |= {w for language, s in actor.sectors if language in (self.language, "") for w in fold(s).split()}
        return not extra or any(w in told or w.rstrip("s") in told for w in extra)
