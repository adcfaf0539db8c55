"""The forms of a verb that newspapers use: third persons, participles, infinitive.

Taggers take a rare verb in the present for a noun (``déplore``, ``conteste``) and then give no useful lemma; an index
from the forms of the verbs that are looked for finds it all the same.  French: present, imperfect, future, conditional,
simple past, participles and the subjunctive where it differs little; English: -s, -ed, -ing and the irregular pasts.
"""

from __future__ import annotations

import re

# ---- French: by ending, the longest first: (present singular, present plural, participle, imperfect stem, future stem,
# simple past singular); each stands for the ending itself, the participle in the masculine.
_FRENCH = {
    "faire": ("fait", "font", "fait", "fais", "fer", "fit"),
    "être": ("est", "sont", "été", "ét", "ser", "fut"),
    "avoir": ("a", "ont", "eu", "av", "aur", "eut"),
    "savoir": ("sait", "savent", "su", "sav", "saur", "sut"),
    "devoir": ("doit", "doivent", "dû", "dev", "devr", "dut"),
    "pouvoir": ("peut", "peuvent", "pu", "pouv", "pourr", "put"),
    "vouloir": ("veut", "veulent", "voulu", "voul", "voudr", "voulut"),
    "prévoir": ("prévoit", "prévoient", "prévu", "prévoy", "prévoir", "prévit"),
    "voir": ("voit", "voient", "vu", "voy", "verr", "vit"),
    "aller": ("va", "vont", "allé", "all", "ir", "alla"),
    "mettre": ("met", "mettent", "mis", "mett", "mettr", "mit"),
    "battre": ("bat", "battent", "battu", "batt", "battr", "battit"),
    "prendre": ("prend", "prennent", "pris", "pren", "prendr", "prit"),
    "connaître": ("connaît", "connaissent", "connu", "connaiss", "connaîtr", "connut"),
    "paraître": ("paraît", "paraissent", "paru", "paraiss", "paraîtr", "parut"),
    "croire": ("croit", "croient", "cru", "croy", "croir", "crut"),
    "crire": ("crit", "crivent", "crit", "criv", "crir", "crivit"),
    "élire": ("élit", "élisent", "élu", "élis", "élir", "élut"),
    "lire": ("lit", "lisent", "lu", "lis", "lir", "lut"),
    "rire": ("rit", "rient", "ri", "ri", "rir", "rit"),
    "dire": ("dit", "disent", "dit", "dis", "dir", "dit"),
    "duire": ("duit", "duisent", "duit", "duis", "duir", "duisit"),
    "truire": ("truit", "truisent", "truit", "truis", "truir", "truisit"),
    "suivre": ("suit", "suivent", "suivi", "suiv", "suivr", "suivit"),
    "vaincre": ("vainc", "vainquent", "vaincu", "vainqu", "vaincr", "vainquit"),
    "clure": ("clut", "cluent", "clu", "clu", "clur", "clut"),
    "aindre": ("aint", "aignent", "aint", "aign", "aindr", "aignit"),
    "eindre": ("eint", "eignent", "eint", "eign", "eindr", "eignit"),
    "joindre": ("joint", "joignent", "joint", "joign", "joindr", "joignit"),
    "tenir": ("tient", "tiennent", "tenu", "ten", "tiendr", "tint"),
    "venir": ("vient", "viennent", "venu", "ven", "viendr", "vint"),
    "quérir": ("quiert", "quièrent", "quis", "quér", "querr", "quit"),
    "cueillir": ("cueille", "cueillent", "cueilli", "cueill", "cueiller", "cueillit"),
    "ouvrir": ("ouvre", "ouvrent", "ouvert", "ouvr", "ouvrir", "ouvrit"),
    "offrir": ("offre", "offrent", "offert", "offr", "offrir", "offrit"),
    "mentir": ("ment", "mentent", "menti", "ment", "mentir", "mentit"),
    "sentir": ("sent", "sentent", "senti", "sent", "sentir", "sentit"),
    "sortir": ("sort", "sortent", "sorti", "sort", "sortir", "sortit"),
    "partir": ("part", "partent", "parti", "part", "partir", "partit"),
    "servir": ("sert", "servent", "servi", "serv", "servir", "servit"),
    "courir": ("court", "courent", "couru", "cour", "courr", "courut"),
}  # fmt: skip
_FRENCH_ENDINGS = sorted(_FRENCH, key=len, reverse=True)
_MUTE = re.compile(r"(.*[^aeiouéè]|)([eé])(qu|gu|gn|[^aeiouyéèê])$")  # rappel-, révél-: e or é before one consonant
_DOUBLING = re.compile(r"[pm]el$|jet$")

# ---- English: the irregular verbs of the lexicons: (past, participle)
_ENGLISH = {
    "bear": ("bore", "borne"), "begin": ("began", "begun"), "beseech": ("besought", "besought"),
    "bet": ("bet", "bet"), "blow": ("blew", "blown"), "break": ("broke", "broken"), "cast": ("cast", "cast"),
    "catch": ("caught", "caught"), "come": ("came", "come"), "draw": ("drew", "drawn"), "feel": ("felt", "felt"),
    "find": ("found", "found"), "forecast": ("forecast", "forecast"), "foresee": ("foresaw", "foreseen"),
    "foretell": ("foretold", "foretold"), "give": ("gave", "given"), "go": ("went", "gone"),
    "hide": ("hid", "hidden"), "hit": ("hit", "hit"), "hold": ("held", "held"), "know": ("knew", "known"),
    "lay": ("laid", "laid"), "leave": ("left", "left"), "let": ("let", "let"), "lose": ("lost", "lost"),
    "make": ("made", "made"), "meet": ("met", "met"), "overrun": ("overran", "overrun"), "pay": ("paid", "paid"),
    "put": ("put", "put"), "read": ("read", "read"), "ring": ("rang", "rung"), "run": ("ran", "run"),
    "say": ("said", "said"), "see": ("saw", "seen"), "seek": ("sought", "sought"), "set": ("set", "set"),
    "shed": ("shed", "shed"), "shoot": ("shot", "shot"), "show": ("showed", "shown"), "speak": ("spoke", "spoken"),
    "spread": ("spread", "spread"), "stand": ("stood", "stood"), "steal": ("stole", "stolen"),
    "strike": ("struck", "struck"), "swear": ("swore", "sworn"), "take": ("took", "taken"), "tear": ("tore", "torn"),
    "tell": ("told", "told"), "think": ("thought", "thought"), "throw": ("threw", "thrown"),
    "understand": ("understood", "understood"), "undertake": ("undertook", "undertaken"), "win": ("won", "won"),
    "withdraw": ("withdrew", "withdrawn"), "write": ("wrote", "written"),
}  # fmt: skip
# One short syllable, or a stressed last one: the consonant doubles (stabbed, admitted).
_DOUBLING_EN = re.compile(
    r"^[^aeiou]*[aeiou][bdgklmnprt]$|(?:ad|com|sub|o|per|re)mit$|rebut$|(?:imp|exp)el$|(?:in|re|con)fer$|cur$|demur$|quip$"
)
_EITHER_EN = re.compile(r"[^aeiou][ae]l$")  # canceled, cancelled


def forms(lemma: str, language: str) -> frozenset[str]:
    """The forms of the verb *lemma* in *language*; of a language without rules here, the lemma alone."""
    if language == "fr":
        return frozenset(_french(lemma))
    if language == "en":
        return frozenset(_english(lemma))
    return frozenset((lemma,))


def _french(lemma: str) -> set[str]:
    ending = next((ending for ending in _FRENCH_ENDINGS if lemma.endswith(ending)), "")
    if ending:
        stem = lemma.removesuffix(ending)
        one, many, participle, imperfect, future, past = (stem + form for form in _FRENCH[ending])
        return {lemma, one, many, past} | _participles(participle) | _imperfects(imperfect) | _futures(future)
    stem = lemma[:-2]
    if lemma.endswith("er"):
        return {lemma} | _first_group(stem)
    if lemma.endswith("ir"):
        plain = {lemma, stem + "it", stem + "issent", stem + "irent"}
        return plain | _participles(stem + "i") | _imperfects(stem + "iss") | _futures(lemma)
    if lemma.endswith("re"):
        plain = {lemma, stem, stem + "ent", stem + "it", stem + "irent"}
        return plain | _participles(stem + "u") | _imperfects(stem) | _futures(stem + "r")
    return {lemma}


def _first_group(stem: str) -> set[str]:
    """The forms of a verb in -er, with its changes: rappelle, révèle, avançait, dérogeait, appuie."""
    soft = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
    mute, future = stem, stem + "er"
    found = _MUTE.match(stem)
    if stem.endswith(("uy", "oy", "ay")):
        mute = stem[:-1] + "i"
        future = "enverr" if stem.endswith("envoy") else mute + "er"
    elif found and found[2] == "e":
        mute = stem + stem[-1] if _DOUBLING.search(stem) else found[1] + "è" + found[3]
        future = mute + "er"
    elif found:
        mute = found[1] + "è" + found[3]
    return (
        {mute + "e", mute + "ent", soft + "a", stem + "èrent"}
        | _participles(stem + "é")
        | _imperfects(soft)
        | _futures(future)
        | (_futures(mute + "er") if found else set())  # révélera and, since 1990, révèlera
    )


def _participles(masculine: str) -> set[str]:
    plural = masculine if masculine.endswith("s") else masculine + "s"
    return {masculine, masculine + "e", plural, masculine + "es"}


def _imperfects(stem: str) -> set[str]:
    return {stem + "ait", stem + "aient", stem + "ant"}


def _futures(stem: str) -> set[str]:
    return {stem + ending for ending in ("a", "ont", "ait", "aient")}


def _english(lemma: str) -> set[str]:
    if lemma == "be":
        return {"be", "is", "are", "was", "were", "been", "being"}
    if lemma == "have":
        return {"have", "has", "had", "having"}
    hissing = lemma.endswith(("s", "x", "z", "ch", "sh", "o"))
    third = lemma[:-1] + "ies" if re.search(r"[^aeiou]y$", lemma) else lemma + ("es" if hissing else "s")
    if lemma.endswith("e"):
        stem, past = lemma if lemma.endswith(("ee", "oe", "ye")) else lemma[:-1], lemma + "d"
    elif third.endswith("ies"):
        stem, past = lemma, lemma[:-1] + "ied"
    else:
        stem = lemma + lemma[-1] if _DOUBLING_EN.search(lemma) else lemma
        past = stem + "ed"
    if lemma in _ENGLISH:
        return {lemma, third, stem + "ing", *_ENGLISH[lemma]}
    double = {lemma + "led", lemma + "ling"} if _EITHER_EN.search(lemma) else set()
    return {lemma, third, stem + "ing", past} | double
