"""Names and what they name, through the parser, in sentences of ordinary news with invented names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.extract import LANGUAGES, Extractor
from kg.model import Document, Extraction, Layout
from kg.resolve.document import resolve
from kg.resolve.known import KnownActors
from kg.text import lay_out

PERSON, BODY = True, False
CASES = {
    "fr": [
        ("L'entreprise Solvanor a fermé mardi son usine. Solvanor emploie 300 personnes.", "Solvanor", BODY),
        ("La coopérative céréalière Grandval a porté plainte. Grandval compte 800 adhérents.", "Grandval", BODY),
        ("L'usine chimique Pélor a rejeté des solvants. Le directeur de Pélor dément.", "Pélor", BODY),
        ("Le directeur général de Maréva a démissionné. Maréva a refusé de commenter.", "Maréva", BODY),
        ("Selon Enez Vor, une association de pêcheurs, les quotas sont dépassés.", "Enez Vor", BODY),
        ("Transvallée, l'exploitant du réseau, a perdu son contrat.", "Transvallée", BODY),
        ("Le maire de Kerlaz, Loïc Guivarc'h, soutient les pêcheurs.", "Loïc Guivarc'h", PERSON),
        ("Samira El Mansouri dirige l'hôpital. Les médecins blâment Mme El Mansouri.", "Samira El Mansouri", PERSON),
        ("L'association Toits pour tous héberge 400 familles.", "Toits pour tous", BODY),
        (
            "Le Conseil interprofessionnel du lin (CIL) a voté. Le CIL réunit 1 200 exploitants.",
            "Conseil interprofessionnel du lin", BODY,
        ),
        ("Tarvel France a licencié 12 cadres. Sa maison mère, Tarvel, n'a pas réagi.", "Tarvel France", BODY),
        ("Les enquêteurs du BE-OA ont publié leur rapport.", "BE-OA", BODY),
        ("L'opération visait Kobaltra, l'un des principaux forums de revente.", "Kobaltra", BODY),
        ("« C'est par Norvalis que les voleurs sont entrés », a dit le maire.", "Norvalis", BODY),
        ("La Chambre des barrages pointe un retard.", "Chambre des barrages", BODY),
        ("Le Centre hospitalier de Grandval a porté plainte.", "Centre hospitalier de Grandval", BODY),
        (
            "L'association Envol tarvelais a présenté des excuses. Le préfet accuse Envol tarvelais.",
            "Envol tarvelais", BODY,
        ),
    ],
    "en": [
        ("Residents blame the chemical plant Solvanor. Solvanor has denied it.", "Solvanor", BODY),
        ("The operator, Lindale Rail, apologised. Lindale Rail runs 40 trains a day.", "Lindale Rail", BODY),
        ("Peter Harrow has nothing to do with Harrow Mutual. Mr Harrow laughed.", "Harrow Mutual", BODY),
        ("Peter Harrow has nothing to do with Harrow Mutual. Mr Harrow laughed.", "Peter Harrow", PERSON),
        ("Tarvel UK laid off 12 managers. Its parent, Tarvel, stayed silent.", "Tarvel UK", BODY),
        ("Workers at Cimarel walked out. Cimarel's managers refused to talk.", "Cimarel", BODY),
        ("Transvale, which runs the network, lost its contract.", "Transvale", BODY),
        ("Rhys ap Gwilym and Cerys Llewellyn sold the estate.", "Rhys ap Gwilym", PERSON),
        ("Inspectors of the BSB-N opened a case.", "BSB-N", BODY),
        ("Police raided Kobaltra, one of the largest forums for stolen data.", "Kobaltra", BODY),
        ("The Independent Dams Commission denied it.", "Independent Dams Commission", BODY),
        ("But the Isles Harbour Network, which sent 300 monitors, disagrees.", "Isles Harbour Network", BODY),
        ("Harriet Dunmore denies having lied to the board.", "Harriet Dunmore", PERSON),
    ],
}  # fmt: skip

THINGS = ["Le médicament Neurazine a rejoint la liste.", "Le rançongiciel Kobalt a bloqué les serveurs de la mairie."]


def _documents(texts: list[tuple[str, str]]) -> Iterator[tuple[Document, Layout]]:
    for text, language in texts:
        document = Document("0" * 64, text, language=language)
        yield document, lay_out(document)


@pytest.fixture(scope="module")
def found() -> dict[str, Extraction]:
    known = KnownActors.load()
    extractor = Extractor({language: known.names(language) for language in LANGUAGES})
    texts = [(text, language) for language, cases in CASES.items() for text, _, _ in cases]
    texts += [(text, "fr") for text in THINGS]
    drafts = extractor.extract(_documents(texts))
    return {text: resolve(draft, known) for (text, _), draft in zip(texts, drafts, strict=True)}


@pytest.mark.parametrize(("text", "name", "person"), [case for cases in CASES.values() for case in cases])
def test_what_a_name_names(found: dict[str, Extraction], text: str, name: str, person: bool) -> None:
    actors = [actor for actor in found[text].actors if actor.name == name]
    assert len(actors) == 1
    assert (actors[0].kind == "Person") == person
    places = [i for i, mention in enumerate(found[text].mentions) if mention.span.exact == name]
    assert len(places) == text.count(name) - (name == "Tarvel") * text.count("Tarvel UK")
    assert set(places) <= set(actors[0].mentions)


def test_the_first_words_of_a_sentence_name_nobody() -> None:
    text = "Le CHSG a porté plainte. Elle a redit que le CHSG n'a pas versé un centime aux maîtres chanteurs."
    (draft,) = Extractor().extract(_documents([(text, "fr")]))
    assert {mention.span.exact for mention in draft.mentions if mention.kind == "proper"} == {"CHSG"}


def test_the_credit_behind_the_last_sentence_takes_no_paragraph_away() -> None:
    text = "Mardi, le tribunal entendra Nadia Dunmore, qui dirigea la rédaction jusqu'en 2023. (Agence Tarvel)"
    (_, layout), *_ = _documents([(text, "fr")])
    assert layout.paragraphs == ((0, len(text)),)


FAMILIES = {
    "fr": "Le groupe Tarvel a payé, dit Paule Tarvel. Mme Tarvel se tait. Le siège du groupe Tarvel est fermé.",
    "en": "Peter Tarvel spoke for the Tarvel group. Mr Tarvel left. The Tarvel group closed its head office.",
}


@pytest.mark.parametrize("language", FAMILIES)
def test_a_family_and_its_firm_are_two(language: str) -> None:
    extractor = Extractor()
    (draft,) = extractor.extract(_documents([(FAMILIES[language], language)]))
    found = resolve(draft, KnownActors.load())
    of = {index: actor for actor in found.actors for index in actor.mentions}
    named = [(m.span.exact, of[i].kind == "Person") for i, m in enumerate(found.mentions) if m.kind == "proper"]
    assert named and all(person == (name != "Tarvel") for name, person in named), named


def test_what_a_person_has_makes_no_firm_of_the_name() -> None:
    text = "Peter Tarvel spoke. Tarvel's managers refused to talk. Tarvel denied it."
    (draft,) = Extractor().extract(_documents([(text, "en")]))
    found = resolve(draft, KnownActors.load())
    assert [actor.name for actor in found.actors if actor.named] == ["Peter Tarvel"]


@pytest.mark.parametrize("text", THINGS)
def test_what_is_said_of_a_thing_makes_no_body_of_its_name(found: dict[str, Extraction], text: str) -> None:
    assert all(actor.kind != "Organization" for actor in found[text].actors if actor.named)
