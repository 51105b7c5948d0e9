"""Out-of-fold maps for the universal corrector, on made places and with few steps."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("sklearn")

from recurve.recipes import universal_maps
from recurve.recipes.universal_images import PlaceImage
from recurve.recipes.universal_maps import MappedPlace, learn_cnn, learn_pixels, load, main, mapped, save
from recurve.recipes.universal_places import Place

CLASSES = ("dark", "bright", "red")


def an_image(name, fold, red=True, instances=False):
    """Stripes of three colours, some of them unlabelled; too narrow for a crop of the network."""
    rng = np.random.default_rng(len(name))
    truth = np.repeat(1 + np.arange(40) // 8 % (3 if red else 2), 56).reshape(40, 56).astype(np.uint8)
    colours = np.array([[20, 20, 20], [200, 200, 200], [200, 20, 20]])
    pixels = np.moveaxis(colours[truth - 1] + rng.integers(0, 20, (40, 56, 1)), -1, 0).astype(np.uint8)
    truth[:, :4] = 0
    objects = truth.astype(np.uint16) * 300 if instances else None
    return PlaceImage(name, fold, pixels, truth, objects)


@pytest.fixture
def place():
    images = (an_image("first", 0), an_image("second", 1, instances=True), an_image("third one", 1))
    return Place("made", "made-group", CLASSES, 0.3, images)


def test_no_map_comes_from_a_classifier_that_learned_from_its_image(place):
    """The map of a stand-in says which images it has learned from: bit by bit, in the shares of the last class."""
    numbers = {image.name: number for number, image in enumerate(place.images)}

    def learn(images, classes, seed):
        seen = sum(1 << numbers[image.name] for image in images)

        def apply(pixels):
            shares = np.zeros((classes, *pixels.shape[1:]), np.float32)
            shares[-1] = seen / 255
            return shares

        return {"stand-in": apply}

    maps = mapped(MappedPlace(place, {}), learn).maps["stand-in"]
    assert [int(made[-1].max()) for made in maps] == [0b110, 0b001, 0b001]
    assert [made.shape for made in maps] == [(3, 40, 56)] * 3


def test_the_maps_that_were_there_stay(place):
    old = tuple(np.full((3, 40, 56), 7, np.uint8) for _ in place.images)
    maps = mapped(MappedPlace(place, {"old": old}), learn_pixels).maps
    assert set(maps) == {"old", "logistic", "forest"}
    assert maps["old"] is old


def test_single_pixels_are_learned_and_a_class_that_was_not_seen_has_no_share(place):
    trained = learn_pixels([an_image("without", 0, red=False)], 3, seed=1)
    assert set(trained) == {"logistic", "forest"}
    image = an_image("other", 1, red=False)
    for apply in trained.values():
        shares = apply(image.pixels)
        assert (shares[2] == 0).all()
        np.testing.assert_allclose(shares.sum(0), 1, atol=1e-5)
        known = image.truth > 0
        assert (shares.argmax(0)[known] + 1 == image.truth[known]).mean() > 0.8


def test_the_network_is_kept_as_it_was_after_few_steps_and_the_same_seed_gives_the_same(place, monkeypatch):
    monkeypatch.setattr(universal_maps, "CNN_STEPS", {"cnn early": 1, "cnn late": 3})
    pixels = place.images[0].pixels
    first, again = (learn_cnn(place.images[1:], 3, seed=5) for _ in range(2))
    early, late = (first[name](pixels) for name in ("cnn early", "cnn late"))
    assert early.shape == (3, 40, 56)
    assert np.abs(early - late).max() > 0.01
    np.testing.assert_allclose(late.sum(0), 1, atol=1e-5)
    np.testing.assert_array_equal(late, again["cnn late"](pixels))


def test_a_file_gives_back_what_was_saved(place, tmp_path):
    known = mapped(MappedPlace(place, {}), learn_pixels)
    save(tmp_path / "made.npz", known)
    back = load(tmp_path / "made.npz")
    for name in ("name", "group", "classes", "pixel_m"):
        assert getattr(back.place, name) == getattr(place, name)
    for image, was in zip(back.place.images, place.images):
        assert (image.name, image.fold) == (was.name, was.fold)
        np.testing.assert_array_equal(image.pixels, was.pixels)
        np.testing.assert_array_equal(image.truth, was.truth)
    assert back.place.images[0].instances is None
    np.testing.assert_array_equal(back.place.images[1].instances, place.images[1].instances)
    assert list(back.maps) == ["logistic", "forest"]
    for name, maps in known.maps.items():
        for made, was in zip(back.maps[name], maps):
            assert made.dtype == np.uint8
            np.testing.assert_array_equal(made, was)
    assert [path.name for path in tmp_path.iterdir()] == ["made.npz"]


def test_what_is_made_is_not_made_again(place, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(universal_maps, "CNN_STEPS", {"cnn early": 1, "cnn late": 2})
    monkeypatch.setattr(universal_maps, "PLACES", {"made": lambda: place})
    main([str(tmp_path)])
    assert set(load(tmp_path / "made.npz").maps) == {"logistic", "forest", "cnn early", "cnn late"}
    said = capsys.readouterr().out
    assert float(said.partition("made, forest: mean IoU ")[2].partition("\n")[0]) > 80
    main([str(tmp_path)])
    assert capsys.readouterr().out == ""
