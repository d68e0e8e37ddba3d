"""Weights of the features of `secondme.chat.reader.features`, in their order, fitted on 36 articles of XQuAD (English)
and on invented conversations (docs/answers.md)."""

WRITTEN = (
    3.632,
    2.341,
    2.306,
    0.366,
    2.696,
    1.544,
    0.148,
    1.261,
    -0.416,
    -1.341,
    2.523,
    0.600,
    -3.568,
    0.000,
    -1.701,
    -0.103,
    0.000,
    0.647,
    1.254,
    -0.375,
    0.272,
    0.319,
    0.000,
    0.000,
    0.000,
    -0.451,
    -1.470,
    0.525,
    1.786,
    2.879,
    0.000,
)
"""How well a sentence of a file or note answers: a softmax regression over the sentences of a question."""
SAID = (
    1.356,
    -1.314,
    1.537,
    2.997,
    -1.985,
    3.564,
    -1.190,
    2.182,
    1.227,
    -4.042,
    0.942,
    -0.057,
    0.000,
    -3.917,
    1.219,
    0.371,
    -0.387,
    0.000,
    0.733,
    -0.123,
    1.678,
    -0.311,
    4.162,
    3.223,
    -4.301,
    0.000,
    3.147,
    -0.866,
    -1.314,
    2.393,
    0.884,
)
"""The same for what somebody said."""
JUDGED_WRITTEN = (
    3.911,
    -2.246,
    1.042,
    1.782,
    0.778,
    -1.100,
    -0.892,
    0.116,
    0.021,
    -1.260,
    1.449,
    0.993,
    -2.287,
    0.000,
    1.301,
    0.266,
    0.000,
    -0.260,
    -0.386,
    -0.528,
    0.418,
    -0.151,
    0.000,
    0.000,
    0.000,
    -0.606,
    -1.111,
    0.527,
    0.190,
    13.580,
    0.000,
    0.895,
)
"""As WRITTEN, with the scorer's logit as the last."""
JUDGED_SAID = (
    1.655,
    -0.117,
    0.770,
    0.186,
    -0.394,
    -0.502,
    0.228,
    0.049,
    -0.272,
    -0.663,
    1.225,
    -0.214,
    0.000,
    -3.371,
    -0.507,
    -0.288,
    0.171,
    0.000,
    -0.228,
    -0.338,
    0.312,
    -0.293,
    2.210,
    3.805,
    -4.546,
    0.096,
    -0.149,
    0.203,
    -0.330,
    -0.124,
    1.842,
    0.676,
)
"""The same for what the person said, fitted on 1,600 questions to weeks of talk (packaging/reading/weeks), with the
logits of a scorer that had learnt from most of them; with those of the one that is used the best sentence is of what
answers in .67 of the questions of contexts left out, with weights fitted on shorter conversations in .57."""
JUDGED_OTHERS = (
    3.182,
    0.000,
    1.207,
    0.661,
    0.000,
    0.450,
    -1.409,
    0.235,
    0.000,
    0.000,
    1.751,
    0.000,
    0.000,
    -3.400,
    0.000,
    0.090,
    0.000,
    0.000,
    0.000,
    -0.281,
    0.000,
    0.293,
    0.000,
    3.500,
    0.000,
    0.000,
    -1.032,
    0.000,
    -1.335,
    0.000,
    1.970,
    0.399,
)
"""The same where others talk to each other and nothing was said by the person: what they tell are events, which nothing
later puts right, so that the newest is no better. Fitted on the conversations of LoCoMo: of those that were left out
the best sentence is of a turn that answers in .62 of the questions, with JUDGED_SAID in .44. The last but one makes
the scores as high as those, for files beside them."""
ANSWERED = (0.571, 0.616, 3.412, -1.279, 1.181, 2.359, -1.322, 2.154)
"""Whether memory says it, a logistic regression: of the scorer's highest logit of what leads, the mean of the NEAREST
highest of all, and of the best sentence: the share of the question's words there and around, the rarest that is
missing, whether yes or no is asked for, how new it is among what was said, whether it was said, and 1. Where memory
knows what is asked about, more than one sentence comes near."""
ANSWERED_SAID = (0.380, 0.316, -0.380, 0.065, 0.000, 0.638, 0.000, 1.568)
"""The same where what leads was said by the person and no yes or no is asked for, fitted on weeks of talk, in which
what nothing answers is a near miss, and on small memories drawn from them. Of weeks that the scorer did not learn from
.05 of the questions are refused that have an answer, .50 of those that have none; of 8, 4 and 2 sentences drawn from
them .06 and .66, .07 and .84, .08 and .89."""
NEAREST = 6
FLOOR = -3.0
"""Lower logits count as this one among them: in a small memory most of the NEAREST have nothing to do with it."""
LIMIT = -0.1
"""Memory does not say it where that is below: in 42 invented conversations .05 of the questions that have an answer
there, .86 of those that have none (each conversation with weights fitted on others; rules of near misses, which know
these conversations, refuse too); in articles of XQuAD .01 of the questions, .79 where the paragraph that answers is
left out. In the fit a question of an article weighs as much as one of a conversation with its paragraph, a tenth
without. Without NEAREST and the age, .72 of what has no answer was refused at most for as many that have one."""
DECIDES = -2.5
"""No sentence decides a question of yes or no where the scorer's highest logit is lower: in invented conversations each
of those that do had -1.9 at least, each of those that do not -2.9 at most. ANSWERED alone refuses hardly any."""
NAMES_ALL = 0.9
"""The share of a question's words, by their rarity, from which a sentence may decide it all the same ("Do I have a
sister?")."""
NAMED_LIMIT = -4.0
"""Memory does not say it below that where others talk to each other and the question names one of them: what recall
knows of who speaks of whom is the better judge there. With LIMIT .24 of the questions of LoCoMo that have an answer
are refused instead of .12, and of those that swap the speakers .82 instead of .76."""
OUTSHONE = 2.75
"""A sentence whose logit is so far below the best does not lead: in invented conversations it was the right one in
one of seven (the next was right too), the next in five."""
CLEAR, CERTAIN = 1.0, 2.6
"""Memory says it although recall found little, and although a word or person of the question is not there: .83 and .60
of the questions that have an answer, .09 and .02 of those that have none."""
LABELLED = 3.0
"""What a line with a label of the question's words ("Excess: £175") gains: alone it is too short to look like much."""
BELOW_LABEL = 2.0
"""The same for what stands below a heading of the question's words."""
SURE = (0.080, 1.090, 0.343, 0.545)
"""Whether the words that the scorer names are the answer: of its logit, the logarithm of its surety, how far the second
sentence is behind the first, and 1."""
SURE_LIMIT, SURE_LIMIT_SAID = 1.386, 1.9
"""The words of a file are shown alone from here on, a chance of .8; of what was said from the second on, where .93
were right in weeks of talk, but fewer in other conversations."""
SURE_OTHERS = (-1.0, 0.5)
"""The same where others talk to each other, by the scorer's logit and its surety alone: of 53 answers on LoCoMo 36 came
nearer to the right words than their sentence, and none lost them."""
CLOSE, SECOND, BEHIND = 2.0, -3.0, 3.0
"""A second sentence is shown where its score is so close to the first, and its logit not lower than the second value
nor, unless it is newer and may put the first right, by more than the third behind that of the first."""
BESIDE, BESIDE_UNLIKE = -2.5, 1.5
"""Sentences of a lower logit are not quoted below an answer; the second where no word of the question is in them."""
