"""What goes wrong with models, as errors with a remedy: for commands and screens alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from models.hub.catalogue import CatalogueModel, load_catalogue, near_names
from models.hub.client import NotOnHub
from models.protocol import ModelError
from secondme.errors import NothingFound, SecondMeError


@contextmanager
def model_errors(name: str, catalogue: Callable[[], Sequence[CatalogueModel]] = load_catalogue) -> Iterator[None]:
    """Turn errors of models into errors with a remedy; a model that does not exist ends in NothingFound.

    `catalogue` is asked only for names that are near to one that does not exist.
    """
    try:
        yield
    except NotOnHub as error:
        near = near_names(catalogue(), name) if "/" in name else []
        hint = f" Near it in the catalogue: {', '.join(near)}." if near else ""
        raise NothingFound(error.what, error.remedy + hint) from error
    except ModelError as error:
        raise SecondMeError(error.what, error.remedy) from error
    except OSError as error:
        raise SecondMeError(
            f"The folder of models cannot be used ({error.strerror or error}).", "`secondme paths` prints where it is."
        ) from error
