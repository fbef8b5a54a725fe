"""Fits offset + amplitude * exp(-x / decay) * cos(2 pi frequency x + phase) to a table of an experiment."""

import json
import os
import sys
import tempfile
from pathlib import Path

import matplotlib
import numpy as np
from pyaqueduct import API
from scipy.optimize import curve_fit

matplotlib.use("Agg")
from matplotlib import pyplot as plt  # noqa: E402

NAMES = ["offset", "amplitude", "decay", "frequency", "phase"]


def oscillation(x, offset, amplitude, decay, frequency, phase):
    return offset + amplitude * np.exp(-x / decay) * np.cos(2 * np.pi * frequency * x + phase)


def guess(x, y):
    """Where to start from: the strongest frequency of the spectrum, and its phase."""
    spectrum = np.fft.rfft(y - y.mean())
    strongest = 1 + np.argmax(np.abs(spectrum[1:]))
    span = x[-1] - x[0]
    return [y.mean(), np.ptp(y) / 2, span / 2, strongest / span, np.angle(spectrum[strongest])]


def finite(value):
    """None for an error that nothing is known of, as in a fit of equal values: JSON has no infinity."""
    return float(value) if np.isfinite(value) else None


def draw(path, x, y, best, names):
    fine = np.linspace(x[0], x[-1], 1000)
    figure, axes = plt.subplots(figsize=(8, 5), dpi=120)
    axes.plot(x, y, ".", label="measured")
    axes.plot(fine, oscillation(fine, *best), label="fit")
    axes.set(xlabel=names[0], ylabel=names[1])
    axes.legend()
    figure.savefig(path)


# Parameters come as environment variables; the client finds its token in API_TOKEN by itself. Its timeout is 0.5 s
# where none is given.
api = API(os.environ["aqueduct_url"], timeout=30)
experiment = api.get_experiment_by_eid(os.environ["experiment"])
table = os.environ["table"]
if table not in [name for name, _ in experiment.files]:
    sys.exit(f"{experiment.eid} has no file {table}. Give the name of a table that is there.")

# The folder of the extension is for its code; what is made on the way lies elsewhere.
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    experiment.download_file(table, str(folder))
    # Excel puts a mark in front, which utf-8-sig takes away.
    with open(folder / table, encoding="utf-8-sig") as file:
        names = file.readline().strip().split(",")
        x, y = np.loadtxt(file, delimiter=",", unpack=True, usecols=(0, 1))
    print(f"{len(x)} points of {table}")

    best, covariance = curve_fit(oscillation, x, y, p0=guess(x, y), maxfev=20_000)
    errors = np.sqrt(np.diag(covariance))
    residual = float(np.sqrt(np.mean((y - oscillation(x, *best)) ** 2)))
    for parameter, value, error in zip(NAMES, best, errors):
        print(f"{parameter} = {value:.5g} +/- {error:.2g}")

    stem = Path(table).stem
    result = {
        "model": "offset + amplitude * exp(-x / decay) * cos(2 pi frequency x + phase)",
        "x": names[0],
        "y": names[1],
        **{key: {"value": float(value), "error": finite(error)} for key, value, error in zip(NAMES, best, errors)},
        "residual": residual,
    }
    (folder / f"{stem}-fit.json").write_text(json.dumps(result, indent=2))
    experiment.upload_file(str(folder / f"{stem}-fit.json"))
    if os.environ["plot"] == "1":
        draw(folder / f"{stem}-fit.png", x, y, best, names)
        experiment.upload_file(str(folder / f"{stem}-fit.png"))
