"""Resolution in a document, on texts marked by hand: `[words]{features}` is a mention, so no parser is needed."""

from __future__ import annotations

import re

import pytest

from kg.model import Document, Draft, DraftClaim, Extraction, Layout, Mention, Span
from kg.resolve.document import resolve
from kg.resolve.known import KnownActors
from kg.resolve.ticker import Ticker

_MARK = re.compile(r"\[([^\]]+)\]\{([^}]*)\}")
_KINDS = {"P": "Person", "O": "Organization", "G": "Group", "L": "Place", "A": "Artefact", "?": "Unidentified"}


def _draft(marked: str, language: str = "fr") -> Draft:
    """A draft of *marked*: kind (n name, d description, p pronoun), guess, then features `key=value`; `s` = speaks.

    `apposed` and `of` count mentions from the one marked, `+1` being the next; `def`, `indef`, `poss` are determiners,
    `m` and `f` genders.  Whatever tells no number is singular.
    """
    text, mentions, speakers = "", [], []
    at = 0
    for index, match in enumerate(_MARK.finditer(marked)):
        text += marked[at : match.start()]
        at = match.end()
        start = len(text)
        text += match[1]
        kind, guess, *rest = match[2].split()
        features: dict[str, object] = {}
        for item in rest:
            key, _, value = item.partition("=")
            if key == "s":
                speakers.append(index)
            elif not value:
                features["determiner" if key in ("def", "indef", "poss") else "gender"] = key
            elif key in ("apposed", "of"):
                features[key] = index + int(value)
            else:
                features[key] = value
        words = match[1].replace("’", "'").replace("'", "' ").split()
        head = str(features.pop("head", words[-1] if kind != "n" else words[-1])).lower()
        sentence = text[:start].count(".")
        span = Span(start, len(text), match[1])
        told = {"function": "subj", "number": "" if kind == "n" else "s", **features}
        form = {"n": "proper", "d": "nominal", "p": "pronoun"}[kind]
        mentions.append(Mention(span, form, _KINDS[guess], head, sentence=sentence, **told))  # type: ignore[arg-type]
    text += marked[at:]
    claims = [
        DraftClaim(Span(0, 1, text[0]), "dire", (Span(0, 1, text[0]),), "asserts", "indirect", "que", speaker=s)
        for s in speakers
    ]
    document = Document("0" * 64, text, language=language)
    return Draft(document, Layout(((0, len(text)),)), tuple(mentions), tuple(claims))


def _speakers(marked: str, language: str = "fr") -> list[str | None]:
    found = resolve(_draft(marked, language), KnownActors.load())
    names = {actor.id: actor.name for actor in found.actors}
    return [names[c.speaker] if c.speaker else None for c in found.claims]


def _resolved(marked: str, language: str = "fr") -> Extraction:
    return resolve(_draft(marked, language), KnownActors.load())


CASES = {
    "a family name takes up the full name": (
        "[Lise Aubert]{n P s} parle. [Mme Aubert]{n P s} insiste. [Aubert]{n P s} conclut.", ["Lise Aubert"] * 3, "fr",
    ),
    "two persons of one family are told apart by the full name": (
        "[Lise Aubert]{n P s} parle. [Marc Aubert]{n P s} répond.", ["Lise Aubert", "Marc Aubert"], "fr",
    ),
    "a person and a firm that share a word stay two": (
        "[Paul Vernet]{n P s} parle. [Vernet Industrie]{n O s} dément. [M. Vernet]{n P s} insiste.",
        ["Paul Vernet", "Vernet Industrie", "Paul Vernet"], "fr",
    ),
    "a firm and its branch in a country": (
        "[Tarvel]{n O s} parle. [Tarvel France]{n O s} dément. [Tarvel]{n O s} insiste.",
        ["Tarvel", "Tarvel France", "Tarvel"], "fr",
    ),
    "a firm's short name": ("[Tarvel France]{n O s} dément. [Tarvel]{n O s} insiste.", ["Tarvel France"] * 2, "fr"),
    "an acronym by its initials": (
        "[Agence des ports bretons]{n O s} alerte. [APB]{n O s} insiste.", ["Agence des ports bretons"] * 2, "fr",
    ),
    "initials in an interview": ("[Lise Aubert]{n P s} parle. [L. A.]{n ? s} : Non.", ["Lise Aubert"] * 2, "fr"),
    "first words of a body's name": (
        "[Union des marins pêcheurs]{n O s} alerte. [Union]{n O s} insiste.", ["Union des marins pêcheurs"] * 2, "fr",
    ),
    "a title joins the name behind it": (
        "[Le maire]{d P s head=maire apposed=+1 def}, [Jean Morvan]{n P}, parle. [Il]{p ? s m} insiste.",
        ["Jean Morvan"] * 2, "fr",
    ),
    "a pronoun agrees in gender": (
        "[Sophie Le Bihan]{n P s} parle. [Marc Tallec]{n P s} répond. [Elle]{p ? s f} insiste.",
        ["Sophie Le Bihan", "Marc Tallec", "Sophie Le Bihan"], "fr",
    ),
    "a pronoun does not take up the agent of its own sentence": (
        "[Marc Tallec]{n P s} parle. Accusé par [Luc Mahé]{n P function=agent}, [il]{p ? s m} nie.",
        ["Marc Tallec", "Marc Tallec"], "fr",
    ),
    "ce dernier is the last one named": (
        "[Marc Tallec]{n P s} a vu [Luc Mahé]{n P function=obj}. Ce [dernier]{p ? s m} nie.",
        ["Marc Tallec", "Luc Mahé"], "fr",
    ),
    "a bank is called an establishment": (
        "[Banque Morvan]{n O s} nie. [Le procureur]{d P s head=procureur def} enquête. "
        "[L'établissement]{d O s head=établissement def m} insiste.",
        ["Banque Morvan", "procureur", "Banque Morvan"], "fr",
    ),
    "a town hall is no prefecture": (
        "[La préfecture]{d O s head=préfecture def} nie. [La mairie]{d O s head=mairie def} insiste.",
        ["préfecture", "mairie"], "fr",
    ),
    "an expert is not the person who spoke last": (
        "[Lise Aubert]{n P s} et [Marc Tallec]{n P s} parlent. [L'expert]{d P s head=expert def m} nuance.",
        ["Lise Aubert", "Marc Tallec", "expert"], "fr",
    ),
    "whose entourage": (
        "[Lise Aubert]{n P} arrive. [Son entourage]{d G s head=entourage poss} rassure.",
        ["entourage de Lise Aubert"], "fr",
    ),
    "a report speaks for its author": (
        "[Le rapport de la Cour]{d A s head=rapport def of=+1} de [la Cour des filets]{n O} accuse.",
        ["Cour des filets"], "fr",
    ),
    "an unnamed source keeps its whole phrase": (
        "[une source proche de l'enquête]{d P s head=source indef} confirme.",
        ["source proche de l'enquête"], "fr",
    ),
    "on is nobody": ("[on]{p ? s} assure.", [None], "fr"),
    "a port authority is no region, an employee no employer": (
        "[La régie]{d O s head=régie def f} nie. [La région]{d O s head=région def f} insiste. "
        "[L'employé]{d P s head=employé def m} parle. [L'employeur]{d O s head=employeur def m} nie.",
        ["régie", "région", "employé", "employeur"], "fr",
    ),
    "a letter is never a person": (
        "[Lise Aubert]{n P s} parle. [Sa lettre]{d A s head=lettre poss f} accuse.",
        ["Lise Aubert", "lettre de Lise Aubert"],
        "fr",
    ),
    "a doctor is whoever was called a surgeon": (
        "[La chirurgienne]{d P head=chirurgien apposed=+1 def f} [Lise Aubert]{n P} opère. "
        "[Paul Vernet]{n P s} proteste. [La médecin]{d P s head=médecin def f} répond.",
        ["Paul Vernet", "Lise Aubert"], "fr",
    ),
    "a prosecutor is not the only one who spoke": (
        "[Paul Vernet]{n P s} parle. [Le procureur]{d P s head=procureur def m} requiert.",
        ["Paul Vernet", "procureur"], "fr",
    ),
    "a driver is the only one who spoke": (
        "[Paul Vernet]{n P s} parle. [Le chauffeur]{d P s head=chauffeur def m} insiste.", ["Paul Vernet"] * 2, "fr",
    ),
    "a role that the words behind a name tell": (
        "[Lise Aubert]{n P s}, 52 ans, infirmière, proteste. [Luc Mahé]{n P s} la soutient. "
        "[La soignante]{d P s head=soignant def f} insiste.",
        ["Lise Aubert", "Luc Mahé", "Lise Aubert"], "fr",
    ),
    "the first and the second of two": (
        "[Luc Mahé]{n P s} et [Marc Tallec]{n P s} parlent. Le [premier]{p ? s m} nie. Le [second]{p ? s m} avoue.",
        ["Luc Mahé", "Marc Tallec", "Luc Mahé", "Marc Tallec"], "fr",
    ),
    "who is to be believed was heard last": (
        "[Lise Aubert]{n P s} parle. [Marc Tallec]{n P s} répond. À [l']{p ? s function=obj} en croire, tout va bien.",
        ["Lise Aubert", "Marc Tallec", "Marc Tallec"], "fr",
    ),
    "it is a body, he is a man": (
        "[Acme Rail]{n O s} denied it. [John Barlow]{n P s} agreed. [It]{p ? s} added. [He]{p ? s m} left.",
        ["Acme Rail", "John Barlow", "Acme Rail", "John Barlow"], "en",
    ),
    "the company by its class": (
        "[Acme Rail]{n O s} denied it. [The company]{d O s head=company def} added.", ["Acme Rail"] * 2, "en",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_speakers(case: str) -> None:
    marked, expected, language = CASES[case]
    assert _speakers(marked, language) == expected


def test_the_chain_leads_from_the_words_to_the_name() -> None:
    found = _resolved("[Lise Aubert]{n P} arrive. [Elle]{p ? s f} parle.")
    assert [found.mentions[i].span.exact for i in found.claims[0].chain] == ["Elle", "Lise Aubert"]


def test_other_candidates_are_kept() -> None:
    found = _resolved("[Lise Aubert]{n P s} parle. [Anne Mahé]{n P s} répond. [Elle]{p ? s f} insiste.")
    names = {actor.id: actor.name for actor in found.actors}
    assert names[found.claims[2].speaker or ""] == "Anne Mahé"
    assert [names[actor] for actor, _ in found.claims[2].candidates] == ["Lise Aubert"]
    assert all(0 < score < 1 for _, score in found.claims[2].candidates)


def test_the_only_one_who_may_be_meant_is_less_sure_than_who_was_called_so() -> None:
    spoken = "[Le chauffeur]{d P s head=chauffeur def m} insiste."
    guessed = _resolved(f"[Paul Vernet]{{n P}} parle. {spoken}")
    told = _resolved(f"[Le chauffeur]{{d P head=chauffeur apposed=+1 def m}} [Paul Vernet]{{n P}} parle. {spoken}")
    assert {found.actors[0].name for found in (guessed, told)} == {"Paul Vernet"}
    assert guessed.claims[0].speaker == told.claims[0].speaker == "a1"
    assert guessed.claims[0].confidence < 0.8 * told.claims[0].confidence


@pytest.mark.parametrize(("text", "posts"), [("7 h 10. Un.\n\n8 h 25. Deux.", 2), ("Un.\n\n8 h 25. Deux.", 0)])
def test_a_ticker_has_at_least_two_posts(text: str, posts: int) -> None:
    starts = [text.index("Un."), text.index("Deux.")]
    assert len(Ticker(text, [(start, start + 3) for start in starts]).starts) == posts


def test_an_unnamed_source_belongs_to_its_body() -> None:
    found = _resolved(
        "[Un porte-parole de l'Office du port]{d P s head=porte-parole indef of=+1} pour [Office du port]{n O} nie."
    )
    spokesman = next(a for a in found.actors if not a.named)
    body = next(a for a in found.actors if a.named)
    assert spokesman.member_of == body.id
    assert spokesman.name == "porte-parole de l'Office du port"


@pytest.mark.parametrize("word", ["un", "eu", "us", "Us"])
def test_small_words_are_no_known_actors(word: str) -> None:
    assert KnownActors.load().called(word) == ()


def test_known_actors_by_their_name_as_written() -> None:
    known = KnownActors.load()
    assert [a.label for a in known.called("US")] == ["United States"]
    assert known.called("libération") == ()
    assert len(known.called("Libération")) == 1


def test_every_mention_of_an_actor_lies_in_the_draft_and_in_one_actor() -> None:
    found = _resolved(CASES["a person and a firm that share a word stay two"][0])
    listed = [m for actor in found.actors for m in actor.mentions]
    assert len(listed) == len(set(listed))
    assert set(listed) <= set(range(len(found.mentions)))
