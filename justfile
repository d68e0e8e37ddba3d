# The commands that people use here. `just` lists them; each is one line that can be typed by hand as well.

default:
    @just --list

# open the app
run *arguments:
    uv run secondme {{ arguments }}

# all tests, with lint and types (about twenty minutes on two cores)
test *arguments:
    uv run pytest {{ arguments }}

# lint, format, types and the direction of imports
check:
    uv run ruff check --fix .
    uv run ruff format .
    uv run mypy
    uv run lint-imports

# all tests with the share of lines that they run, subprocesses included (tests of what start-up loads fail under it)
coverage:
    uv run coverage erase
    -uv run coverage run -m pytest
    uv run coverage combine --quiet
    uv run coverage report

# a benchmark by its name, such as recall/recall; it prints JSON
bench name *arguments:
    uv run python benchmarks/{{ name }}.py {{ arguments }}

# what continuous integration runs, in a fresh clone
ci:
    rm -rf /tmp/secondme-ci && git clone --quiet . /tmp/secondme-ci && /tmp/secondme-ci/.ci/run
