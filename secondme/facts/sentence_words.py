"""Words that the reading of sentences goes by, in the languages that it reads."""

from __future__ import annotations

import re

SUBJECT = re.compile(
    r"(?i)\b(?:i|i['’](?:m|ve|d|ll)|im|ive|we|we['’](?:re|ve|ll)|me|us|myself|mine|ours|ich|wir|mich|mir|uns|yo|nos"
    r"|nosotr[oa]s|conmigo|tengo|estoy|soy|vivo|trabajo|tomo|juego|estamos|somos|vivimos|j['’]\w+|je|nous|on|moi)\b|[我咱]"
)
"""Words for who speaks, alone or with others; "my sister" speaks of her."""
MINE = re.compile(r"(?i)\b(?:my|our|mein\w*|unser\w*|mis?|nuestr[oa]s?|mon|ma|mes|notre|nos|mi[ao]|minha|meus?|mijn)\b")
LEFT = re.compile(
    r"(?i)\b(?:left|leave|leaving|quit|quitting|sold|sell|selling|lost|dropped|gave up|given up|resigned|retired"
    r"|done with|notice|last (?:day|shift|week)|laid off|let me go|sacked|fired|redundant|goodbye|bye|borrowed"
    r"|rented|hired?|handed|returned|gave back|given back|took back|taken back|brought back|out of|from"
    r"|formerly|ex|used to|was|were|had been|no longer|instead of|rather than|unlike"
    r"|verlassen|verkauft|aufgegeben|früher|war|waren|statt|aus|von|dej[éeo]\w*|dejado|vend[íio]\w*|antes|era|fui"
    r"|gekündigt|kündig\w*|renunci\w+|dimit\w+|démission\w*|quitt\w+|vendu\w*|arrêté|ancien\w*|étais?|était|avant)\b|离开|以前|原来|卖|辞|曾"
)
"""Words before an object of which it is over, or of which something else is said."""
AHEAD = re.compile(
    r"(?i)\b(?:will|shall|going to|gonna|i['’]ll|we['’]ll|plan(?:s|ning)? to|hop(?:e|ing) to|want to|would|could|might"
    r"|may|maybe|perhaps|thinking|considering|one day|soon|someday|if|werde|werden|möchte|würde|vielleicht|wenn"
    r"|voy a|vamos a|quiero|quisiera|quizás?|tal vez|si|vais|allons|voudrais|peut-être)\b|想|打算|可能|也许|如果|要是"
)
"""Words of what is still to come, wished or supposed."""
NO_OBJECT = re.compile(
    r"(?i)(?:i|me|we|us|you|he|him|she|her|they|them|it|this|that|these|those|there|here|home|work|one|ones|some|any"
    r"|something|anything|nothing|everything|someone|nobody|today|yesterday|tomorrow|now|then|more|most|all|both|mine"
    r"|yes|no|hell|\d+|[\W\d_]*)"
)
"""What is no object by itself."""
LEADS = re.compile(
    r"(?i)^(?:(?:in|at|on|as|to|for|with|of|is|am|are|be|the|a|an|my|our|im|am|bei|als|in der|in dem|der|die|das|den"
    r"|dem|ein|eine|einen|en|de|como|el|la|los|las|un|una|mi|à|au|aux|chez|comme|le|les|du|une|mon|ma"
    r"|(?:drop|sip|bite|piece|glass|cup|bit) of|any|more|new|no)\s+|[ld]['’])+"
)
TRAILS = re.compile(r"(?i)\s+(?:course|class|classes|lessons?|man|woman|person|fan|kurs|unterricht)$")
"""What an object is shown without, before it and behind it."""

AND = re.compile(r"(?:\s*,\s*|\s+)(?:and|or|nor|und|oder|y|e|o|et|ou)\s+|\s*[,、，]\s*|\s+&\s+|[和跟与]")
"""What parts the members of a list."""
CLAUSE = re.compile(r"[,;:.!?–—，；：。！？]")
"""What parts clauses."""
NAMED_TO = re.compile(r"^(.*\b[^\W\d_a-zß-öø-ÿ][\w'’.-]*)(?:\s+[a-zß-öø-ÿ][\w'’-]*)+$")
"""A name with words in lower case behind it, which are none of it."""
