"""Documents of our own in the shapes that job centres have, as text and in every kind of file."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import docx
import typst
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

COMMENTARY = """Samtalen før skemaet

Når vi begynder med skemaet, får vi svar på det, skemaet spørger om.

I Fjordby har vi prøvet at vende rækkefølgen om. Det tog tre måneder, før det føltes rigtigt.

Det, vi lærte

Vi lærte mest af de samtaler, der gik skævt. Her er det, vi holder fast i:

  • Begynd med det, der virker
  • Spørg om i morgen, før du spørger om i går
  • Skriv borgerens egne ord

Link til undersøgelsen

Vil du høre mere?

Kontakt vores metodekonsulent, og hør om mulighederne.

    Karen Lykke Holt
    Metodekonsulent i Fjordby Job og Vækst
    karen.holt@fjordby.example
    +45 1234 5678

    Læs mere på vores hjemmeside her
"""

INTERVIEW = """Skip to main content

Ordene kommer fra Jonas Brandt, afdelingsleder i Fjordby Jobcenter, der har stået i spidsen.

Vi har bedt Jonas fortælle, hvad der ændrede sig:

“Vi holdt op med at tale om borgerne, som om de ikke var der.

Det lyder lille. Det var det ikke.”

Tre regler for samtalen

“Vi skrev tre regler på væggen.

Reglerne er:

  • Borgeren hører alt, vi siger
  • Vi siger, hvad vi ved, og hvad vi gætter
  • Vi slutter med en aftale

De hænger der endnu.”

Kilder / yderligere læsning:

https://forskning.example/rapporter/Rapport_Tro-og-handling.pdf

https://fjordby.example/media/abc/beskaeftigelsesplan-2030.pdf

Mette Dahl

Author Mette Dahl

More posts by Mette Dahl
"""

THEME = """At vente på det rette tidspunkt

Hvad sker der med troen, mens vi venter?

Dette tema kaster lys på forskellige dilemmaer omkring ventetid:

  • Kan man vente for længe på det rette tidspunkt?
  • Er det omsorg at vente, eller er det frygt?

I nogle sager var der gået to år, siden nogen sidst havde gjort noget.

Når ingen bestemmer

Vi så på, hvem der tog det næste skridt.

Publikationer i dette tema

Der er endnu ingen publikationer i dette tema.

Andre analysetemaer

Fra ord til handling
Hvem tager det næste skridt?
Sproget i overdragelser

Vil du vide mere?

Kontakt projektleder Sofie Lund, hvis du vil have et oplæg.

Sofie Lund, mobil 12 34 56 78, mail sol@fjordby.example
"""

GUIDANCE = """• Tag borgerens eget bud alvorligt

  Begynd med borgerens tal
  Borgerens eget tal siger noget, som ingen andre kan sige. Skriv det ned, før du siger dit eget.

  Skab en lille sejr
  Et besøg på en arbejdsplads kan flytte mere end tre samtaler. Aftal det næste, før I går hjem.
"""

EVENT = """Temamøde: Det første skridt

Det første skridt er kort, sagde forskningschef Maria Birk fra Instituttet d. 22. november.

Salen var fyldt.

Programmet var:

  • 13.00 Velkomst
  • 13.15 Oplæg
  • 15.00 Tak for i dag

Vi tog det her med hjem:

  • Ring til virksomheden samme dag

”Det er rigtigt vigtigt, at ”trappen” ikke bliver en undskyldning. Man kan gå ud for at lære.

Vi ses igen

Tak til alle, der kom. Vi håber at se jer igen den 8. marts 2031.
"""


def as_docx(text: str) -> bytes:
    """As Word writes it: titles, headings and lists by its own styles."""
    document = docx.Document()
    lines = [line for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines):
        words = line.strip()
        if words.startswith("• "):
            document.add_paragraph(words[2:], style="List Bullet")
        elif number == 0:
            document.add_paragraph(words, style="Title")
        else:
            document.add_paragraph(words)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def docx_with_link(words: str, address: str) -> bytes:
    """One paragraph, "Se <link>."."""
    document = docx.Document()
    paragraph = document.add_paragraph("Se ")
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, True))
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = words
    run.append(text)
    link.append(run)
    paragraph._p.append(link)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def with_macros(data: bytes) -> bytes:
    """The same file with a part that holds a program."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(written, "w") as after,
    ):
        for name in before.namelist():
            after.writestr(name, before.read(name))
        after.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return written.getvalue()


_ODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink">
<office:automatic-styles>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Quotations"/>
</office:automatic-styles><office:body><office:text>%s</office:text></office:body>
</office:document-content>"""


def as_odt(body: str) -> bytes:
    """An OpenDocument text with this body, as LibreOffice packs it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", _ODT % body)
    return written.getvalue()


def odt_of(text: str) -> bytes:
    """Text as OpenDocument: title first, bullets as lists."""
    parts = []
    for number, line in enumerate(line for line in text.splitlines() if line.strip()):
        words = escape(line.strip())
        if words.startswith("• "):
            parts.append(
                "<text:list><text:list-item>"
                f"<text:p>{words[2:]}</text:p></text:list-item></text:list>"
            )
        else:
            style = ' text:style-name="P1"' if number == 0 else ""
            parts.append(f"<text:p{style}>{words}</text:p>")
    return as_odt("".join(parts))


def as_pdf(text: str, *, pages: int = 1) -> bytes:
    """Text set by typst: the title larger, paragraphs apart, bullets as they stand."""
    title, _newline, rest = text.partition("\n")
    source = f'#set page(paper: "a4")\n#set text(size: 11pt)\n= {_typst(title)}\n\n'
    for line in rest.splitlines():
        words = line.strip()
        if words.startswith("• "):
            source += f"- {_typst(words[2:])}\n"
        else:
            source += f"{_typst(words)}\n\n" if words else ""
    source += "#pagebreak()\nMere.\n" * (pages - 1)
    return typst.compile(source.encode())


def _typst(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "#$*_@<>\\`[]/=~-" else letter for letter in text)
