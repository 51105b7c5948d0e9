#!/bin/sh
# Sets up what Recurve needs on this machine, and nothing twice.
#   scripts/setup.sh          QGIS (Debian's packages), a QGIS profile in build/qgis with the plugin enabled, ONNX Runtime
#   scripts/setup.sh training the same, and PyTorch and ONNX beside ONNX Runtime, for training in QGIS
#   scripts/setup.sh tests    the first, a virtual environment in build/venv with all that tests and recipes need, and
#                             Xvfb (a screen in memory) for the tests of windows, which are skipped where it cannot be had
# Runs as root, or as a user who may use sudo. QGIS's numpy stays as it is.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
python=/usr/bin/python3 # QGIS is built for this one; the python3 in PATH may be another
profile=$root/build/qgis/profiles/default
packages=$profile/recurve/packages
venv=$root/build/venv

export QGIS_CUSTOM_CONFIG_PATH="$root/build/qgis"
export QT_QPA_PLATFORM=offscreen
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
unset PYTHONPATH PYTHONHOME || true

say() { echo "setup: $*"; }
fail() {
    echo "setup: $*" >&2
    exit 1
}

has_modules() {
    [ -x $python ] && $python - "$@" <<'EOF'
import importlib.util, sys
sys.exit(any(importlib.util.find_spec(name) is None for name in sys.argv[1:]))
EOF
}

has_system_packages() {
    { command -v qgis_process.bin || command -v qgis_process; } >/dev/null &&
        command -v gdalinfo >/dev/null && has_modules qgis osgeo numpy matplotlib pip venv ensurepip
}

can_be_root() { [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null; }

as_root() { # a command that needs root's rights
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

install_system_packages() {
    set -- qgis python3-qgis python3-pip python3-venv python3-matplotlib gdal-bin
    command -v apt-get >/dev/null ||
        fail "QGIS or a part of it is missing and this is no Debian or Ubuntu: install what is called there: $*"
    can_be_root || fail "some of these packages are missing; as root, run: apt-get install $*"
    say "installing $*"
    as_root apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
    has_system_packages || fail "QGIS was installed, but this is still not usable with $python: $*"
}

# stamp FILE...: changes when one of the files or the Python does
stamp() { { $python --version && cat "$@"; } | cksum; }

install_packages() { # into the plugin's own folder; --no-deps keeps numpy out of it
    say "installing ONNX Runtime into $packages"
    rm -rf "$packages.new"
    $python -m pip install -q --no-deps --target "$packages.new" -r "$1"
    stamp "$1" >"$packages.new/.stamp"
    rm -rf "$packages"
    mv "$packages.new" "$packages"
}

install_training() { # PyTorch does not depend on numpy; ONNX does, and runs with QGIS's
    say "installing PyTorch and ONNX into $packages (some minutes)"
    set -- "$(grep '^torch==' "$root/requirements-dev.txt")" "$(grep '^onnx==' "$root/requirements-dev.txt")"
    $python -m pip install -q --upgrade --target "$packages" "$1"
    $python -m pip install -q --upgrade --no-deps --target "$packages" "$2" protobuf
    stamp "$root/requirements-dev.txt" >"$packages/.training"
}

install_plugin() {
    say "enabling the plugin in the QGIS profile $profile"
    mkdir -p "$profile/python/plugins"
    ln -sfn "$root" "$profile/python/plugins/recurve"
    "$root/scripts/bin/qgis_process" plugins enable recurve >"$root/build/enable.log" 2>&1 || {
        cat "$root/build/enable.log" >&2
        fail "QGIS did not enable the plugin; its own words are above"
    }
}

is_plugin_enabled() {
    [ "$(readlink "$profile/python/plugins/recurve")" = "$root" ] &&
        grep -qx 'recurve=true' "$profile/QGIS/QGIS3.ini" 2>/dev/null
}

install_venv() {
    say "installing what tests and training need into $venv (some minutes)"
    rm -rf "$venv"
    $python -m venv --system-site-packages "$venv"
    "$venv/bin/python" -m pip install -q -r "$root/requirements-dev.txt"
    if [ "$requirements" = "$root/requirements-gpu.txt" ]; then # in place of the ONNX Runtime without a GPU
        "$venv/bin/python" -m pip uninstall -q -y onnxruntime
        "$venv/bin/python" -m pip install -q --no-deps -r "$requirements"
    fi
    stamp "$root/requirements-dev.txt" "$requirements" >"$venv/.stamp"
}

install_screen() { # only tests need it, and they do without: no reason to fail
    if command -v apt-get >/dev/null && can_be_root; then
        say "installing xvfb"
        as_root apt-get update -q &&
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends xvfb && return
    fi
    say "Xvfb is missing and cannot be installed here: the tests that open QGIS's windows are skipped"
}

has_system_packages || install_system_packages

requirements=$root/requirements.txt
if command -v nvidia-smi >/dev/null && nvidia-smi -L >/dev/null 2>&1; then
    requirements=$root/requirements-gpu.txt
fi
mkdir -p "$profile/recurve"
[ "$(stamp "$requirements")" = "$(cat "$packages/.stamp" 2>/dev/null)" ] || install_packages "$requirements"
is_plugin_enabled || install_plugin

if [ "${1:-}" = training ]; then
    [ "$(stamp "$root/requirements-dev.txt")" = "$(cat "$packages/.training" 2>/dev/null)" ] || install_training
fi
if [ "${1:-}" = tests ]; then
    [ "$(stamp "$root/requirements-dev.txt" "$requirements")" = "$(cat "$venv/.stamp" 2>/dev/null)" ] || install_venv
    command -v Xvfb >/dev/null || install_screen
fi
