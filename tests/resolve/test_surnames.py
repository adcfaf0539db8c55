"""A family's name alone: it goes to the document's own bearer, to a known person where something bears that out."""

from __future__ import annotations

import pytest

from tests.resolve.test_document import _resolved

FERRAND, TRUMP = "Richard Ferrand", "Donald Trump"
CASES = {
    "the document's own bearer": (
        "[Lise Ferrand]{n P} proteste. [Ferrand]{n ? s} insiste.", "Lise Ferrand", "fr",
    ),
    "the document's own bearer, whom the model takes for a body": (
        "[Lise Ferrand]{n O} was there. [Ferrand]{n ? s} said so.", "Lise Ferrand", "en",
    ),
    "the document's own bearer, though the known one's party is named": (
        "[En Marche]{n O} se tait. [Lise Ferrand]{n P} proteste. [Ferrand]{n ? s} insiste.", "Lise Ferrand", "fr",
    ),
    "a bearer whom no mention covers": (
        "[En Marche]{n O} se tait. Lise Ferrand proteste. [Ferrand]{n ? s} insiste.", "Ferrand", "fr",
    ),
    "an initial that is another's": (
        "[En Marche]{n O} se tait. L. Ferrand proteste. [Ferrand]{n ? s} insiste.", "Ferrand", "fr",
    ),
    "a title of the other gender": (
        "[En Marche]{n O} se tait. [Mme Ferrand]{n P s} proteste.", "Ferrand", "fr",
    ),
    "a title of the other gender, in English": (
        "[WikiLeaks]{n O} is silent. [Mrs Assange]{n P s} protests.", "Assange", "en",
    ),
    "a title of the other gender, beside the known person": (
        "[Richard Ferrand]{n P} se tait. [Mme Ferrand]{n P s} proteste.", "Ferrand", "fr",
    ),
    "a title of the other gender, behind the bare name": (
        "[En Marche]{n O} se tait. [Ferrand]{n ? s} insiste. [Mme Ferrand]{n P s} proteste.", "Ferrand", "fr",
    ),
    "nobody else, and nothing that bears it out": ("[Ferrand]{n ? s} insiste.", "Ferrand", "fr"),
    "nothing but the country, for one of many deputies": (
        "[La France]{n L} attend. [Ferrand]{n ? s} insiste.", "Ferrand", "fr",
    ),
    "the party of the known person": ("[En Marche]{n O} vote. [Ferrand]{n ? s} insiste.", FERRAND, "fr"),
    "the known person's own full name": (
        "[Richard Ferrand]{n P} vote. [M. Ferrand]{n P s} insiste.", FERRAND, "fr",
    ),
    "a sole office right before the name": ("Le président [Trump]{n ? s} insiste.", TRUMP, "fr"),
    "a sole office and its country": ("[The United States]{n L} waits. [Trump]{n ? s} insists.", TRUMP, "en"),
    "what the known person leads": ("[WikiLeaks]{n O} waits. [Assange]{n ? s} insists.", "Julian Assange", "en"),
    "the country of another calling": (
        "[Britain]{n L} waits. [Cameron]{n P}, [the nurse]{d P apposed=-1 head=nurse def}, is tired. "
        "[Cameron]{n ? s} insists.", "Cameron", "en",
    ),
    "a full name, of another calling": (
        "[Alex Jones]{n ? s}, a nurse in a small town, insists.", "Alex Jones", "en",
    ),
    "a family's name of another calling that no mention covers": (
        "[Britain]{n L} waits. [Mr Cameron]{n P s}, the plumber, insists.", "Cameron", "en",
    ),
    "another calling before the name": (
        "[La France]{n L} attend. Le plombier [David Cameron]{n ? s} insiste.", "David Cameron", "fr",
    ),
    "an age, and another calling": ("[Alex Jones]{n ? s}, 34 ans, infirmier, insiste.", "Alex Jones", "fr"),
    "to whom the known person speaks": (
        "[La France]{n L} attend. À un boulanger [Emmanuel Macron]{n P s} insiste.", "Emmanuel Macron", "fr",
    ),
    "what the known person once was": ("[Donald Trump]{n P s}, a former builder, insists.", TRUMP, "en"),
    "many of a calling": ("The teachers [Donald Trump]{n P s} met insist.", TRUMP, "en"),
}  # fmt: skip


@pytest.mark.parametrize(("marked", "name", "language"), CASES.values(), ids=CASES)
def test_whose_family_name(marked: str, name: str, language: str) -> None:
    found = _resolved(marked, language)
    speaker = next(claim.speaker for claim in found.claims)
    actor = next(actor for actor in found.actors if actor.id == speaker)
    assert actor.name == name
    assert (actor.known is not None) == (name in (FERRAND, TRUMP, "Julian Assange", "Emmanuel Macron"))
    assert not actor.candidates


def test_a_woman_takes_up_no_man_who_is_known() -> None:
    found = _resolved("[Richard Ferrand]{n P} se tait. [Elle]{p ? s f} proteste.")
    assert [claim.speaker for claim in found.claims] == [None]
