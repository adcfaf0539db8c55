"""The development set of resolution across documents: invented affairs told by short dispatches in French and English.

Everything is made here from templates and a table of affairs, so that the gold is known by construction: which names are one
actor, which reports one event, which texts copies, which sentences contradict each other.  All names are invented; two
affairs share the name of a person (homonyms), others one target at two times (near events).
"""

# ruff: noqa: E501 - the sentences of the dispatches stay whole

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.calendars import MONTHS, WEEKDAYS

SAMPLE = {"fr": "Texte d'exemple, noms inventés (claimgraph)", "en": "Sample text, invented names (claimgraph)"}


@dataclass(frozen=True)
class Affair:
    """One affair: a *target* hit on *day*, its *spoken* person, an *accused* group with its *voice*, an outside *expert*.

    Names are ``(French, English)``; roles too.  *kind* is a key of ``DEEDS``; *again* a later day on which the same target
    was hit anew, told by reports of its own.
    """

    id: str
    kind: str
    day: date
    target: tuple[str, str]
    what: tuple[str, str]
    city: str
    spoken: tuple[str, str]
    role: tuple[str, str]
    accused: tuple[str, str]
    expert: tuple[str, str]
    office: tuple[str, str]
    firm: str
    number: int
    again: date | None = None


@dataclass(frozen=True)
class Gold:
    """What is known of one text: *actors* name -> entity, *events* word of the trigger -> event, *family*, *stances*.

    *stances* are ``(speaker's entity, word of the content, accusation or denial, its topic)``.
    """

    actors: dict[str, str]
    events: dict[str, str]
    family: str
    stances: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True)
class Text:
    """One article of the set: its file *name*, *language*, day of publication, *text* and gold."""

    name: str
    language: str
    published: date
    text: str
    gold: Gold = field(compare=False)


AFFAIRS = (
    Affair("a01", "leak", date(2019, 3, 5), ("la mutuelle Norvalis", "the insurer Norvalis"), ("mutuelle", "insurer"), "Rennes",
           ("Claire Dombasle", "Claire Dombasle"), ("directrice de Norvalis", "director of Norvalis"), ("Krov", "Krov"),
           ("Evgueni Solonine", "Yevgeny Solonin"), ("chercheur chez Tessarion", "researcher at Tessarion"), "Tessarion", 120000, date(2019, 9, 17)),
    Affair("a02", "attack", date(2020, 2, 11), ("l'hôpital de Valmoret", "the Valmoret hospital"), ("hôpital", "hospital"), "Valmoret",
           ("Paul Vernier", "Paul Vernier"), ("directeur de l'hôpital", "director of the hospital"), ("Nuit Rouge", "Nuit Rouge"),
           ("Hélène Astruc", "Hélène Astruc"), ("experte chez Oculis", "expert at Oculis"), "Oculis", 300, date(2020, 6, 23)),
    Affair("a03", "leak", date(2021, 5, 20), ("le parti Horizon civique", "the Horizon civique party"), ("parti", "party"), "Marseille",
           ("Sandrine Kerlau", "Sandrine Kerlau"), ("porte-parole d'Horizon civique", "spokeswoman for Horizon civique"), ("Vantar", "Vantar"),
           ("Mikhaïl Tcherkov", "Mikhail Cherkov"), ("analyste chez Baltique Cyber", "analyst at Baltique Cyber"), "Baltique Cyber", 45000),
    Affair("a04", "phishing", date(2018, 10, 9), ("la banque Sorel", "Sorel bank"), ("banque", "bank"), "Lille",
           ("Antoine Leprêtre", "Antoine Leprêtre"), ("directeur de la banque Sorel", "director of Sorel bank"), ("Harpon", "Harpon"),
           ("Nina Veldt", "Nina Veldt"), ("chercheuse chez Ferrolog", "researcher at Ferrolog"), "Ferrolog", 2600),
    Affair("a05", "attack", date(2022, 1, 18), ("le port de Cardouan", "the port of Cardouan"), ("port", "port"), "Cardouan",
           ("Yves Marchandeau", "Yves Marchandeau"), ("président du port", "president of the port"), ("Lamprey", "Lamprey"),
           ("Sergueï Bounine", "Sergey Bunin"), ("analyste chez Quorvex", "analyst at Quorvex"), "Quorvex", 40),
    Affair("a06", "leak", date(2016, 11, 3), ("la fédération Vélo-Atlantique", "the Vélo-Atlantique federation"), ("fédération", "federation"), "Nantes",
           ("Paul Vernier", "Paul Vernier"), ("coureur cycliste", "cyclist"), ("Stolnik", "Stolnik"),
           ("Marta Ozols", "Marta Ozols"), ("chercheuse chez Lintvers", "researcher at Lintvers"), "Lintvers", 800),
    Affair("a07", "attack", date(2023, 4, 12), ("l'université de Montfleur", "Montfleur university"), ("université", "university"), "Montfleur",
           ("Isabelle Quentin", "Isabelle Quentin"), ("présidente de l'université", "president of the university"), ("Cendre", "Cendre"),
           ("Youssef Haddar", "Yusuf Haddar"), ("expert chez Novagarde", "expert at Novagarde"), "Novagarde", 15, date(2023, 10, 4)),
    Affair("a08", "leak", date(2017, 6, 14), ("le laboratoire Biovane", "the laboratory Biovane"), ("laboratoire", "laboratory"), "Lyon",
           ("Gilles Astier", "Gilles Astier"), ("directeur de Biovane", "director of Biovane"), ("Opaline", "Opaline"),
           ("Dmitri Volnov", "Dmitry Volnov"), ("chercheur chez Kessler Lab", "researcher at Kessler Lab"), "Kessler Lab", 9000),
    Affair("a09", "phishing", date(2020, 9, 29), ("le ministère des Ports", "the ministry of Ports"), ("ministère", "ministry"), "Brest",
           ("Odile Sarrasin", "Odile Sarrasin"), ("ministre des Ports", "minister of Ports"), ("Mirage Kite", "Mirage Kite"),
           ("Anton Grelle", "Anton Grelle"), ("analyste chez Pelargos", "analyst at Pelargos"), "Pelargos", 700),
    Affair("a10", "attack", date(2021, 11, 8), ("la société Aquadel", "the company Aquadel"), ("société", "company"), "Toulouse",
           ("Renaud Picquet", "Renaud Picquet"), ("patron d'Aquadel", "boss of Aquadel"), ("Gel Noir", "Gel Noir"),
           ("Catherine Moulin", "Catherine Moulin"), ("experte chez Dorsale", "expert at Dorsale"), "Dorsale", 60),
    Affair("a11", "leak", date(2018, 2, 27), ("l'assureur Brémond", "the insurer Brémond"), ("assureur", "insurer"), "Dijon",
           ("Catherine Moulin", "Catherine Moulin"), ("avocate", "lawyer"), ("Tarasque", "Tarasque"),
           ("Viktor Zoubkov", "Victor Zubkov"), ("analyste chez Ravelin", "analyst at Ravelin"), "Ravelin", 51000),
    Affair("a12", "attack", date(2022, 7, 5), ("le quotidien La Voix d'Ardèche", "the newspaper La Voix d'Ardèche"), ("quotidien", "newspaper"), "Privas",
           ("Lucien Favart", "Lucien Favart"), ("directeur de La Voix d'Ardèche", "director of La Voix d'Ardèche"), ("Ossuaire", "Ossuaire"),
           ("Edda Lindqvist", "Edda Lindqvist"), ("chercheuse chez Halvorn", "researcher at Halvorn"), "Halvorn", 25),
)  # fmt: skip

# The deed in nouns, and its trigger's word; French and English.
DEEDS = {
    "leak": {"fr": ("une fuite de données", "fuite"), "en": ("a data leak", "leak")},
    "attack": {"fr": ("une cyberattaque", "cyberattaque"), "en": ("a cyberattack", "cyberattack")},
    "phishing": {"fr": ("une campagne d'hameçonnage", "hameçonnage"), "en": ("a phishing campaign", "phishing")},
}
THE = {
    "leak": {"fr": "la fuite", "en": "the leak"},
    "attack": {"fr": "la cyberattaque", "en": "the cyberattack"},
    "phishing": {"fr": "l'hameçonnage", "en": "the phishing"},
}
REPORTS = {
    "fr": (
        "{Target} a été victime {ofdeed} {when}, selon sa direction. « Nos équipes travaillent jour et nuit pour comprendre ce qui s'est passé », a déclaré {person}, {role}.\n\n"
        "Près de {number} dossiers seraient concernés. Une plainte a été déposée auprès du parquet de {city}, qui a ouvert une enquête.\n\n"
        "{person} a assuré que les clients seraient prévenus un par un. Les syndicats réclament une réunion extraordinaire.",
        "À {city}, {deed} a frappé {target} {when}. Les ordinateurs du siège sont restés éteints toute la journée et le standard ne répondait plus.\n\n"
        "D'après {expert}, {office}, les intrus étaient présents dans le réseau depuis plusieurs semaines. {person}, {role}, a reconnu que {number} dossiers avaient été touchés.\n\n"
        "L'entreprise {firm} a été chargée de l'analyse technique et rendra son rapport dans un mois.",
        "L'émotion est vive à {city} après {deed} contre {target}, survenue {when}. {person}, {role}, a promis la transparence.\n\n"
        "« Personne ne devait pouvoir entrer si facilement », a regretté une employée qui a demandé à ne pas être nommée. {expert}, {office}, a estimé que {number} dossiers circulaient déjà.",
    ),
    "en": (
        "{Target} said on the day after that {deed} had hit its systems {when}. {person}, {role}, said that {number} files were affected and that staff had been sent home.\n\n"
        "Prosecutors in {city} have opened an inquiry. {expert}, {office}, said the intruders had been inside the network for weeks.\n\n"
        "Unions asked for an emergency meeting and for clear answers about the cost of the repairs.",
        "A sleepless week in {city}: {deed} against {target} {when} has left offices in the dark. \"We will rebuild everything, piece by piece,\" said {person}, {role}.\n\n"
        "The security company {firm} was called in. {expert}, {office}, warned that {number} files could be sold within days.\n\n"
        "Residents queued outside the building, many of them with paper forms in hand.",
    ),
}  # fmt: skip
AGAIN = {
    "fr": "Nouveau coup dur : {deed} a touché {target} {when}, pour la seconde fois en quelques mois. Les accès ont été coupés dans l'heure par prudence.\n\n"
          "{person}, {role}, a indiqué que les sauvegardes étaient intactes cette fois. {expert}, {office}, a conseillé de changer tous les mots de passe.",
    "en": "For the second time within months, {deed} struck {target} {when}. Access was cut within the hour.\n\n"
          "{person}, {role}, said that the backups were safe this time. {expert}, {office}, advised everyone to change their passwords.",
}  # fmt: skip
ACCUSES = {
    "fr": "Une semaine après {deed} contre {target}, les soupçons se précisent à {city}. {expert}, {office}, a accusé le groupe {accused} d'être à l'origine de {the}.\n\n"
          "Selon {firm}, des serveurs loués à l'étranger ont servi aux intrus. L'enquête du parquet se poursuit et aucune piste n'est écartée par les magistrats.",
    "en": "One week after {deed} against {target}, suspicion is growing. {expert}, {office}, accused the group {accused} of being behind {the}.\n\n"
          "The company {firm} listed servers that were rented abroad for the purpose. Officials in {city} declined to speak about the inquiry.",
}  # fmt: skip
DENIES = {
    "fr": "Le groupe {accused} a nié être à l'origine de {the} qui a touché {target}. Dans un message publié sur son site, le groupe a affirmé ne connaître ni l'institution ni ses dirigeants.\n\n"
          "{person}, {role}, n'a pas souhaité réagir à ce message. La police de {city} vérifie l'authenticité du texte, écrit dans un français hésitant.",
    "en": "The group {accused} denied being behind {the} that struck {target}. The message, posted on its site late at night, gave no other details about its members.\n\n"
          "{person}, {role}, did not wish to react. Police in {city} are checking whether the text is genuine before they draw any conclusion from it.",
}  # fmt: skip
INTRO = {
    "fr": "(Avec agence) Notre rédaction publie cette dépêche reçue ce matin.\n\n",
    "en": "(Agency) This dispatch reached our newsroom this morning.\n\n",
}


def texts() -> Iterator[Text]:
    """Every text of the set, the same on every machine."""
    for place, affair in enumerate(AFFAIRS):
        first, second = ("fr", "en") if place % 2 == 0 else ("en", "fr")
        yield _text(affair, f"{affair.id}-1", first, REPORTS[first][0], affair.day, 1)
        yield _text(affair, f"{affair.id}-2", second, REPORTS[second][1], affair.day, 2)
        original = _text(affair, f"{affair.id}-3", "fr", REPORTS["fr"][2], affair.day, 3)
        yield original
        yield _copy(original, f"{affair.id}-4", 1)
        if place % 3 == 0:
            yield _copy(original, f"{affair.id}-5", 2)
        yield _text(affair, f"{affair.id}-6", second, ACCUSES[second], affair.day, 8)
        yield _text(affair, f"{affair.id}-7", first, DENIES[first], affair.day, 10)
        if affair.again is not None:
            yield _text(affair, f"{affair.id}-8", "fr", AGAIN["fr"], affair.again, 1, "b")
            yield _text(affair, f"{affair.id}-9", "en", AGAIN["en"], affair.again, 2, "b")


def _text(affair: Affair, name: str, language: str, template: str, day: date, after: int, event: str = "a") -> Text:
    at = 0 if language == "fr" else 1
    deed, trigger = DEEDS[affair.kind][language]
    published = day + timedelta(days=after)
    words = {
        "target": affair.target[at], "Target": affair.target[at][0].upper() + affair.target[at][1:], "deed": deed,
        "ofdeed": f"d'{deed}", "the": THE[affair.kind][language], "when": _when(day, language, after), "city": affair.city,
        "person": affair.spoken[at], "role": affair.role[at], "expert": affair.expert[at], "office": affair.office[at],
        "firm": affair.firm, "accused": affair.accused[at], "number": f"{affair.number:,}".replace(",", " " if at == 0 else ","),
    }  # fmt: skip
    body = template.format(**words)
    dateline = (
        f"{affair.city.upper()}, {published.day} {MONTHS['fr'][published.month - 1]} {published.year} ({WEEKDAYS['fr'][published.weekday()]}) – dépêche"
        if language == "fr"
        else f"{affair.city.upper()}, {MONTHS['en'][published.month - 1]} {published.day}, {published.year} ({WEEKDAYS['en'][published.weekday()]}) | dispatch"
    )
    actors = {
        affair.spoken[at]: f"{affair.id}-person",
        affair.expert[at]: f"{affair.id}-expert",
        affair.accused[at]: f"{affair.id}-accused",
        affair.firm: f"{affair.id}-firm",
    }
    actors = {name: entity for name, entity in actors.items() if name in body}
    stances: tuple[tuple[str, str, str, str], ...] = ()
    if template in ACCUSES.values():
        stances = ((f"{affair.id}-expert", words["the"], "accuses", f"{affair.id}-accused"),)
    elif template in DENIES.values():
        stances = ((f"{affair.id}-accused", words["the"], "denies", f"{affair.id}-accused"),)
    return Text(
        f"{name}.txt", language, published, f"{dateline}\n\n{body}\n\n{SAMPLE[language]}\n",
        Gold(actors, {trigger: f"{affair.id}{event}"}, name, stances),
    )  # fmt: skip


def _copy(text: Text, name: str, way: int) -> Text:
    """*text* as another outlet prints it: with an introduction, or without its last sentence."""
    dateline, body = text.text.split("\n\n", 1)
    body = body.rsplit("\n\n", 1)[0]
    body = INTRO[text.language] + body if way == 1 else body.rsplit(". ", 1)[0] + "."
    gold = Gold({n: e for n, e in text.gold.actors.items() if n in body}, text.gold.events, text.gold.family)
    published = text.published + timedelta(days=1)
    return Text(f"{name}.txt", text.language, published, f"{body}\n\n{SAMPLE[text.language]}\n", gold)


def _when(day: date, language: str, after: int) -> str:
    if language == "fr":
        return f"{WEEKDAYS['fr'][day.weekday()]}" if after <= 2 else f"le {day.day} {MONTHS['fr'][day.month - 1]}"
    return f"on {WEEKDAYS['en'][day.weekday()]}" if after <= 2 else f"on {MONTHS['en'][day.month - 1]} {day.day}"


if __name__ == "__main__":
    for one in texts():
        print("=" * 8, one.name, one.language, one.published, one.gold)
        print(one.text)
