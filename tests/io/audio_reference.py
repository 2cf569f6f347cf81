"""What a model file of audio people computes, by what their formats say, in double precision; needs numpy.

    audio_reference.py MODEL [--submodel K] [--prewarm] < inputs > outputs

A sample a line, its channels with blanks between. RTNeural's JSON with layers (AIDA-X with in_skip too), GuitarML's JSON, .nam with
LSTM, WaveNet or Linear. --prewarm begins where a long silence leaves a WaveNet, as its players do. Nothing here is shared with inlay.
"""
import json
import sys

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


ACTIVATIONS = {
    "": lambda x: x, "linear": lambda x: x, "tanh": np.tanh, "sigmoid": sigmoid, "relu": lambda x: np.maximum(x, 0),
    "elu": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    "softmax": lambda x: np.exp(x - x.max()) / np.exp(x - x.max()).sum(),
}


class History:
    """A causal convolution, W [out][in / groups][tap], step by step."""

    def __init__(self, w, b, dilation, groups=1):
        self.w, self.b, self.dilation, self.groups = w, b, dilation, groups
        self.past = []

    def __call__(self, x):
        self.past.append(x)
        taps, out = self.w.shape[2], self.w.shape[0]
        y = np.array(self.b, dtype=float)
        for k in range(taps):
            ago = (taps - 1 - k) * self.dilation
            if ago < len(self.past):
                then = self.past[-1 - ago].reshape(self.groups, -1)
                y = y + np.concatenate([self.w[g * out // self.groups:(g + 1) * out // self.groups, :, k] @ then[g]
                                        for g in range(self.groups)])
        return y


class Lstm:
    def __init__(self, w, u, b, h=None, c=None):  # rows i f g o
        self.w, self.u, self.b = w, u, b
        n = u.shape[1]
        self.h, self.c = (np.zeros(n) if h is None else h), (np.zeros(n) if c is None else c)

    def __call__(self, x):
        i, f, g, o = np.split(self.w @ x + self.u @ self.h + self.b, 4)
        self.c = sigmoid(f) * self.c + sigmoid(i) * np.tanh(g)
        self.h = sigmoid(o) * np.tanh(self.c)
        return self.h


class Gru:
    def __init__(self, w, u, b):  # columns z r h, as in the file
        self.w, self.u, self.b, self.h = w, u, b, np.zeros(u.shape[0])

    def __call__(self, x):
        xz, xr, xh = np.split(x @ self.w + self.b[0], 3)
        hz, hr, hh = np.split(self.h @ self.u + self.b[1], 3)
        z, r = sigmoid(xz + hz), sigmoid(xr + hr)
        self.h = (1 - z) * np.tanh(xh + r * hh) + z * self.h
        return self.h


def rtneural(model):
    steps = []
    for layer in model["layers"]:
        weights = [np.array(w, dtype=float) for w in layer.get("weights", [])]
        kind = layer["type"]
        if kind in ("dense", "time-distributed-dense"):
            b = weights[1] if len(weights) > 1 else 0
            steps.append(lambda x, w=weights[0], b=b: x @ w + b)
        elif kind == "conv1d":
            steps.append(History(weights[0].transpose(2, 1, 0), weights[1], layer["dilation"][0], layer.get("groups", 1)))
        elif kind == "lstm":
            steps.append(Lstm(weights[0].T, weights[1].T, weights[2]))
        elif kind == "gru":
            steps.append(Gru(*weights))
        elif kind == "prelu":
            steps.append(lambda x, a=weights[0][0]: np.where(x > 0, x, a * x))
        elif kind == "batchnorm":
            mean, variance = weights[-2:]
            gamma, beta = weights[:2] if len(weights) == 4 else (1, 0)
            steps.append(lambda x, g=gamma, b=beta, m=mean, v=variance, e=layer["epsilon"]: g * (x - m) / np.sqrt(v + e) + b)
        elif kind != "activation":
            raise SystemExit("no reference of " + kind)
        if kind not in ("lstm", "gru"):
            steps.append(ACTIVATIONS[layer.get("activation", "")])
    skip = model.get("in_skip", 0)

    def run(x):
        y = x
        for step in steps:
            y = step(y)
        return y + x if skip else y
    return run


def guitarml(model):
    data, state = model["model_data"], {k: np.array(v, dtype=float) for k, v in model["state_dict"].items()}
    cells = [Lstm(state[f"rec.weight_ih_l{k}"], state[f"rec.weight_hh_l{k}"], state[f"rec.bias_ih_l{k}"] + state[f"rec.bias_hh_l{k}"])
             for k in range(data.get("num_layers", 1))]

    def run(x):
        y = x
        for cell in cells:
            y = cell(y)
        y = state["lin.weight"] @ y + state.get("lin.bias", 0)
        return y + x if data.get("skip", 0) else y
    return run


class Weights:
    def __init__(self, numbers):
        self.numbers, self.at = np.array(numbers, dtype=float), 0

    def take(self, *shape):
        size = int(np.prod(shape))
        self.at += size
        return self.numbers[self.at - size:self.at].reshape(shape)


def nam_lstm(config, weights):
    n, cells = config["hidden_size"], []
    for k in range(config["num_layers"]):
        inputs = config["input_size"] if k == 0 else n
        w = weights.take(4 * n, inputs + n)
        cells.append(Lstm(w[:, :inputs], w[:, inputs:], weights.take(4 * n), weights.take(n), weights.take(n)))
    head, bias = weights.take(1, n), weights.take(1)

    def run(x):
        y = x
        for cell in cells:
            y = cell(y)
        return head @ y + bias
    return run


def nam_linear(config, weights):
    taps = weights.take(config["receptive_field"])
    bias = weights.take(1) if config["bias"] else np.zeros(1)
    return History(taps[::-1].reshape(1, 1, -1), bias, 1)


def nam_activation(which):
    kind = which if isinstance(which, str) else which["type"]
    more = {} if isinstance(which, str) else which
    slope = more.get("negative_slopes", more.get("negative_slope", 0.01))
    slope = np.array(slope)
    return {"Tanh": np.tanh, "Hardtanh": lambda x: np.clip(x, -1, 1), "ReLU": lambda x: np.maximum(x, 0), "Sigmoid": sigmoid,
            "SiLU": lambda x: x * sigmoid(x), "Hardswish": lambda x: x * np.clip(x + 3, 0, 6) / 6, "Softsign": lambda x: x / (1 + abs(x)),
            "LeakyReLU": lambda x: np.where(x > 0, x, slope * x), "PReLU": lambda x: np.where(x > 0, x, slope * x)}[kind]


def each(value, count):
    return value if isinstance(value, list) else [value] * count


def nam_wavenet(config, weights):
    arrays = []
    for a in config["layers"]:
        channels, bottleneck = a["channels"], a.get("bottleneck", a["channels"])
        count = len(a["dilations"])
        rechannel = weights.take(channels, a["input_size"])
        modes = each(a.get("gating_mode", "gated" if a.get("gated") else "none"), count)
        one, head1 = a.get("layer1x1", {"active": True, "groups": 1}), a.get("head1x1", {"active": False})
        groups, mix_groups = a.get("groups_input", 1), a.get("groups_input_mixin", 1)
        layers = []
        for k in range(count):
            wide = bottleneck * (2 if modes[k] == "gated" else 1)
            kernel = a["kernel_sizes"][k] if "kernel_sizes" in a else a["kernel_size"]
            conv = History(weights.take(wide, channels // groups, kernel), weights.take(wide), a["dilations"][k], groups)
            mix = History(weights.take(wide, a["condition_size"] // mix_groups, 1), np.zeros(wide), 1, mix_groups)
            out = head = None
            if one["active"]:
                out = History(weights.take(channels, bottleneck // one["groups"], 1), weights.take(channels), 1, one["groups"])
            if head1["active"]:
                head = History(weights.take(head1["out_channels"], bottleneck // head1["groups"], 1), weights.take(head1["out_channels"]),
                               1, head1["groups"])
            first = nam_activation(each(a["activation"], count)[k])
            second = each(a.get("secondary_activation", "Sigmoid"), count)[k]
            layers.append((conv, mix, first, nam_activation(second) if modes[k] == "gated" else None, out, head))
        width = head1["out_channels"] if head1["active"] else bottleneck
        h = a.get("head") or {"out_channels": a["head_size"], "kernel_size": 1, "bias": a["head_bias"]}
        head = History(weights.take(h["out_channels"], width, h["kernel_size"]),
                       weights.take(h["out_channels"]) if h["bias"] else np.zeros(h["out_channels"]), h.get("head_dilation", 1))
        arrays.append((rechannel, layers, head, width))
    post = []
    if config.get("head"):
        p, inputs = config["head"], arrays[-1][2].w.shape[0]
        for k, kernel in enumerate(p["kernel_sizes"]):
            outputs = p["out_channels"] if k + 1 == len(p["kernel_sizes"]) else p["channels"]
            post.append((nam_activation(p["activation"]), History(weights.take(outputs, inputs, kernel), weights.take(outputs), 1)))
            inputs = outputs
    scale = weights.take(1)[0]

    def run(x):
        signal, total = x, None
        for rechannel, layers, head, width in arrays:
            signal = rechannel @ signal
            total = np.zeros(width) if total is None else total
            for conv, mix, first, second, out, own_head in layers:
                z = conv(signal) + mix(x)
                z = first(z) if second is None else first(z[:len(z) // 2]) * second(z[len(z) // 2:])
                total = total + (own_head(z) if own_head else z)
                signal = signal + out(z) if out else signal
            total = head(total)
        total = scale * total
        for activation, conv in post:
            total = conv(activation(total))
        return total
    return run


def nam(model, submodel):
    if "submodels" in model["config"]:
        models = [one["model"] for one in model["config"]["submodels"]]
        return nam(models[submodel if submodel is not None else len(models) - 1], None)
    weights = Weights(model["weights"])
    run = {"LSTM": nam_lstm, "Linear": nam_linear, "WaveNet": nam_wavenet}[model["architecture"]](model["config"], weights)
    assert weights.at == len(weights.numbers), "weights left over"
    return run


def silence(model, submodel):
    """How many steps of it a WaveNet's players let pass before they begin."""
    config = model["config"]
    if "submodels" in config:
        models = [one["model"] for one in config["submodels"]]
        return silence(models[submodel if submodel is not None else len(models) - 1], None)
    if model["architecture"] != "WaveNet":
        return 0
    steps = 1 + sum(k - 1 for k in (config.get("head") or {}).get("kernel_sizes", []))
    for a in config["layers"]:
        kernels = a.get("kernel_sizes", [a.get("kernel_size")] * len(a["dilations"]))
        steps += sum(d * (k - 1) for d, k in zip(a["dilations"], kernels))
        h = a.get("head") or {"kernel_size": 1}
        steps += (h["kernel_size"] - 1) * h.get("head_dilation", 1)
    return steps


def main():
    arguments = sys.argv[1:]
    submodel = int(arguments[arguments.index("--submodel") + 1]) if "--submodel" in arguments else None
    with open(arguments[0]) as file:
        model = json.load(file)
    if "architecture" in model:
        run = nam(model, submodel)
    else:
        run = guitarml(model) if "state_dict" in model else rtneural(model)
    lines = [np.array([float(word) for word in line.split()]) for line in sys.stdin if line.strip()]
    if "--prewarm" in arguments and "architecture" in model:
        for _ in range(silence(model, submodel)):
            run(np.zeros(len(lines[0])))
    for x in lines:
        print(*[repr(float(y)) for y in np.atleast_1d(run(x))])


if __name__ == "__main__":
    main()
