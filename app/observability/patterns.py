"""What private things look like in text: one expression each. All repeats are bounded, so that time grows with length only."""

import re

_CAPITAL = r"[A-ZÀ-ÖØ-ÞŁŚŻŹĆĄĘŃ]"
_LOWER = r"[a-zß-öø-ÿąćęłńśźżčďěňřšťůž]"
_NAME_WORD = rf"{_CAPITAL}(?:['’]{_CAPITAL})?{_LOWER}{{1,20}}(?:[-'’]{_CAPITAL}?{_LOWER}{{1,20}}){{0,2}}"
_INITIAL = rf"{_CAPITAL}\."
_PARTICLE = r"(?:van|von|de|der|den|da|di|du|la|le|bin|al|el)"
_NAME = rf"{_NAME_WORD}(?:[ ]{{1,3}}(?:(?:{_PARTICLE}[ ]){{0,2}}{_NAME_WORD}|{_INITIAL})){{0,3}}"

PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:(?!-----END)[\s\S])*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?")

KEY = re.compile(
    r"""(?x)(?<![A-Za-z0-9])(?:
      (?:sk|pk|rk)[-_](?=[A-Za-z_-]{0,60}\d)[\w-]{12,300}
    | lsv2_\w{6,300} | gh[pousr]_[A-Za-z0-9]{10,300} | github_pat_\w{10,300} | glpat-[\w-]{10,300}
    | (?:AKIA|ASIA)[A-Z0-9]{12,20} | xox[a-z]-[\w-]{6,300} | AIza[\w-]{30,60} | hf_[A-Za-z0-9]{16,100} | npm_[A-Za-z0-9]{20,100}
    | SG\.[\w-]{10,100}\.[\w-]{10,100}
    | eyJ[\w-]{6,4000}\.[\w-]{6,4000}(?:\.[\w-]{0,1000})?
    | [0-9a-fA-F]{32,512}
    )(?![A-Za-z0-9])"""
)
BEARER = re.compile(r"(?i)\b(bearer|basic)(\s{1,3})(?=[A-Za-z._~+/=-]{0,300}\d)[\w.~+/=-]{10,2000}")
_STRONG = (
    r"password|passwort|kennwort|passphrase|passwd|pwd|mot\ de\ passe|contraseña|hasło"
    r"|api[ _-]?key|access[ _-]?key|secret[ _-]?key|client[ _-]?secret|access[ _-]?token|auth[ _-]?token"
)
PASSWORD = re.compile(
    rf"(?i)(?<![^\W_])((?:{_STRONG})[\"']?\s{{0,3}}"
    r"(?:[:=]\s{0,3}|(?:is|ist|est|es)\s(?=[^\s\d!@#$%^&*]{0,60}[\d!@#$%^&*])))[\"']?[^\s\"']{1,300}"
)
SECRET = re.compile(r"(?i)(?<![^\W_])((?:secret|token|pin|code)[\"']?\s{0,3}[:=]\s{0,3})[\"']?(?=[^\s\d]{0,60}\d)[^\s\"',;]{4,300}")
RANDOM = re.compile(r"(?<![\w+/=-])[\w+/-]{32,2000}={0,2}(?![\w+/-])")
"""A candidate only: whether it looks random is counted."""

URL = re.compile(r"(?i)(?<![a-z0-9])[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{0,200}:[^\s/@]{1,300}@[^\s\"'<>]{1,2000}")
EMAIL = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]{1,200}(?:@|\s?[\[(]at[\])]\s?)[\w-]{1,63}(?:(?:\.|\s?[\[(]dot[\])]\s?)[\w-]{1,63}){1,8}", re.IGNORECASE
)
IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?(?!\w)")
CARD = re.compile(r"(?<![\w.+-])\d(?:[ -]?\d){12,18}(?![\w-])")
IP4 = re.compile(r"(?<![\w.])(?<!version )(?<!release )(?:\d{1,3}\.){3}\d{1,3}(?![\w.]?\d)(?!\w)")
IP6 = re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])")
UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_DATE = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
# Not phonenumbers: it needs a region for national numbers, and a person may write of any; it takes 230 ms for the longest message.
PHONE = re.compile(
    rf"""(?xi)(?P<keep>{UUID})
    | (?<![\w.,:/-])(?!{_DATE}\b)(?:
        (?:\+|00)(?=\d)\d{{1,3}}(?:[ ().\-/]{{0,3}}\d){{6,13}}
      | \(?0[1-9](?:[ ().\-/]{{0,3}}\d){{7,12}}
      | (?:\+?1[ .-])?(?:\(\d{{3}}\)[ ]?|\d{{3}}[.-])\d{{3}}[ .-]\d{{4}}
      )(?![\w-]|[.,]\d)
    | (?P<lead>\b(?:phone|telephone|tel|mobile|cell|handy|fax|whatsapp|telefon|call\ me|reach\ me|ring\ me)\b
        (?:\ (?:number|is|at|on|under|me)){{0,3}}[.:]?\s{{0,3}})(?=[+(\d])[+(]{{0,2}}\d(?:[ ().\-/]{{0,3}}\d){{5,14}}(?!\w)"""
)

_STREET = (
    r"(?:Street|Road|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Way|Court|Square|Terrace|Crescent|Close|Mews|Gardens|Rd|St|Ln|Dr|Place|Highway)"
)
_NO_STREET = r"(?!(?:Google|Microsoft|One|Open|Shared|Amazon|Apple|The)\b)"
_UK_CODE = r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}"
ADDRESS = re.compile(
    rf"""(?x)(?<![\w.,/-])(?:
      \d{{1,5}}[A-Za-z]?,?\s{{1,3}}{_NO_STREET}(?:{_CAPITAL}[\w'’.-]{{1,30}}\s{{1,3}}){{1,4}}{_STREET}\b
    | \d{{1,5}}[a-z]?\s{{1,3}}(?!(?:high|wall|the|a|busy|main)\s)[a-z]{{3,20}}\s(?:street|road|avenue|boulevard)\b
    | {_CAPITAL}[\w-]{{2,40}}(?:straße|strasse|str\.|weg|platz|gasse|allee|ufer|damm|straat|laan|gatan|vej)\s{{1,3}}\d{{1,4}}\s?[a-z]?\b
    | {_CAPITAL}[\w-]{{1,30}}\s(?:Straße|Strasse|Str\.|Platz|Allee|Weg|Damm|Ufer)\s{{1,3}}\d{{1,4}}\s?[a-z]?\b
    | \d{{1,4}}(?:\s?(?:bis|ter))?,?\s(?:rue|boulevard|avenue|place|quai)\s(?:d['’]|(?:de|du|des|la|le|l['’])\s){{0,3}}[\w'’-]{{2,30}}
    | (?:[Cc]alle|[Rr]ua|[Pp]iazza|[Vv]iale|[Uu]lica|[Uu]l\.|[Aa]l\.)\s(?:{_CAPITAL}[\w'’-]{{1,30}}\s?){{1,4}},?\s{{0,2}}\d{{1,4}}\b
    | (?i:p\.?\s?o\.?\s?box|post\ office\ box|postfach|bo[iî]te\ postale)\s{{1,3}}\d[\d ]{{0,8}}\d?
    | {_UK_CODE}(?!\w)
    )"""
)
AROUND_ADDRESS = re.compile(
    rf"\[address\](?:,?\s{{1,3}}(?:(?:[A-Z]{{1,2}}-)?\d{{4,6}}(?:-\d{{4}})?|{_UK_CODE}|{_CAPITAL}[\w'’-]{{1,30}},?\s{{1,3}}(?:[A-Z]{{2}}\s)?"
    rf"(?:(?:[A-Z]{{1,2}}-)?\d{{4,6}}(?:-\d{{4}})?|{_UK_CODE})|\[address\]|[A-Z]{{2}}\s\d{{5}})(?!\w)(?!\s(?:tasks|cases|a\s))"
    rf"(?:\s{{1,3}}{_CAPITAL}{_LOWER}[\w-]{{1,30}})?|,\s{_CAPITAL}[\w'’-]{{1,30}},?\s\[address\])"
)

_ROLES = (
    r"(?:Head|Chief|Vice|Director|Product|Project|Program|Programme|Data|Senior|Junior|Lead|Leading|Team|Managing|Manager|Engineer|Engineering"
    r"|Operations|Sales|Marketing|Legal|Finance|Founder|Owner|Partner|Principal|Responsible|Interim|Deputy|Group|Global|Regional|Technical"
    r"|Business|Process|Quality|Risk|Security|Software|Solution|Solutions|Enterprise|Customer|Claims|The|Not|In|On|At|Just|Also|Still|Sure|Here"
    r"|What|How|When|Where|Why|Who|That|This|It|We|Our|An|German|French|British|English|American|Polish|Dutch|Spanish|Italian)\b"
)
_AFTER_NAME = r"(?!(?:and|but|i|we|the|a|an|from|at|of|with|in|on|for|my|our|who|the|und|et|y|i'm|work|lead|run)\b)"
_AND_MORE = rf"(?=\s{_NAME}(?:\s(?:from|speaking|here)|,\s(?:head|chief|director|our|the|your)))"
_ANY_WORD = rf"{_AFTER_NAME}[^\W\d_][\w'’-]{{1,30}}"
INTRODUCED = (
    re.compile(
        rf"\b(?:I['’]m|i['’]m|[Ii] am|Im|[Ii]ch bin|[Cc]all me|[Jj]e suis|[Ss]oy|[Jj]estem|[Tt]his is{_AND_MORE})"
        rf"\s{{1,2}}(?!{_ROLES})({_NAME})"
    ),
    re.compile(
        r"(?i:\bmy (?:full |first |last )?name(?:['’]s| is|:)|(?m:^|(?<=[.;,]\s))name:"
        r"|\bmein name ist|\bich hei(?:ß|ss)e|\bje m['’]appelle|\bme llamo"
        rf"|\bmi nombre es|\bnazywam się|\bmi chiamo)\s{{1,3}}((?i:{_ANY_WORD}(?:[ ]{{1,3}}{_ANY_WORD}){{0,2}}))"
    ),
    re.compile(
        r"\b(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Professor|Herrn?|Frau|Madame|Monsieur|Mme|Señora?|Signora?)\.?\s{1,3}"
        rf"(?!(?:Teams|Office|Excel|Word|Project|Dynamics|Access|Outlook|Azure|Copilot|Visio)\b)({_NAME})"
    ),
    re.compile(rf"(?:(?i:\bsigned)\s?[,:]|(?i:\bregards|\byours (?:sincerely|truly|faithfully)|\bsincerely|\bcheers),)\s{{1,4}}({_NAME})"),
)
COMPANY = re.compile(
    rf"(?<!\w)(?:{_CAPITAL}[\w&.'’-]{{0,30}}\s{{1,3}}(?:&\s)?){{1,4}}"
    r"(?:GmbH|AG|KG|SE|Ltd|Inc|LLC|LLP|PLC|plc|B\.?V\.|Oy|A/S|ApS|S\.r\.l\.|S\.A\.|Pty|sp\. z o\.o\.)(?!\w)"
)
