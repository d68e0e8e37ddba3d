"""The schema, as small functions applied in order; `PRAGMA user_version` counts those that were applied.

Never change a migration that was released: add another. The tests start from each earlier schema.
"""

from __future__ import annotations

from storage.migrations.adapters import kinds_of_adapters, personal_adapters
from storage.migrations.first import places_files_and_sheets, sources_spans_and_index, tree_names_times_and_words
from storage.migrations.later import (
    days_of_spans,
    fading_summaries_and_runs,
    lasting_verdicts_aliases_and_profile,
    queue_for_the_reader,
    read_words_again,
    statements_and_verdicts,
    versions_and_archived_chats,
    words_of_every_language,
)
from storage.migrations.migration import Migration
from storage.migrations.programs import programs_calls_and_proposals

__all__ = ["MIGRATIONS", "Migration", "read_words_again", "words_of_every_language"]

MIGRATIONS: tuple[Migration, ...] = (
    sources_spans_and_index,
    tree_names_times_and_words,
    places_files_and_sheets,
    fading_summaries_and_runs,
    statements_and_verdicts,
    lasting_verdicts_aliases_and_profile,
    words_of_every_language,
    versions_and_archived_chats,
    days_of_spans,
    programs_calls_and_proposals,
    personal_adapters,
    queue_for_the_reader,
    kinds_of_adapters,
)
