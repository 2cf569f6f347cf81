"""The C that CasADi generates for the nets that derivative_cost measures: value and Jacobian of each. generated_c.py FOLDER ["NAME: TOPOLOGY"...]

Needs casadi of PyPI. The folder is then named to the build: -DINLAY_BENCH_CASADI=FOLDER."""

import re
import sys
from pathlib import Path

import casadi as ca
import numpy as np

STANDARD = ["6-64-64-2: 6, 64:tanh, 64:tanh, 2", "12-32-32-4: 12, 32:tanh, 32:tanh, 4"]
SIGMA = {"identity": lambda z: z, "tanh": ca.tanh, "relu": lambda z: ca.fmax(z, 0), "sigmoid": lambda z: 1 / (1 + ca.exp(-z))}


def generate(folder, line):
    name, text = line.split(":", 1)
    layers = [(int(w), s or "identity") for w, s in re.findall(r"(\d+)(?::(\w+))?", text)]
    x = a = ca.SX.sym("x", layers[0][0])
    k = 0
    for (before, _), (width, sigma) in zip(layers, layers[1:]):
        count = width * (before + 1)
        theta = ((np.arange(k, k + count) * 7919 % 1009).astype(np.float32) - 504) / np.float32(2048)
        k += count
        w, b = theta[: width * before].reshape(width, before), theta[width * before :]
        a = SIGMA[sigma](ca.mtimes(ca.DM(w.astype(float)), a) + ca.DM(b.astype(float)))
    stem = "casadi_" + re.sub(r"\W", "_", name)
    f = ca.Function(stem, [x], [a, ca.densify(ca.jacobian(a, x))])
    made = ca.CodeGenerator(stem + ".c")
    made.add(f)
    made.generate(str(folder) + "/")


folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for line in sys.argv[2:] or STANDARD:
    generate(folder, line)
