"""What a polite or ordering question asks underneath: "Could you tell me the amount" asks what the amount is."""

from __future__ import annotations

import re

_LEAD = r"^\W*(?:(?:so|and|but|ok|okay|well|hey|please|sorry|now|then)\b\W*)*"
_TELLS = (
    r"(?:tell|give|show|remind|name|state|list|recall|remember|repeat|find|check|look up|pull up|know|mention|share|say"
    r"(?= (?:what|which|who|whose|when|where|why|how|if|whether)\b))"
)
_REQUEST = re.compile(
    rf"(?i){_LEAD}(?:(?:can|could|would|will|do|did) (?:you|u|ya) (?:(?:please|kindly|happen to|still|even|perhaps) )*"
    rf")?{_TELLS}\b(?: (?:me|us|again|please|out|for me|of|about))*(?:\s*[,:]\s*|\s+)(?=\w)"
)
_CLAUSE = re.compile(r"(?i)(?:what|which|who|whose|whom|when|where|why|how|if|whether)\b")
_STATEMENT = re.compile(
    r"(?i)(?:that|i|we|you|he|she|it|they|to|anyone|anybody|everything|anything|something|an?|any)\b"
)
_WHETHER = re.compile(r"(?i)(?:if|whether) ")


def plain_question(text: str) -> str:
    """The question inside a request; the text itself where it is none."""
    request = _REQUEST.match(text)
    if request is None:
        return text
    rest = text[request.end() :]
    if _WHETHER.match(rest):
        return f"is it so that {_WHETHER.sub('', rest, count=1)}"
    if _CLAUSE.match(rest):
        return rest
    return text if _STATEMENT.match(rest) else f"what is {rest}"
