"""What points to one person without naming them: workplaces, institutions, rare facts. All warn."""

from __future__ import annotations

import re

from . import lexicon
from .report import Hit

_CAPITAL_WORD = r"[A-ZÆØÅ][\wæøåé&'.\-]*"
_COMPANY = re.compile(
    rf"(?:{_CAPITAL_WORD}\s(?:(?:og|&|i|af)\s)?){{1,5}}(?:ApS|APS|A/S|I/S|K/S|P/S|IVS|A\.m\.b\.a\.?|AMBA|S\.M\.B\.A\.?|Holding)(?![\w])"
    rf"|{_CAPITAL_WORD}\s(?:&|og)\s(?:Søn(?:ner)?|Datter|Co)\b\.?|\bBrdr\.?\s{_CAPITAL_WORD}|\bBrødrene\s{_CAPITAL_WORD}"
)
_INSTITUTION = (
    r"(?:plejehjem|plejecenter|bosted|botilbud|opholdssted|børnehave|vuggestue|dagtilbud|skole|folkeskole|friskole|privatskole|højskole|efterskole"
    r"|gymnasi|værested|krisecenter|herberg|forsorgshjem|asylcenter|café|cafe|restaurant|pizzeria|hotel|kro|værtshus|bodega|diskotek|firma|virksomhed|vognmand"
    r"|bager|slagter|frisør|salon|murermester|tømrermester|malermester|autoværksted|værksted|planteskole|gartneri|klub|fodboldklub|idrætsforening|moské|moske"
    r"|menighed|gård|godset|gods|campingplads|daginstitution|institution|kollegi|bofællesskab|ungdomshus|supermarked|butik|rideskole|rideklub|tandklinik|lægehus)"
)
_NAMED_PLACE = re.compile(
    rf"\b(?i:{_INSTITUTION})(?:et|en|met|ten|teret|tret|ben|ken|men|n|t|um|umet|ie|iet|den)?(?:,)?\s(?:i\s)?[\"“”»«]?(?P<name>{_CAPITAL_WORD}(?:\s{_CAPITAL_WORD})*)"
)
_PROPER_INSTITUTION = re.compile(
    r"(?<![\w\-])(?P<name>[A-ZÆØÅ][\wæøåé\-]{2,}?(?P<kind>skolen|skole|hjemmet|kirken|kirke|kroen|klubben|børnehaven|børnehave|vuggestuen|hallen|gården|gaarden|centret|centeret|husene|huset"
    r"|parken|hospitalet|sygehuset|hus|caféen|bageriet|møllen|gymnasium|kollegiet|efterskole|friskole|højskole|fængsel|værket|værftet|havnen|slagteriet|mejeriet))s?(?![\w\-])"
)
_NATURE = (
    "skov", "bakke", "sol", "eng", "mølle", "høj", "lund", "vest", "nørre", "nord", "sønder", "søndre", "øst", "øster", "syd", "dal", "å", "strand", "linde", "bøge",
    "ege", "birke", "rose", "lærke", "svane", "kilde", "bjerg", "holm", "mose", "sø", "fjord", "ny", "sankt", "sct", "grøn", "krog", "tofte", "vang", "hassel", "elle", "lyng", "ravn", "rønne",
    "stjerne", "mælke", "regnbue", "kløver", "troldhøj", "abild", "granhøj", "birkelund", "pile", "ting", "kær", "ask",
)  # fmt: skip
_GENERIC = frozenset(
    "folke høj efter erhvervs produktions sprog ungdoms landsby musik idræts sports svømme medborger råd sundheds syge frivillig misbrugs krise kommunikations"
    " beskæftigelses aktivitets universitets forsorgs privat fri special general handels tekniske social fri kultur forsamlings pleje børne ældre bo hjem fritids"
    " lager fabriks fremtids ung unge job jobs borger pakhus ydelses ydelsescentret behandlings rehabiliterings distrikts læge tand pakke opholds barndoms fælles frugt køkken"
    " urte gart park gade bonde lands hoved bi ung nabo stue tinghuset vare skille have hoved drive sommer kolonihave for bindings dag ridnings rideskolen ride"
    " danse tegne kunst design kørel køre kok stor gæste bed tog bus lyst fyr krematorie kirke parkerings industri trafik fiske lyst boligblok fodbold håndbold tennis lyst læse"
    " stats stats arrest kraft el vand varme rensnings teglv grund mellem over real gymnasie sygeplejerske pædagog hestepasser landbrugs gartner søfarts sosu tekn lære forskole".split()
)

_PEOPLE = (
    r"(?:kvind\w+|mand(?:lige)?|mandlig\w*|mænd|pige|dreng|person|borger|elev|mor|far|forælder|beboer|patient|syrer|somalier|afghaner|ukrainer|grønlænder|iraker|iraner|tyrker"
    r"|polak|flygtning|ansatte?|medarbejder|smed|præst|læge|kok|snedker|tømrer|murer|maler|fisker|landmand|chauffør|pilot|politibetjent|lærer|blinde?|døve?|kørestolsbruger\w*|transkønnede?"
    r"|jøde|muslim|sort|farvet|tvilling\w*|overlevende|[a-zæøå]+(?:er|ør|ist|olog|mester|inde|smed|mand|kvinde|bygger|maker|mager))"
)
_SMALL_PLACE = r"(?:i|på|fra|ved)\s(?:hele\s)?(?:byen|kommunen|landsbyen|sognet|området|Danmark|landet|øen|egnen|opgangen|gaden|kvarteret|skolen|arbejdspladsen|virksomheden|afdelingen|jobcentret|[A-ZÆØÅ]\w+)"
_ONLY_ONE = re.compile(
    rf"\b(?i:den|det|byens|kommunens|landsbyens|danmarks|landets|egnens|sognets|øens|eneste|som|var|er)\s?(?:eneste|første)\s(?:[a-zæøå\-]+\s){{0,2}}?{_PEOPLE}\b(?:[^.!?\n]{{0,40}}?{_SMALL_PLACE})"
    rf"|\b(?i:byens|kommunens|landsbyens|danmarks|landets|egnens|sognets|øens)\s(?:eneste|første|mest\skendte|tidligere|gamle|lokale)?\s?(?:[a-zæøå\-]+\s)?{_PEOPLE}\b",
)
_KNOWN = re.compile(
    r"\b(?:tidligere|forhenværende|ekskonge|fhv\.?)\s(?:borgmester|minister|folketingsmedlem|byrådsmedlem|landsholdsspiller|superligaspiller|professionel\s\w+|verdensmester|olympi\w+|præst|sognepræst|tv-\w+|skuespiller|sanger(?:inde)?|politimester|direktør\s(?:for|i)\s[A-ZÆØÅ]\w+|formand\sfor\s[\wæøå ]{3,30})"
    r"|\b(?:kendt|kendes|omtalt)\s(?:fra|i|af)\s(?:hele\sbyen|tv\b|fjernsynet|avisen|medierne|pressen|alle\si|lokalavisen|den\slokale)[^.!?\n]{0,20}"
    r"|\bvar\si\s(?:avisen|tv|fjernsynet|medierne|lokalavisen)\b"
    r"|\b(?:danmarksmester|europamester|verdensmester|olympisk\s\w+|OL-\w+|VM-\w+)\b(?:\si\s\w+)?"
    r"|\b(?:trillinge\w*|firlinge\w*|femlinge\w*|sekslinge\w*|siamesisk\w*)\b"
    r"|\b(?:vandt|gevinst|vinder)\b[^.!?\n]{0,25}\b(?:i\slotto|lottogevinst|millioner\si\s(?:lotto|spil))\b"
    r"|\b(?:far|mor|forælder)\stil\s(?:seks|syv|otte|ni|ti|elleve|tolv|tretten|fjorten|[6-9]|1\d)\b(?:\sbørn)?"
    r"|\b(?:seks|syv|otte|ni|ti|elleve|tolv|[7-9]|1[0-2])\sbørn\smed\s\w+\s(?:forskellige\s)?(?:mænd|kvinder|fædre|mødre)\b"
    r"|\b(?:overlevede|mistede)\b[^.!?\n]{0,40}\b(?:flystyrt\w*|togulykke\w*|skibsforlis\w*|færge\w*|brand\w*|terror\w*|drukne\w*|mord\w*|drab\w*|skyderi\w*|tsunami\w*)\b"
    r"|\b(?:søn|datter|bror|søster|enke|gift|barnebarn)(?:en)?\s(?:af|efter|til|med)\s(?:en\s|den\s)?(?:kendt|tidligere|lokal\w*|byens|borgmester\w*|minister\w*|statsminister\w*)\b",
    re.IGNORECASE,
)
_RARE_MIX = re.compile(
    r"\b(?:kvinde|mand|enke(?:mand)?|mor|far|pige|dreng|borger)\b[^.!?\n]{0,30}\b(?:fra|født i)\s(?:Bhutan|Eritrea|Burundi|Rwanda|Congo|Myanmar|Burma|Tjetjenien|Mongoliet|Laos|Nepal|Cuba|Haiti|Fiji|Samoa|Yemen|Togo|Bolivia|Peru)\b[^.!?\n]{0,60}\b(?:med|som|der)\b[^.!?\n]{0,40}\b(?:syndrom|sygdom|blind|døv|amputer\w*|\w+er|børn)\b",
    re.IGNORECASE,
)
_DIAGNOSIS = re.compile(
    r"\b(?:huntington\w*|cystisk fibrose|ehlers[- ]danlos\w*|marfan\w*|narkolepsi\w*|muskelsvind\w*|duchenne\w*|bløder(?:sygdom\w*)?|hæmofili\w*|prader[- ]willi\w*|rett[s']* syndrom|turners? syndrom"
    r"|klinefelters?\w*|albinis\w*|albino|hiv(?:[- ]positiv\w*|[- ]smitt\w*)?|aids|spinal muskelatrofi|als[- ](?:patient|diagnose\w*|ramt\w*)|amyotrofisk\w*|sarkoidose|addisons\w*|cushings\w*|wilsons sygdom|porfyri\w*|fabrys?\w*|gauchers?\w*|pompes?\s\w+"
    r"|kleine[- ]levin\w*|locked[- ]in\w*|guillain[- ]barr\w*|myasthenia\w*|akondroplasi\w*|dværgvækst\w*|neurofibromatose\w*|sklerodermi\w*|hjertetransplant\w*|lungetransplant\w*|sjælden\w*\s(?:[\wæøå]+\s)?(?:\w*sygdom\w*|diagnose\w*|syndrom\w*|lidelse\w*|kræftform\w*|muskelsygdom\w*|gen\w+)|dissociativ identitetsforstyrrelse|fremmedaccentsyndrom\w*|retinitis\w*|ushers?\ssyndrom|williams syndrom|angelmans?\w*|fragilt x\w*)\b",
    re.IGNORECASE,
)
_CONVICTION = re.compile(
    r"\b(?:dømt|domfældt|sigtet|straffet|fængslet|afsonede?|afsonet|afsoner|sad inde|sidder inde|sidder i fængsel|varetægtsfængslet|dom)\b[^.!?\n]{0,40}?\bfor\b\s?(?:et|en)?\s?[^.!?\n]{0,15}?(?:drab\w*|manddrab\w*|mord\w*|voldtægt\w*|terror\w*|pædofili\w*|incest|blufærdighed\w*|bankrøveri\w*|røveri\w*|brandstiftelse\w*|menneskehandel\w*|underslæb\w*|spionage\w*|krigsforbryd\w*|vold\b|grov vold|narkohandel\w*|hustruvold\w*|bedrageri\w*|mandatsvig\w*|overgreb\w*|børneporno\w*|våbenbesiddelse\w*)"
    r"|\b(?:drabsdømt|voldtægtsdømt|terrordømt|pædofilidømt|rockerborg\w*|bandemedlem\w*|tidligere rocker|eks-?rocker|livstidsdømt|livstidsfange)\w*",
    re.IGNORECASE,
)


def find(text: str) -> list[Hit]:
    """Workplaces, institutions, rare facts in a normalised text."""
    hits = [Hit(*m.span(), "organisation", "warn") for m in _COMPANY.finditer(text) if not _is_public(m[0])]
    hits += [Hit(*m.span("name"), "organisation", "warn") for m in _NAMED_PLACE.finditer(text) if not _is_public(m["name"])]
    hits += [Hit(*m.span("name"), "organisation", "warn") for m in _PROPER_INSTITUTION.finditer(text) if _is_own_name(text, m)]
    for pattern in (_ONLY_ONE, _KNOWN, _RARE_MIX):
        hits += [Hit(*m.span(), "combination", "warn") for m in pattern.finditer(text)]
    hits += [Hit(*m.span(), "diagnosis", "warn") for m in _DIAGNOSIS.finditer(text)]
    return hits + [Hit(*m.span(), "conviction", "warn") for m in _CONVICTION.finditer(text)]


def _is_public(name: str) -> bool:
    """A country, municipality, chain or body known to all, or the word ``Kommune`` after it."""
    first = name.split()[0].strip(".,")
    phrase = " ".join(name.split()[:2]).lower()
    public = lexicon.is_allowed(first) or phrase in lexicon.allowed_phrases()
    return public or first.lower() in {"i", "de", "hvor", "kommune"} or "Kommune" in name


def _is_own_name(text: str, match: re.Match[str]) -> bool:
    """``Skovbakkeskolen``, not ``Folkeskolen``: the first part is a place or no Danish word."""
    first = match["name"][: -len(match["kind"])].lower()
    if lexicon.is_allowed(match["name"]) or lexicon.is_allowed(match["name"].capitalize()):
        return False
    if first in _GENERIC or first.rstrip("s") in _GENERIC or len(first) < 2:
        return False
    before = text[: match.start()].rstrip(" ")
    opening = not before or before[-1] in ".!?:\n\"“”»-"
    return not opening or first.startswith(_NATURE) or not lexicon.is_word(match["name"].lower())
