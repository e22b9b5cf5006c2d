"""What points to one person without naming them: workplaces, institutions, rare facts. All warn."""

from __future__ import annotations

import re

from . import lexicon
from .report import Hit

_CAPITAL_WORD = r"[A-ZÆØÅ][\wæøåé&'.\-]*"
_COMPANY = re.compile(
    rf"(?:{_CAPITAL_WORD}\s(?:(?:og|&|i|af)\s)?){{1,5}}(?:ApS|APS|A/S|I/S|K/S|P/S"
    r"|IVS|A\.m\.b\.a\.?|AMBA|S\.M\.B\.A\.?|Holding)(?![\w])"
    rf"|{_CAPITAL_WORD}\s(?:&|og)\s(?:Søn(?:ner)?|Datter|Co)\b\.?"
    rf"|\bBrdr\.?\s{_CAPITAL_WORD}|\bBrødrene\s{_CAPITAL_WORD}"
)
_INSTITUTION = (
    r"(?:plejehjem|plejecenter|bosted|botilbud|opholdssted|børnehave|vuggestue"
    r"|dagtilbud|skole|folkeskole|friskole|privatskole|højskole|efterskole"
    r"|gymnasi|værested|krisecenter|herberg|forsorgshjem|asylcenter|café|cafe"
    r"|restaurant|pizzeria|hotel|kro|værtshus|bodega|diskotek|firma|virksomhed"
    r"|vognmand"
    r"|bager|slagter|frisør|salon|murermester|tømrermester|malermester"
    r"|autoværksted|værksted|planteskole|gartneri|klub|fodboldklub|idrætsforening"
    r"|moské|moske"
    r"|menighed|gård|godset|gods|campingplads|daginstitution|institution|kollegi"
    r"|bofællesskab|ungdomshus|supermarked|butik|rideskole|rideklub|tandklinik"
    r"|lægehus)"
)
_NAMED_PLACE = re.compile(
    rf"\b(?i:{_INSTITUTION})(?:et|en|met|ten|teret|tret|ben|ken|men|n|t|um|umet|ie"
    rf"|iet|den)?(?:,)?\s(?:i\s)?[\"“”»«]?(?P<name>{_CAPITAL_WORD}"
    rf"(?:\s{_CAPITAL_WORD})*)"
)
_PROPER_INSTITUTION = re.compile(
    r"(?<![\w\-])(?P<name>[A-ZÆØÅ][\wæøåé\-]{2,}?(?P<kind>skolen|skole|hjemmet"
    r"|kirken|kirke|kroen|klubben|børnehaven|børnehave|vuggestuen|hallen|gården"
    r"|gaarden|centret|centeret|husene|huset"
    r"|parken|hospitalet|sygehuset|hus|caféen|bageriet|møllen|gymnasium|kollegiet"
    r"|efterskole|friskole|højskole|fængsel|værket|værftet|havnen|slagteriet"
    r"|mejeriet))s?(?![\w\-])"
)
_NATURE = tuple(lexicon.context("landscape"))
_GENERIC = lexicon.context("common_institutions")

_PEOPLE = (
    r"(?:kvind\w+|mand(?:lige)?|mandlig\w*|mænd|pige|dreng|person|borger|elev|mor"
    r"|far|forælder|beboer|patient|syrer|somalier|afghaner|ukrainer|grønlænder"
    r"|iraker|iraner|tyrker"
    r"|polak|flygtning|ansatte?|medarbejder|smed|præst|læge|kok|snedker|tømrer"
    r"|murer|maler|fisker|landmand|chauffør|pilot|politibetjent|lærer|blinde?"
    r"|døve?|kørestolsbruger\w*|transkønnede?"
    r"|jøde|muslim|sort|farvet|tvilling\w*|overlevende|[a-zæøå]+(?:er|ør|ist|olog"
    r"|mester|inde|smed|mand|kvinde|bygger|maker|mager))"
)
_SMALL_PLACE = (
    r"(?:i|på|fra|ved)\s(?:hele\s)?(?:byen|kommunen|regionen|landsbyen|sognet|området"
    r"|Danmark|landet|øen|egnen|opgangen|gaden|kvarteret|skolen|arbejdspladsen"
    r"|virksomheden|afdelingen|jobcentret|[A-ZÆØÅ]\w+)"
)
_ONLY_ONE = re.compile(
    r"\b(?i:den|det|byens|kommunens|landsbyens|danmarks|landets|egnens|sognets"
    r"|øens|eneste|som|var|er)\s?(?:eneste|første)\s"
    rf"(?:[a-zæøå\-]+\s){{0,2}}?{_PEOPLE}\b(?:[^.!?\n]{{0,40}}?{_SMALL_PLACE})"
    r"|\b(?i:byens|kommunens|landsbyens|danmarks|landets|egnens|sognets|øens)\s"
    r"(?:eneste|første|mest\skendte|tidligere|gamle|lokale)?\s?"
    rf"(?:[a-zæøå\-]+\s)?{_PEOPLE}\b",
)
_KNOWN = re.compile(
    r"\b(?:tidligere|forhenværende|ekskonge|fhv\.?)\s(?:borgmester|miss\s\w+|minister"
    r"|folketingsmedlem|byrådsmedlem|landsholdsspiller|superligaspiller"
    r"|professionel\s\w+|verdensmester|olympi\w+|præst|sognepræst|tv-\w+"
    r"|skuespiller|sanger(?:inde)?|politimester|direktør\s(?:for|i)\s[A-ZÆØÅ]\w+"
    r"|formand\sfor\s[\wæøå ]{3,30})"
    r"|\b(?:kendt|kendes|omtalt)\s(?:fra|i|af)\s(?:hele\sbyen|tv\b|fjernsynet"
    r"|avisen|medierne|pressen|alle\si|lokalavisen|den\slokale)[^.!?\n]{0,20}"
    r"|\bvar\si\s(?:avisen|tv|fjernsynet|medierne|lokalavisen)\b"
    r"|\b(?:danmarksmester|europamester|verdensmester|olympisk\s\w+|OL-\w+|VM-\w+)\b(?:\si\s\w+)?"
    r"|\b(?:trillinge\w*|firlinge\w*|femlinge\w*|sekslinge\w*|siamesisk\w*)\b"
    r"|\b(?:vandt|gevinst|vinder)\b[^.!?\n]{0,25}\b(?:i\slotto|lottogevinst"
    r"|millioner\si\s(?:lotto|spil))\b"
    r"|\b(?:far|mor|forælder)\stil\s(?:seks|syv|otte|ni|ti|elleve|tolv|tretten"
    r"|fjorten|[6-9]|1\d)\b(?:\sbørn)?"
    r"|\b(?:seks|syv|otte|ni|ti|elleve|tolv|[7-9]|1[0-2])\sbørn\smed\s\w+\s"
    r"(?:forskellige\s)?(?:mænd|kvinder|fædre|mødre)\b"
    r"|\b(?:overlevede|mistede)\b[^.!?\n]{0,40}\b(?:flystyrt\w*|togulykke\w*"
    r"|skibsforlis\w*|færge\w*|brand\w*|terror\w*|drukne\w*|mord\w*|drab\w*"
    r"|skyderi\w*|tsunami\w*)\b"
    r"|\bmistede\s(?:begge|et|en|sit|sin)\s(?:ben|arme?|hånd|hænder|syn\w*)\b"
    r"|\b(?:søn|datter|bror|søster|enke|gift|barnebarn)(?:en)?\s(?:af|efter|til"
    r"|med)\s(?:en\s|den\s)?(?:kendt|tidligere|lokal\w*|byens|borgmester\w*"
    r"|minister\w*|statsminister\w*)\b",
    re.IGNORECASE,
)
_RARE_MIX = re.compile(
    r"\b(?:kvinde|mand|enke(?:mand)?|mor|far|pige|dreng"
    r"|borger)\b[^.!?\n]{0,30}\b(?:fra|født i)\s(?:Bhutan|Eritrea|Burundi|Rwanda"
    r"|Congo|Myanmar|Burma|Tjetjenien|Mongoliet|Laos|Nepal|Cuba|Haiti|Fiji|Samoa"
    r"|Yemen|Togo|Bolivia|Peru)\b[^.!?\n]{0,60}\b(?:med|som"
    r"|der)\b[^.!?\n]{0,40}\b(?:syndrom|sygdom|blind|døv|amputer\w*|\w+er|børn)\b",
    re.IGNORECASE,
)
_DIAGNOSIS = re.compile(
    r"\b(?:huntington\w*|cystisk fibrose|ehlers[- ]danlos\w*|marfan\w*"
    r"|narkolepsi\w*|muskelsvind\w*|duchenne\w*|bløder(?:sygdom\w*)?|hæmofili\w*"
    r"|prader[- ]willi\w*|rett[s']* syndrom|turners? syndrom"
    r"|klinefelters?\w*|albinis\w*|albino|hiv(?:[- ]positiv\w*|[- ]smitt\w*)?|aids"
    r"|spinal muskelatrofi|als[- ](?:patient|diagnose\w*|ramt\w*)|amyotrofisk\w*"
    r"|sarkoidose|addisons\w*|cushings\w*|wilsons sygdom|porfyri\w*|fabrys?\w*"
    r"|gauchers?\w*|pompes?\s\w+"
    r"|kleine[- ]levin\w*|locked[- ]in\w*|guillain[- ]barr\w*|myasthenia\w*"
    r"|akondroplasi\w*|dværgvækst\w*|neurofibromatose\w*|sklerodermi\w*"
    r"|hjertetransplant\w*|lungetransplant\w*|sjæld(?:en|ne|ent)\s(?:[\wæøå]+\s)?"
    r"(?:\w*sygdom\w*|diagnose\w*|syndrom\w*|lidelse\w*|kræftform\w*"
    r"|muskelsygdom\w*|gen\w+)|dissociativ identitetsforstyrrelse"
    r"|fremmedaccentsyndrom\w*|retinitis\w*|ushers?\ssyndrom|williams syndrom"
    r"|angelmans?\w*|fragilt x\w*)\b",
    re.IGNORECASE,
)
_CONVICTION = re.compile(
    r"\b(?:dømt|domfældt|sigtet|straffet|fængslet|afsonede?|afsonet|afsoner"
    r"|sad inde|sidder inde|siddet inde|siddet? i fængsel|sidder i fængsel|varetægtsfængslet"
    r"|dom)\b[^.!?\n]{0,40}?\bfor\b\s?(?:et|en)?\s?[^.!?\n]{0,15}?(?:drab\w*"
    r"|manddrab\w*|mord\w*|voldtægt\w*|terror\w*|pædofili\w*|incest"
    r"|blufærdighed\w*|bankrøveri\w*|røveri\w*|brandstiftelse\w*|menneskehandel\w*"
    r"|underslæb\w*|spionage\w*|krigsforbryd\w*|vold\b|grov vold|narkohandel\w*"
    r"|hustruvold\w*|bedrageri\w*|mandatsvig\w*|overgreb\w*|børneporno\w*"
    r"|våbenbesiddelse\w*)"
    r"|\b(?:drabsdømt|voldtægtsdømt|terrordømt|pædofilidømt|rockerborg\w*"
    r"|bandemedlem\w*|tidligere rocker|eks-?rocker|livstidsdømt|livstidsfange)\w*",
    re.IGNORECASE,
)


def find(text: str) -> list[Hit]:
    """Workplaces, institutions, rare facts in a normalised text."""
    hits = [
        Hit(*m.span(), "organisation", "warn")
        for m in _COMPANY.finditer(text)
        if not _is_public(m[0])
    ]
    hits += [
        Hit(*m.span("name"), "organisation", "warn")
        for m in _NAMED_PLACE.finditer(text)
        if not _is_public(m["name"])
    ]
    hits += [
        Hit(*m.span("name"), "organisation", "warn")
        for m in _PROPER_INSTITUTION.finditer(text)
        if _is_own_name(text, m)
    ]
    for pattern in (_ONLY_ONE, _KNOWN, _RARE_MIX):
        hits += [Hit(*m.span(), "combination", "warn") for m in pattern.finditer(text)]
    hits += [Hit(*m.span(), "diagnosis", "warn") for m in _DIAGNOSIS.finditer(text)]
    return hits + [Hit(*m.span(), "conviction", "warn") for m in _CONVICTION.finditer(text)]


def _is_public(name: str) -> bool:
    """A country, municipality, chain or body known to all, or the word ``Kommune`` after it."""
    first = name.split(maxsplit=1)[0].strip(".,")
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
    opening = not before or before[-1] in '.!?:\n"“”»-'
    return not opening or first.startswith(_NATURE) or not lexicon.is_word(match["name"].lower())
