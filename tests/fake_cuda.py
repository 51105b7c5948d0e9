"""A GPU that is none: ONNX Runtime's Python API and CUDA's library as with CUDA, on the CPU's provider.

It counts copies, has a memory that can be full, and remembers with which options sessions were opened.
"""

from __future__ import annotations

import ctypes
import math
import time
import weakref

import onnxruntime
from recurve.models.runtime import session as runtime

TOTAL_BYTES = 8 << 30
_LIBRARIES = ("libcudart.so.13", "libcuda.so.1", "libcudnn.so.9")


class _Binding(onnxruntime.IOBinding):
    def __init__(self, session):
        super().__init__(session)
        self.shapes = {}

    def bind_ortvalue_input(self, name, value):
        self.shapes[name] = value.shape()
        super().bind_ortvalue_input(name, value)

    def bind_output(self, name, device="cpu"):
        assert device in ("cpu", "cuda")
        super().bind_output(name, "cpu")


class _Session(onnxruntime.InferenceSession):
    """A session of a subclass that knows its `fake`."""

    def __init__(self, data, sess_options=None, providers=None, **settings):
        ((name, options),) = providers
        if name == "TensorrtExecutionProvider":
            raise RuntimeError("libnvinfer.so.10: cannot open shared object file: No such file")
        super().__init__(data, sess_options, providers=["CPUExecutionProvider"], **settings)
        self.provider, self.options = name, options
        if name == "CUDAExecutionProvider":
            self.fake.options.append(options)

    def get_providers(self):
        return [self.provider, "CPUExecutionProvider"]

    def io_binding(self):
        return _Binding(self)

    def run_with_iobinding(self, binding, options=None):
        if self.provider != "CPUExecutionProvider":
            self.fake.take(self, binding.shapes.get("image", (0,)))
        super().run_with_iobinding(binding, options)

    def run(self, names, inputs, options=None):
        if self.provider != "CPUExecutionProvider":
            self.fake.take(self, inputs["image"].shape if "image" in inputs else (0,))
            if options is not None:
                assert options.get_run_config_entry("memory.enable_memory_arena_shrinkage") == "gpu:0"
                self.fake.given_back += self.fake.held.pop(self, 0) > 0
                options = None  # the CPU's provider has no such pool
        return super().run(names, inputs, options)


class FakeCuda:
    """What is installed as long as a test runs.

    Attributes:
        options: provider options of each session for CUDA that was opened.
        sent: bytes of each array that went to the device.
        bytes_per_px: what a network takes for each pixel while it runs.
        held: bytes in the pool of each session.
        given_back: how many sessions were told to give their pool back, and had one.
    """

    def __init__(self, monkeypatch):
        self.options, self.sent, self.bytes_per_px, self.given_back = [], [], 300, 0
        self.held = weakref.WeakKeyDictionary()
        self._marks, self._memory = {}, {}
        value = onnxruntime.OrtValue
        make_value, cdll = value.ortvalue_from_numpy, ctypes.CDLL

        def ortvalue_from_numpy(array, device="cpu", number=0):
            if device == "cuda":
                self.sent.append(array.nbytes)
                array = array.copy()  # as a device would have it: later changes do not arrive
            return make_value(array, "cpu")

        monkeypatch.setattr(value, "ortvalue_from_numpy", staticmethod(ortvalue_from_numpy))
        names = ["TensorrtExecutionProvider", "CUDAExecutionProvider", "CPUExecutionProvider"]
        monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: names)
        monkeypatch.setattr(onnxruntime, "InferenceSession", type("Session", (_Session,), {"fake": self}))
        monkeypatch.setattr(
            ctypes, "CDLL", lambda name, *rest: self if name in _LIBRARIES else cdll(name, *rest)
        )
        runtime.open_graph.cache_clear()

    def take(self, session, shape):
        """Let a session's pool hold what a run needs.

        Raises:
            RuntimeError: in ONNX Runtime's words, there is no room for it.
        """
        needed = self.bytes_per_px * math.prod(shape[2:]) if len(shape) == 4 else 0
        limit = int(session.options.get("gpu_mem_limit", TOTAL_BYTES))
        taken = sum(size for other, size in self.held.items() if other is not session)
        if needed > min(limit, TOTAL_BYTES - taken):
            raise RuntimeError(
                "[ONNXRuntimeError] : 1 : FAIL : Non-zero status code returned while running Conv node. Available "
                f"memory of {limit} is smaller than requested bytes of {needed}"
            )
        self.held[session] = max(self.held.get(session, 0), needed)

    # what follows is called as C would be: by the names of CUDA's, the driver's and cuDNN's functions

    def cudaMemGetInfo(self, free, total):
        free._obj.value, total._obj.value = TOTAL_BYTES - sum(self.held.values()), TOTAL_BYTES
        return 0

    def cudaStreamCreateWithFlags(self, stream, flags):
        stream._obj.value = 4711
        return 0

    def cudaEventCreate(self, event):
        event._obj.value = len(self._marks) + 1
        self._marks[event._obj.value] = None
        return 0

    def cudaEventRecord(self, event, stream):
        assert stream.value == 4711
        self._marks[event.value] = time.perf_counter()
        return 0

    def cudaEventSynchronize(self, event):
        return 0

    def cudaEventElapsedTime(self, milliseconds, start, stop):
        milliseconds._obj.value = 1000 * (self._marks[stop.value] - self._marks[start.value])
        return 0

    def cudaEventDestroy(self, event):
        return 0

    def cudaMalloc(self, place, size):
        block = ctypes.create_string_buffer(size.value)
        place._obj.value = ctypes.addressof(block)
        self._memory[place._obj.value] = block
        return 0

    def cudaHostAlloc(self, place, size, flags):
        return self.cudaMalloc(place, size)

    def cudaFree(self, place):
        del self._memory[place.value]
        return 0

    cudaFreeHost = cudaFree  # noqa: N815

    def cudaMemcpyAsync(self, target, source, size, kind, stream):
        assert kind in (1, 2)
        ctypes.memmove(target, source, size.value)
        return 0

    def cudaRuntimeGetVersion(self, number):
        number._obj.value = 13010
        return 0

    def cudaDriverGetVersion(self, number):
        number._obj.value = 13020
        return 0

    def cudnnGetVersion(self):
        return 91304

    def cuInit(self, flags):
        return 0

    def cuDeviceGet(self, device, number):
        return 0

    def cuDeviceGetName(self, name, length, device):
        name.value = b"Fake GPU"
        return 0
