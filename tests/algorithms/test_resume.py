"""recurve:classify stopped by the user, and what the same run does then."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsProcessingException


def test_cancel_leaves_an_older_map_alone_and_the_same_run_goes_on(
    classify, image, feedback, read_raster, tmp_path, made_files
):
    (tmp_path / "map.tif").write_bytes(b"an older map")
    stopped = "The run was stopped; the same run goes on from its finished tiles."
    with pytest.raises(QgsProcessingException, match=stopped):
        classify(feedback(cancel_after=2), INPUT=image, TILE_SIDE=16)
    assert (tmp_path / "map.tif").read_bytes() == b"an older map"
    assert {name for name in made_files(tmp_path) if not name.startswith(".")} == {"map.tif"}
    results, log = classify(INPUT=image, TILE_SIDE=16)
    assert any("tiles were finished before and are kept." in line for line in log)
    assert not [name for name in made_files(tmp_path) if name.startswith(".")]
    undisturbed, _ = classify(INPUT=image, OUTPUT=str(tmp_path / "again.tif"))
    np.testing.assert_array_equal(read_raster(results["OUTPUT"]), read_raster(undisturbed["OUTPUT"]))
