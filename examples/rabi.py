"""Simulates the measurement of a Rabi oscillation and keeps it as an experiment.

Run it beside a running server, with Python 3.8 to 3.11:
    pip install -r requirements.txt
    python rabi.py            (or with an address behind it: python rabi.py http://localhost:8000)
"""

import json
import sys
import tempfile
from pathlib import Path

import h5py
import matplotlib
import numpy as np
from pyaqueduct import API

matplotlib.use("Agg")
from matplotlib import pyplot as plt  # noqa: E402

SHOTS = 500
RABI_FREQUENCY = 5.1  # MHz
DECAY = 1.2  # microseconds

random = np.random.default_rng()
times = np.arange(201) * 0.005
detunings = (np.arange(81) - 40) * 0.3


def excitation(time, detuning, rabi_frequency):
    """The probability that the qubit is excited after a pulse."""
    frequency = np.hypot(rabi_frequency, detuning)
    amplitude = (rabi_frequency / frequency) ** 2 / 2
    return amplitude * (1 - np.exp(-time / DECAY) * np.cos(2 * np.pi * frequency * time))


def measure(time, detuning):
    """The same as it is measured: with the noise of counting."""
    return random.binomial(SHOTS, excitation(time, detuning, RABI_FREQUENCY)) / SHOTS


def fit_frequency(measured):
    """The frequency whose oscillation lies closest to the measured one."""
    candidates = np.arange(1, 1001) / 100
    expected = excitation(times[None, :], 0, candidates[:, None])
    return float(candidates[np.argmin(((measured - expected) ** 2).sum(axis=1))])


def draw(path, resonant, frequency):
    figure, axes = plt.subplots()
    axes.plot(times, resonant, ".", label="measured")
    axes.plot(times, excitation(times, 0, frequency), label=f"fit, {frequency} MHz")
    axes.set(xlabel="pulse length (µs)", ylabel="excited")
    axes.legend()
    figure.savefig(path)


api_url = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
resonant = measure(times, 0)
chevron = measure(times[None, :], detunings[:, None])
frequency = fit_frequency(resonant)

with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    table = np.column_stack([times, resonant])
    np.savetxt(
        folder / "rabi.csv", table, delimiter=",", fmt="%.3f", header="time_us,probability", comments=""
    )
    result = {"rabi_frequency_mhz": frequency, "shots": SHOTS}
    (folder / "fit.json").write_text(json.dumps(result, indent=2))
    draw(folder / "rabi.png", resonant, frequency)
    with h5py.File(folder / "chevron.h5", "w") as file:
        file["probability"] = chevron
        file["time"] = times
        file["time"].attrs["unit"] = "us"
        file["detuning"] = detunings
        file["detuning"].attrs["unit"] = "MHz"

    # Without a timeout, a request ends after 0.5 s.
    api = API(api_url, timeout=30)
    experiment = api.create_experiment(
        "Rabi oscillation of qubit 3",
        f"Simulated, {SHOTS} shots a point. The fit gives **{frequency} MHz**.",
    )
    experiment.add_tags(["rabi", "simulated", "qubit-3"])
    for name in ["rabi.csv", "fit.json", "rabi.png", "chevron.h5"]:
        experiment.upload_file(str(folder / name))

print(f"{api_url.rstrip('/')}/aqd/experiments/{experiment.eid}")
