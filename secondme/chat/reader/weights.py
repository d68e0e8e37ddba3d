"""Weights of the features of `secondme.chat.reader.features`, in their order: how well a sentence answers.

A softmax regression over the sentences of each question, fitted on 36 articles of XQuAD (English) and on invented
conversations (docs/answers.md).
"""

WRITTEN = (
    2.913,
    2.842,
    2.713,
    0.374,
    2.075,
    2.494,
    0.271,
    1.391,
    -0.605,
    -0.326,
    2.419,
    0.468,
    -3.092,
    0.000,
    -1.204,
    0.087,
    0.000,
    1.004,
    0.703,
    -0.601,
    -0.026,
    -0.166,
    0.000,
    0.000,
    0.000,
    0.253,
    -0.637,
    0.099,
    1.014,
    -0.121,
    0.000,
)
"""For sentences of files and notes."""
SAID = (
    2.640,
    0.533,
    -0.218,
    0.172,
    0.701,
    1.378,
    0.422,
    2.910,
    1.852,
    -0.297,
    1.026,
    -0.705,
    0.000,
    -2.360,
    2.520,
    1.216,
    -0.499,
    0.000,
    0.173,
    0.622,
    2.087,
    -0.382,
    4.201,
    1.011,
    -3.741,
    -4.307,
    2.325,
    -0.090,
    0.976,
    1.295,
    -1.713,
)
"""For what somebody said."""
CLOSE = 1.5
"""A second sentence is shown where its score is so close to the first."""

JUDGED_WRITTEN = (*WRITTEN, 1.0)
JUDGED_SAID = (*SAID, 1.0)
ANSWERABLE_WRITTEN = (0.0,) * 65
ANSWERABLE_SAID = (0.0,) * 65
LIMIT = 0.0
