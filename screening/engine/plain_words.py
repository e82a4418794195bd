"""Words that no message to a patient may hold: verdicts, promises, unkind names."""

from __future__ import annotations

import re

REFUSED = (
    *("eligible", "ineligible", "qualify", "approved", "reject", "rejected"),
    *("candidate", "score", "you have depression", "high risk", "low risk"),
    *("cure", "guarantee", "relief", "effective", "proven", "70%", "most people"),
    *("just", "simply", "non-compliant", "sufferer", "suicidal person", "epidemic"),
    *("commit suicide", "committed suicide", "committed", "failed suicide"),
    *("failed attempt", "successful attempt", "cry for help", "monitoring"),
    *("addict", "abuser", "junkie", "clean", "dirty", "crazy"),
    *("we have told our team", "help is on the way", "will see this immediately"),
)
_REFUSED = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(re.escape, REFUSED))})s?(?!\w)", re.IGNORECASE
)


def refused(text: str) -> list[str]:
    """Return the refused words in a text, in lower case, each once."""
    spaced = " ".join(text.split())
    return list(dict.fromkeys(found.lower() for found in _REFUSED.findall(spaced)))
