"""`make models`: the example models of `resources/models`, for the toolbox, the model designer and `qgis_process`.

They are built from steps instead of being drawn, so that they can be built again when a parameter changes. Their words
are those of the toolbox, in English.
"""

from __future__ import annotations

from ..algorithms.example_models import FOLDER
from .buildings_to_polygons import buildings_to_polygons
from .qgis_application import with_provider
from .train_and_classify import train_and_classify

MODELS = {"buildings_to_polygons": buildings_to_polygons, "train_and_classify": train_and_classify}


def main() -> None:
    """Write all models."""
    with with_provider():
        for name, build in MODELS.items():
            path = FOLDER / f"{name}.model3"
            if not build().toFile(str(path)):
                raise SystemExit(f"{path} cannot be written.")
            print(path.name)


if __name__ == "__main__":
    main()
