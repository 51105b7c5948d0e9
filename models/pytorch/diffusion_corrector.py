"""The universal corrector: a learned diffusion with sources, for any number of classes.

The tensor diffusion div(D(I) grad u) of Maggiori et al. (IEEE TGRS 55(9), 2017) with learned coefficients. With u the
classes' probabilities, e the evidence, I the image and d the steps to the eight neighbours and to the pixel itself:

    u_(t+1)(x) = l(x) e(x) + (1 - l(x)) sum_d w_d(x) u_t(x + d)        w_d >= 0, sum_d w_d = 1, 0 < l < 1

Coefficients come from the image and from how sure and how smooth the map is, and are the same for all classes: so one
network serves any number of classes, and no class appears where none of its neighbours had it. What is known at a hint
spreads from it as a front does, with learned costs:

    v_k,(t+1)(x) = max( v_k,t(x), a_k(x) s(x) max_d b_d(x) v_k,t(x + d) )     v_k = 1 at a hint of class k

with 0 <= a, b <= 1 and s the likeness of x with the hint that comes, exp(-|f(x) - f(hint)|^2) of learned features f,
so that -log v_k becomes the geodesic distance to the hints of a class (Bai and Sapiro, "Geodesic matting", IJCV 82(2),
2009) in a metric that is learned. A front is as far after t iterations as a diffusion after t squared. Without hints it
is 0 everywhere.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from .cells import CellFeatures
from .processes import FAR_CELLS, Processes, carried, refined, settled

LOOKS = 8
"""Features by which a cell is compared with the cell of a hint."""
CELL_PX = 4
"""Both processes run on cells of so many pixels, where far is near; the first is then refined on pixels."""
_LEAST = 1e-4
_NOTHING = 1e-3
_TINY = 1e-20


class DiffusionCorrector(nn.Module):
    """Probabilities that settle along the image's edges, and hints that spread up to them.

    Args:
        widths: channels of the cells of 2, 4 and 8 px.
        hidden: hidden units of the evidence.

    Attributes:
        caution: what the class of the map is given on top of its probability before the classes are compared.
    """

    caution: Tensor
    form = "diffusion"
    bands = 3
    stride = 8
    per_pixel = 16
    reach_px = 66
    """Of everything but the iterations in the image; a test measures it, as the three that follow."""
    reach_in_scores_px = 70
    reach_per_iteration_px = CELL_PX
    hint_reach_per_iteration_px = CELL_PX * (1 + FAR_CELLS)

    def __init__(self, widths: tuple[int, int, int] = (24, 48, 64), hidden: int = 24) -> None:
        super().__init__()
        seen = self.bands + 3
        self.cells = CellFeatures(seen, widths, (1, 1, 1))
        self.to_pixels = nn.Sequential(
            nn.Conv2d(widths[0], 4 * self.per_pixel, 1), nn.PixelShuffle(2), nn.ReLU()
        )
        # affinities and data of the first process, how much of its cells comes in, where hints end
        self.fine = nn.Conv2d(self.per_pixel + seen, 9 + 1 + 1 + 1, 3, padding=1)
        self.fine_guidance = nn.Conv2d(self.per_pixel + seen, hidden, 3, padding=1)
        self.fine_evidence = nn.Conv2d(1, hidden, 5, padding=2, bias=False)
        self.fine_out = nn.Conv2d(hidden, 1, 1)
        # affinities and data of the first process; ways of the second at both its steps, and looks
        self.coarse = nn.Conv2d(widths[0], 9 + 1 + 8 + 8 + LOOKS, 3, padding=1)
        self.coarse_guidance = nn.Conv2d(widths[0], hidden, 3, padding=1)
        self.coarse_evidence = nn.Conv2d(3, hidden, 3, padding=1, bias=False)
        self.coarse_hidden = nn.Conv2d(hidden, hidden, 3, padding=1)
        self.coarse_out = nn.Conv2d(hidden, 2, 1)  # evidence, what is kept
        self.sharpness = nn.Parameter(torch.tensor(2.0))
        self.register_buffer("caution", torch.tensor(0.0))
        biases = []
        for layer in (self.fine_out, self.coarse_out, self.fine, self.coarse):
            assert layer.bias is not None
            nn.init.zeros_(layer.bias)
            nn.init.normal_(layer.weight, std=0.01)
            biases.append(layer.bias)
        with torch.no_grad():
            _, coarse_out, fine, coarse = biases
            fine[4] = 1.0
            fine[11], coarse_out[1] = -0.7, 3.0
            coarse[10:26] = 3.0
            self.coarse.weight[26:] *= 5

    def coefficients(self, scores: Tensor, image: Tensor) -> dict[str, Tensor]:
        """Everything about image and map that the processes need, worked out once.

        Args:
            scores: (batch, classes, height, width); multiples of `stride`.
            image: (batch, 3, height, width), each band with mean 0 and standard deviation 1.
        """
        shares = functional.softmax(scores, dim=1)
        seen = torch.cat([image, _certainty(shares)], dim=1)
        cells = self.cells(seen)
        pixels = torch.cat([self.to_pixels(cells), seen], dim=1)
        cells = functional.avg_pool2d(cells, 2)
        fine, coarse = (
            self.fine(pixels).float(),
            self.coarse(cells).float(),
        )  # a CPU may learn in half precision
        change, kept = self._coarse_evidence(shares, cells)
        change = functional.interpolate(
            change, scale_factor=float(CELL_PX), mode="bilinear"
        ) + self._fine_evidence(shares, pixels)
        evidence = functional.softmax(scores + change, dim=1)
        return {
            "shares": shares,
            "evidence": evidence,
            "fine_affinities": functional.softmax(fine[:, :9], dim=1),
            "fine_data": torch.sigmoid(fine[:, 9:10]),
            "gate": torch.sigmoid(fine[:, 10:11]),
            "coarse_affinities": functional.softmax(coarse[:, :9], dim=1),
            "coarse_data": torch.sigmoid(coarse[:, 9:10]),
            "near": torch.sigmoid(coarse[:, 10:18]),
            "far": torch.sigmoid(coarse[:, 18:26]),
            "looks": coarse[:, 26:],
            "limit": 0.05 + 0.9 * torch.sigmoid(fine[:, 11:12]),
            "kept": torch.sigmoid(kept),
        }

    def forward(
        self,
        scores: Tensor,
        image: Tensor,
        hints: Tensor,
        iterations: Tensor,
        processes: Processes | None = None,
    ) -> Tensor:
        """The scores after some iterations, and with what hints say.

        Args:
            scores: (batch, classes, height, width).
            image: see `coefficients`.
            hints: (batch, 2, height, width): number of the class from 1, 0 where there is no hint; and how far it
                is trusted, above 0 to 1 (it is held fixed).
            iterations: of both processes, (); 0 returns the scores unchanged.
            processes: how both are run; as they are written if None.

        Returns:
            Logarithms of probabilities, (batch, classes, height, width).
        """
        processes = processes or Processes(settled, carried)
        known = self.coefficients(scores, image)
        found = self.with_hints(known, self.start(known, iterations, processes), hints, iterations, processes)
        return torch.where(iterations > 0, found, scores)

    def start(self, known: dict[str, Tensor], iterations: Tensor, processes: Processes) -> Tensor:
        """The probabilities of the pixels once their cells have settled, (batch, classes, height, width)."""
        cells = processes.settled(
            functional.avg_pool2d(known["evidence"], CELL_PX),
            known["coarse_data"],
            known["coarse_affinities"],
            iterations,
        )
        return known["evidence"] + known["gate"] * (_to_pixels(cells) - known["evidence"])

    def with_hints(
        self, known: dict[str, Tensor], start: Tensor, hints: Tensor, iterations: Tensor, processes: Processes
    ) -> Tensor:
        """The logarithms of the probabilities once hints have spread and the pixels have settled.

        A hint of the class that its pixel has without hints is no source and changes nothing; nothing is carried over
        it, and its pixel keeps the probabilities it has.
        """
        wanted, trust = one_hot_hints(hints, start.shape[1])
        coefficients = known["fine_data"], known["fine_affinities"]
        plain = refined(start, known["evidence"], *coefficients)
        # plain numbers for where nothing has come and nothing is held
        everywhere, nowhere = torch.ones_like(known["gate"]), torch.zeros_like(known["gate"])
        without = self.decided(known, plain, everywhere, nowhere)
        right = (wanted * one_hot(without.argmax(dim=1), wanted.shape[1])).sum(dim=1, keepdim=True)
        sources, kept = hint_cells(wanted, right, known["kept"])
        spread = processes.carried(sources, kept, known["near"], known["far"], known["looks"], iterations)
        reached = claims(_to_pixels(spread), known["limit"], functional.softplus(self.sharpness))
        rest, trust = 1 - reached.sum(dim=1, keepdim=True), trust * (1 - right)
        start, evidence = rest * start + reached, rest * known["evidence"] + reached
        found = processes.refined_at_hints(plain, start, evidence, *coefficients, trust * wanted)
        found = self.decided(known, found, rest, trust)
        return torch.log(torch.where(right > 0, without, found) + _LEAST)

    def decided(self, known: dict[str, Tensor], found: Tensor, rest: Tensor, trust: Tensor) -> Tensor:
        """Probabilities in which the map's own class is favoured where no hint has come and none is held."""
        own = one_hot(known["shares"].argmax(dim=1), found.shape[1])
        found = found + self.caution * rest * (1 - trust) * own
        return found / found.sum(dim=1, keepdim=True)

    def _coarse_evidence(self, shares: Tensor, cells: Tensor) -> tuple[Tensor, Tensor]:
        """What each class gains in its cells (batch, classes, h / 4, w / 4), and what is kept of its hints there."""
        batch, classes, height, width = shares.shape
        own = functional.avg_pool2d(shares, CELL_PX)
        around = functional.avg_pool2d(own, 5, 1, 2, count_include_pad=False)
        each = torch.stack([own, around, own - own.amax(dim=1, keepdim=True)], dim=2)
        each = each.reshape(batch * classes, 3, height // CELL_PX, width // CELL_PX)
        guidance = self.coarse_guidance(cells).repeat_interleave(classes, dim=0)
        hidden = functional.relu(self.coarse_evidence(each) + guidance)
        hidden = functional.relu(self.coarse_hidden(hidden))
        out = self.coarse_out(hidden).float().reshape(batch, classes, 2, height // CELL_PX, width // CELL_PX)
        return out[:, :, 0], out[:, :, 1]

    def _fine_evidence(self, shares: Tensor, pixels: Tensor) -> Tensor:
        """What each class gains at its pixels, (batch, classes, height, width)."""
        batch, classes, height, width = shares.shape
        filtered = self.fine_evidence(shares.reshape(batch * classes, 1, height, width))
        guidance = self.fine_guidance(pixels).repeat_interleave(classes, dim=0)
        found: Tensor = self.fine_out(functional.relu(filtered + guidance))
        return found.float().reshape(shares.shape)


def one_hot(places: Tensor, classes: int) -> Tensor:
    """(batch, height, width) from 0 to (batch, classes, height, width) of 0 and 1."""
    numbers = torch.arange(classes, device=places.device).view(1, -1, 1, 1)
    return (places[:, None] == numbers).float()


def hint_cells(wanted: Tensor, right: Tensor, kept: Tensor) -> tuple[Tensor, Tensor]:
    """Hints on cells: the sources of the second process, and what is kept of its values.

    Args:
        wanted: see `one_hot_hints`.
        right: 1 at hints of the class that their pixel has anyway, (batch, 1, height, width).
        kept: what is kept of a hint in each cell.
    """
    sources = functional.max_pool2d(wanted * (1 - right), CELL_PX)
    total = sources.sum(dim=1, keepdim=True)
    is_open = (total + functional.max_pool2d(right, CELL_PX) == 0).float()
    # of contradicting hints in one cell each has its part
    return sources / torch.clamp(total, min=1), kept * is_open


def claims(spread: Tensor, limit: Tensor, sharpness: Tensor) -> Tensor:
    """What hints claim of each pixel: nearly all within a distance that is learned, nearly nothing beyond it.

    Args:
        spread: how much of the hints of each class has come, (batch, classes, height, width).
        limit: of how much half is claimed, (batch, 1, height, width).
        sharpness: how soon it becomes all or nothing, ().

    Returns:
        0 to 1, and not more than 1 of all classes together; 0 where nothing has come.
    """
    powers = torch.exp(sharpness * torch.log(spread.clamp(min=_NOTHING))) * (spread > _NOTHING)
    strongest = powers.amax(dim=1, keepdim=True)
    parts = powers / powers.sum(dim=1, keepdim=True).clamp(min=_TINY)
    return parts * strongest / (strongest + torch.exp(sharpness * torch.log(limit)))


def one_hot_hints(hints: Tensor, classes: int) -> tuple[Tensor, Tensor]:
    """Hints as (batch, classes, height, width) of 0 and 1, and their trust (batch, 1, height, width)."""
    return one_hot(hints[:, 0] - 1, classes), hints[:, 1:]


def _certainty(shares: Tensor) -> Tensor:
    """How sure a map is, and how alike it is around each pixel, whatever its classes are: (batch, 3, h, w)."""
    near = functional.avg_pool2d(shares, 3, 1, 1, count_include_pad=False)
    wide = functional.avg_pool2d(shares, 9, 1, 4, count_include_pad=False)
    return torch.cat(
        [
            shares.amax(dim=1, keepdim=True),
            (shares * near).sum(dim=1, keepdim=True),
            (shares * wide).sum(dim=1, keepdim=True),
        ],
        dim=1,
    )


def _to_pixels(values: Tensor) -> Tensor:
    return functional.interpolate(values, scale_factor=float(CELL_PX), mode="bilinear")
