"""Minutes of a steering group, and what is found in such."""

from os2kb.decisions.minutes.extract import extract

MINUTES = """# Referat: OS2display styregruppemøde den 4. juni 2026

**Deltagere:** Ida Holm (Aarhus Kommune), Bo Lund (BL), Kim Dahl, leverandør
**Afbud:** ingen

## 1. Godkendelse af dagsorden

Dagsordenen blev godkendt.

## 2. Drift

Ida Holm fremlagde tre tilbud. Det blev besluttet, at driften
udbydes samlet, som Kim foreslog. Oplægget vedlægges.

## 3. Budget 2027

Beslutning: Godkendt med de ændringer, BL kom med.

## 4. Ny version

Styregruppen afviste forslaget om en app.

### Beslutning

- Version 3 udskydes til marts.
- Ingen

### Drøftelse

Der blev talt om skærme.

## 5. Opfølgning

| Opgave | Ansvarlig | Frist |
|---|---|---|
| Skriv udbudsmateriale | Ida | 1/8 |
| xxx | | |

| Nr. | Beslutning |
|---|---|
| 1 | Møder holdes hver anden måned |
"""


def quotes(text: str) -> list[str]:
    return [one.quote for one in extract("referat.md", text).found]
