"""Words by which the gate knows what is no statement: questions, wishes, jokes, quotations, what others say."""

from __future__ import annotations

import re

from secondme.facts.phrases import Pattern, any_of
from secondme.text.timex.names import MONTHS, WEEKDAYS

_SAYS = any_of("""
    says?, said, told (me|us), tells (me|us), mentioned, mentions, claims?, claimed, thinks, thought, believes, heard,
    wrote, writes, insists, reckons, swears, announced, texted, reports?, reported
""")
_NO_SPEAKERS = any_of("i, we, you, who, and, but, that, it, what, never, just, also, always, already, once, as")
HEARSAY = (
    Pattern(
        rf"(?P<who><NAME>|\b([Mm]y|[Oo]ur) <WORD>|\b(?!{_NO_SPEAKERS}\b)[a-z]{{3,12}}) (just |also |once )?"
        rf"{_SAYS}( that| how)?\b"
    ),
    Pattern(
        r"(?i:\b(according to|i heard from|heard from|i have it from|word from|told by|i('m| am) told by))"
        r" (?P<who><NAME>|(my|our) <WORD>|[a-z]{3,12}\b)"
    ),
)
HEARSAY_AFTER = Pattern(
    rf"(,|–|—|-) *(or so |at least |so |as )?"
    rf"(<who:NAME> {_SAYS}|({_SAYS}) <too:NAME>|(at least )?according to <his:NAME>)"
)
RUMOUR = Pattern(
    r"(?i)\b(apparently|supposedly|allegedly|rumou?rs?|rumou?r has it|they say|people say|i('ve)? heard( that)?"
    r"|i hear( that)?|word is|it seems|seems like|reportedly|someone (said|told)|i was told|is said to"
    r"|(he|she|they) (says?|said|reckons?|claims?|tells? me))\b"
)
_WISHES = any_of("""
    if, would, wouldn't, wish, (?-i:hope|^Hope), hoping, maybe, perhaps, might, could, imagine,
    dream(t|ed|ing)?, pretend, suppose,
    as though, as if, want(ed)? to, plan(ning|ned)? to, think(ing)? (of|about), considering, should, unless, whether,
    in another life, used to, almost, nearly, going to, gonna, will, 'll, 'd, about to, considered, tempted, probably,
    one day, someday, when i was, as a (child|kid|student), back when, had i, back then, at the time, in those days,
    in (my|the|a|this|that) (novel|story|film|movie|game|book|dream|play|song|series|show), my character, role-?play,
    say
""")
HYPOTHETICAL = Pattern(rf"(?i)\b{_WISHES}\b|(?-i:\bmay\b)")
CONDITION = Pattern(r"(?i)\b(if|unless|except that|or maybe)\b(?! you (need|want|ever|lose|must)| anyone| need)")
UNDER_WAY = Pattern(r"(?i)\b(moving|relocating|starting|joining|switching)\b")
"""What someone is about to do: "moving to Cork"."""
AHEAD = Pattern(
    r"(?i)\b(will|shall|going to|gonna|about to|off to|(plan|plans|planning) (to|on)|set to|due to)\b|'ll\b"
    r"|(?<=\b[Ii])ll\b"
)
"""What makes a statement one of the future."""
BEGINNING = Pattern(
    r"(?i)\b(starts?|moves?|joins?|begins?|relocates?|switch(es)?|turns?|turning|(wants?|needs?|takes?|hired|taken) me"
    rf"|from (?=(the )?(\d|next|{'|'.join((*MONTHS, *WEEKDAYS))}|spring|summer|autumn|fall|winter)))(?!\w)"
)
"""A present that means the future if a later time follows: "I start at Tesco on Monday"."""
WAS_AHEAD = Pattern(r"(?i)\b(was|were|had|have) (been )?(going|about|planning|supposed|due|set|moving|starting)\b")
_SOON = any_of(r"""
    tomorrow, soon, shortly, next, this coming, this (spring|summer|autumn|fall|winter|week|month|year|weekend),
    later this, at the (end|beginning|start) of, on (the )?\d+(st|nd|rd|th)?, from
""")
LATER = Pattern(
    rf"(?i)^[\s,]*({_SOON}\b|(in|by|on) (the )?({'|'.join((*MONTHS, *WEEKDAYS))}|spring|summer|autumn|fall|winter)\b"
    r"|in (an?|one|two|three|four|five|six|ten|a few|a couple of|\d+) (days?|weeks?|months?|years?)\b)"
)
_REPORTS = any_of("""
    went (hi|hello|like|on|all|oh), (was|is|were) (all )?like, goes, says?, said, asks?, asked, thinks?,
    thought, assum(es?|ed), guess(es|ed), figured, suspects?, suspected, imagines?, imagined, is convinced,
    took me for, claims?, claimed, believes?, believed, swears, wrote, writes, shouts?, shouted, told, tells
""")
REPORTED = Pattern(rf"(?i)\b{_REPORTS}\b")
"""Before an "I": the words of another, unless it is I who says it."""
MYSELF = Pattern(r"(?i)\b(i|we)('ve)? (already |just |once )?(said|say|think|thought|told|wrote|mentioned|believe)\b")
_JOKES = (
    r"just kidding|kidding|jk|joking|(only|just|was|it'?s|that'?s) a joke|sarcasm"
    r"|not really|(yeah|yes|oh|ha),? (yes|sure|right)|said no one|or so the song goes|as if"
)
JOKE = Pattern(rf"(?i)\b({_JOKES})\b|[😜😝😉]|;-?\)|(?<!\w)/s\b")
LAUGHTER = Pattern(r"(?i)\b(lol|lmao|rofl|haha\w*|hehe\w*|hihi\w*|jaja\w*|jeje\w*|mdr|ptdr)\b|哈哈+|嘻嘻+|[😂🤣]")
"""What makes a joke of the clause beside it, and of no other: people laugh at much that is so."""
OTHER_CLAUSE = Pattern(r"[,.;!?\n–—][^\w\n]*(\w[\w'’-]*[^\w,.;!?\n]+){2,}")
"""Two words and more between a statement and a laugh, in a clause of their own."""
FROM_THEN = Pattern(rf"(?i)\b(from|as of|starting) (the )?(\d{{1,2}}(st|nd|rd|th)?\b(?! to)|next|{'|'.join(MONTHS)})")
"""When a number of mine will change."""
_FICTIONS = any_of("""
    role[ -]?play(ing)?, new game, your (move|turn), script, sketch, lesson, vocab(ulary)?, (?-i:grammar), charades,
    let's play, story idea, short story, screenplay, monologue, dialogue for, lyrics?,
    in (my|a|the|this|that) dream, dreamt, dreamed, fairy tale, fan ?fic, once upon a time,
    (playing|play) (a|the) (game|part|role), in character, dungeons, improv, audition(ing)?,
    the (narrator|protagonist|hero|heroine), famous line, movie line, famous quote, opening line, first line,
    placeholder, test test
""")
_SAMPLES = any_of("""
    this is (just )?a test, ignore this message, dictation, lorem ipsum, sample data, test data, example data,
    dummy data, for example purposes, sample text, template
""")
FICTION = Pattern(rf"(?i)\b({_FICTIONS}|testing,? testing|{_SAMPLES})\b")
QUOTATIONS = (
    re.compile(r"\"[^\"\n]*(?:\"|$)"),
    re.compile(r"[♪♫🎵🎶][^♪♫🎵🎶\n]*(?:[♪♫🎵🎶]|$)"),
    re.compile(r"“[^”\n]*(?:”|$)"),
    re.compile(r"[«„][^»“”\n]*(?:[»“”]|$)"),
    re.compile(r"[「『][^」』\n]*(?:[」』]|$)"),
    re.compile(r"(?:(?<=\s)|(?<=[(:])|^)['‘](?=\w)(?:[^'’\n]|['’](?=\w))*['’](?!\w)"),
)
_DICTATIONS = any_of("""
    says?, said, sings?, sang, reads?, wrote, writes?, written, writing, goes, quoting, quotes?, line, lines,
    lyrics, chorus, style, idea, prompt, example, homework, joke, text, caption, sign, slogan, motto, title,
    script, poem, scene, exercise, translate, sentence, phrase
""")
DICTATED = Pattern(rf"(?i)\b{_DICTATIONS}\b[^.!?\n:]{{0,40}}:\s")
_AUXILIARIES = "do|does|did|am|is|are|was|were|can|could|should|would|will"
QUESTION = Pattern(
    r"\?[^.!?]{0,3}$|^\W*(?i:(so|and|but|wait|hey|ok|oh),? )?"
    rf"(?i:({_AUXILIARIES}|have|has|had) (i|you|we|he|she|they|it|there|anyone|someone)\b"
    rf"|(who|what|where|why|how|which|when) ({_AUXILIARIES}|have|has|many|much|old|long|come)\b"
    r"|guess (who|what|where)\b(?! (just|finally|got|passed|has|is|was)\b)|remind me)"
)
POLITE = Pattern(
    r"(?i)^\W*((i|we)( should|'d| would| wanted| want| must| may)( like)?( you)? to "
    r"(know|tell you|say|mention|add|report)"
    r"|you (should|might|may|will) (want|like|care|be (glad|pleased|happy))?( to)? ?(know|hear)"
    r"|(i|we) (may|might|should|would) (say|add|mention)|(it )?(may|might) interest you"
    r"|(i|we)'?(ll| will) have you know)"
    r"( that)?\b"
    r"|^\W*((please |pls )?(keep|save|store|note|remember|hold on to|write|jot|take)( down| a note of)? (this|that|it)"
    r"( one)?( down| safe)?( for me| fur me)?|for (the|your) record)(,? (would|will|could|can) you|,? please|,? pls)*"
    r"\s*([:,–—-]|$)"
)
"""What leads up to a statement and puts nothing of it in doubt: "I should like you to know that"."""
WHEN_PAST = Pattern(r"(?i)\b(when|while|before|until|till|back when|the (year|summer|time)( that)?)\s+$")
SARCASM = Pattern(
    r"(?i)^\W*(oh,? )?(great|wonderful|fantastic|brilliant|lovely|perfect|fabulous|fun|super|marvellous)\b"
    r"[^.!?]*[.!,].*\bjust (love|adore)\b"
    r"|^\W*(oh,? (yes|sure|yeah)|yeah,? right|yes,? sure|because)\b.*\b(love|adore|enjoy|live for)\b"
    r"|^\W*((oh|yeah|right|sure|yes|ah)\b,? )*(because|brilliant|great|lovely|right|sure|yeah|wonderful|fantastic)\b"
    r"[^.!?]*\b(just|simply|absolutely|really|so) (love|adore|enjoy)\b"
)
MISTAKEN = Pattern(r"(?i)\b(i|we) (always |once |really )?(thought|believed|assumed|figured) (that )?(i|we)\b")
NOT_SO_BAD = Pattern(
    r"(?i)\b(not|never|\w+n'?t) (really |exactly |actually )?(hate|dislike|detest|loathe|despise|mind)\b"
)
NO_LONGER = re.compile(r"(?i)^\s*(?:any ?more|any longer)\b")
TAG = Pattern(
    r"(?i)\b(is|are|does|do|has|have|will|can)(n'?t| not)? (it|he|she|they|you|i|we)\W*$"
    r"|\b(isn|aren|doesn|don|hasn|haven|won|can|wasn|weren)'?t (it|he|she|they|you|i|we)\b"
)
"""After a statement: it asks whether it holds."""
MENDED = Pattern(r"(?i)^[^.!?]{0,12}\b(i mean|no,? wait|scratch that|sorry,? i meant|or rather|well,? not)\b")
AS_IF = re.compile(r"(?i)\b(?:as if|as though|like i|like we)\b")
CALLED = Pattern(r"(?i)\b(go by|call(s|ed)? me|am called|'m called|known as|answer to)\b")
NOT = Pattern(
    r"(?i)\b(not|never|no longer|don'?t|doesn'?t|didn'?t|isn'?t|wasn'?t|aren'?t|haven'?t|hardly|neither|nor)\b"
)
ANEW = Pattern(r"(?i)\W*(i|we|he|she|they|it)('s|'m|'re|'ve|m|ve|s)?\b")
"""How a clause begins that has a subject of its own."""
ADJECTIVE = re.compile(r"(?:ish|ese|ian|ican|ic|ench|utch|eek|wiss|ist|lim|man)$")
IS_SO = re.compile(r"(?i)(?:['’]s|\bis)(?: still| now)? \S+$")
""""My sister is Italian" names nobody; "my brother Cillian" does."""
PAST = Pattern(r"(?i)[\s,]*(back then|at the time|in those days|as a (child|kid|student|teenager)|when i was)\b")
VAGUE = frozenset(
    """
    it that this them those these you him her me us everything nothing something anything one ones all to the a
    so how what when where here there
""".split()
)
