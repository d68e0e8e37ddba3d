"""Settings: what is no good is refused, and an empty value takes a setting back."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondme.errors import UsageError
from secondme.settings import Settings, load, save


@pytest.mark.parametrize(
    ("key", "value"),
    [("model.context", "0"), ("server.context", "12"), ("answer.max_tokens", "0"), ("model.threads", "-1")],
)
def test_a_number_with_which_nothing_works_is_refused_and_the_way_back_is_named(
    tmp_path: Path, key: str, value: str
) -> None:
    file = tmp_path / "config.toml"
    with pytest.raises(UsageError) as refused:
        save(file, key, value)
    assert f'`secondme config set {key} ""`' in refused.value.sentence()
    assert not file.exists()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("model.context", "512"),
        ("ui.theme", "nord"),
        ("model.cache", "f16"),
        ("answer.read_seconds", "9"),
        ("me.name", "Bo"),
    ],
)
def test_an_empty_value_takes_a_setting_back_and_leaves_the_rest(tmp_path: Path, key: str, value: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text("# mine\n[jobs]\nhours = '22:00-06:00'\n")
    save(file, key, value)
    assert load(file)[0] != Settings(jobs_hours="22:00-06:00")
    save(file, key, "")
    assert load(file)[0] == Settings(jobs_hours="22:00-06:00")
    assert "# mine" in file.read_text()


def test_taking_back_what_was_never_set_makes_no_file(tmp_path: Path) -> None:
    save(tmp_path / "config.toml", "model.context", "")
    assert not (tmp_path / "config.toml").exists()


def test_a_number_of_an_older_release_that_is_refused_now_counts_as_the_default(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[model]\ncontext = 0\n")
    settings, warnings = load(file)
    assert settings.model_context == Settings().model_context
    assert "model.context takes at least 256" in warnings[0]
