"""Pronouns: the nearest actor that agrees, subjects and speakers first."""

from __future__ import annotations

from collections.abc import Sequence

from kg.iris import fold
from kg.model import Mention
from kg.resolve.clusters import BODIES, PLACES, Cluster

_FAR = 3  # sentences
_SINGULAR_PERSON = frozenset(("he", "she", "his", "her", "him"))
_THING = frozenset(("it", "its"))
_PLURAL = frozenset("ils elles eux leur leurs they them their -t-ils -t-elles -ils -elles ceux celles".split())
_MASCULINE = frozenset("il lui -il -t-il celui-ci celui he him his".split())
_FEMININE = frozenset("elle -elle -t-elle celle-ci celle she her".split())
UNNAMED = frozenset("on -on -t-on t-on certains certaines beaucoup plusieurs some many others d'autres quelqu'un".split())


def antecedent(index: int, mentions: Sequence[Mention], clusters: list[Cluster], speakers: set[int]) -> Cluster | None:
    """The cluster that the pronoun *index* means; *speakers* are the mentions that speak somewhere in the document."""
    mention = mentions[index]
    word = fold_pronoun(mention.span.exact)
    best: tuple[float, Cluster] | None = None
    for cluster in clusters:
        last = cluster.last_before(index)
        if last < 0 or not _agrees(cluster, word, mention):
            continue
        far = mention.sentence - mentions[last].sentence
        if far > _FAR:
            continue
        score = -2.0 * far + _salience(cluster, index, mentions, speakers) + last / (index + 1)
        if best is None or score > best[0]:
            best = (score, cluster)
    return best[1] if best else None


def fold_pronoun(text: str) -> str:
    return text.lower().replace("’", "'")


def _salience(cluster: Cluster, index: int, mentions: Sequence[Mention], speakers: set[int]) -> float:
    recent = [m for m in cluster.mentions if m < index and mentions[index].sentence - mentions[m].sentence <= _FAR]
    score = 0.0
    last = max(recent)
    if mentions[last].function == "subj":
        score += 1.5
    if last in speakers:
        score += 1.2
    if mentions[last].quoted:
        score -= 2.0
    if cluster.person:
        score += 0.6
    return score


def _agrees(cluster: Cluster, word: str, mention: Mention) -> bool:
    kind = cluster.kind
    if word in UNNAMED:
        return False
    if word in _PLURAL:
        return cluster.number == "p" or kind == "Group" or (kind in BODIES and word in ("they", "them", "their"))
    if cluster.number == "p" and not cluster.named:
        return False
    if word in _SINGULAR_PERSON:
        wanted = "f" if word in _FEMININE else "m"
        return kind == "Person" and (not cluster.gender or cluster.gender == wanted)
    if word in _THING:
        return kind in BODIES | PLACES | {"Group", "Artefact"}
    if kind in PLACES and cluster.known is None:
        return False
    if kind == "Unidentified" and cluster.named:
        return False
    if word in _FEMININE:
        return cluster.gender in ("f", "") if kind == "Person" else cluster.gender != "m"
    if word in _MASCULINE:
        return cluster.gender in ("m", "") if kind == "Person" else cluster.gender != "f"
    return True


__all__ = ["UNNAMED", "antecedent", "fold", "fold_pronoun"]
