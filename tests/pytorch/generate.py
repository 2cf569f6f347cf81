#!/usr/bin/env python3
"""Writes expected/*.inc: what PyTorch computes, in float64, for the nets of the tests in this folder.

Parameters, inputs and targets are not stored. They come from numbers(), which agreement.hpp has too, bit for bit.
Long tensors are stored as a fingerprint. Needs python3-torch and python3-numpy; takes a few seconds.
"""

import math
from pathlib import Path

import numpy
import torch
from torch import nn
from torch.nn import functional

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

WIDTHS = [1, 3, 5, 7, 9, 16, 17, 33, 64, 128, 784]


def numbers(name, *shape, scale=1.0):
    """Multiples of 2^-12 in [-1, 1), times a power of two: splitmix64 seeded with the FNV-1a hash of the name."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = (seed ^ byte) * 0x100000001B3 % 2**64
    with numpy.errstate(over="ignore"):
        steps = numpy.arange(1, math.prod(shape) + 1, dtype=numpy.uint64)
        z = numpy.uint64(seed) + steps * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        z = z ^ (z >> numpy.uint64(31))
    twelfths = (z >> numpy.uint64(51)).astype(numpy.float64) - 4096
    return torch.from_numpy(twelfths / 4096 * scale).reshape(shape)


def fingerprint(tensor):
    """All of up to 12 entries; of more, 8 evenly spaced ones, the dot products with 3 vectors, and the norm."""
    flat = tensor.detach().flatten()
    n = flat.numel()
    if n <= 12:
        return n, flat.tolist()
    entries = [flat[k * (n - 1) // 7].item() for k in range(8)]
    dots = [(flat @ numbers(f"fingerprint {k}", n)).item() for k in range(3)]
    return n, entries + dots + [flat.norm().item()]


class Expected:
    """One .inc file: the initializers of an array of `quantity` (agreement.hpp)."""

    def __init__(self, stem):
        self.path = Path(__file__).parent / "expected" / f"{stem}.inc"
        self.lines = {}

    def add(self, name, tensor):
        assert name not in self.lines, name
        size, values = fingerprint(torch.as_tensor(tensor))
        assert all(math.isfinite(value) for value in values), name
        listed = ", ".join(f"{value:.13g}" for value in values)
        self.lines[name] = f'{{"{name}", {size}, {{{listed}}}}},\n'

    def write(self):
        self.path.write_text(f"// Written by generate.py with PyTorch {torch.__version__}.\n" + "".join(self.lines.values()))


def set_parameters(module, name, scale):
    flat = numbers(f"{name} parameters", sum(p.numel() for p in module.parameters()), scale=scale)
    nn.utils.vector_to_parameters(flat, module.parameters())


def probabilities(u):
    """Rows that sum to one exactly, in units of 2^-12."""
    p = torch.zeros_like(u)
    for row, source in zip(p, u):
        rest = 4096
        for i in range(len(row) - 1):
            part = math.floor(rest * (source[i].item() + 1) / 2)
            row[i] = part / 4096
            rest -= part
        row[-1] = rest / 4096
    return p


def class_weights(n):
    return 0.25 + torch.arange(n) % 5 / 4


def weighted(logits, targets):
    return functional.cross_entropy(logits, targets, weight=class_weights(logits.shape[1]))


def index(u):
    return ((u[:, 0] + 1) / 2 * u.shape[1]).long()


# name: (function, targets from numbers in [-1, 1))
LOSSES = {
    "mean_squared_error": (functional.mse_loss, lambda u: u * 2),
    "mean_absolute_error": (functional.l1_loss, lambda u: u * 2),
    "huber": (functional.huber_loss, lambda u: u * 4),
    "huber 0.375": (lambda a, y: functional.huber_loss(a, y, delta=0.375), lambda u: u * 4),
    "cross_entropy index": (functional.cross_entropy, index),
    "cross_entropy probabilities": (functional.cross_entropy, probabilities),
    "weighted_cross_entropy index": (weighted, index),
    "weighted_cross_entropy probabilities": (weighted, probabilities),
    "binary_cross_entropy": (functional.binary_cross_entropy_with_logits, lambda u: (u + 1) / 2),
}


def network(expected, name, module, input_shape, samples, scale, losses=LOSSES):
    """Outputs, and for each loss its value and gradients: of sample 0, and the mean over all samples."""
    set_parameters(module, name, scale)
    x = numbers(f"{name} inputs", samples, *input_shape)
    y = module(x).flatten(1)
    expected.add(f"{name} outputs", y)
    for loss_name in losses:
        loss, targets_from = LOSSES[loss_name]
        targets = targets_from(numbers(f"{name} targets", samples, y.shape[1]))
        for mode, count in (("single", 1), ("mean", samples)):
            case = f"{name} {loss_name} {mode}"
            inputs = x[:count].clone().requires_grad_()
            module.zero_grad()
            value = loss(module(inputs).flatten(1), targets[:count])
            value.backward()
            expected.add(f"{case} loss", value)
            for k, parameter in enumerate(module.parameters()):
                expected.add(f"{case} gradient {k}", parameter.grad)
            if count == 1:
                expected.add(f"{case} input gradient", inputs.grad)


def weight_scale(fan_in):
    return 2.0 ** -math.floor(math.log2(math.sqrt(fan_in)))


def width():
    expected = Expected("width")
    for w in WIDTHS:
        module = nn.Sequential(nn.Linear(w, w), nn.Tanh(), nn.Linear(w, 3))
        network(expected, f"width {w}", module, (w,), 7 if w == 784 else 37, weight_scale(w))
    expected.write()


class Residual(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


def composition():
    expected = Expected("composition")
    deep = nn.Sequential(
        nn.Linear(10, 24), nn.ReLU(), nn.Linear(24, 17), nn.GELU(), nn.Linear(17, 9), nn.SiLU(), nn.Softmax(1),
        nn.Linear(9, 6), nn.LogSoftmax(1), nn.Linear(6, 5), nn.Sigmoid(), nn.Linear(5, 4))
    network(expected, "deep", deep, (10,), 37, 0.5)
    residual = nn.Sequential(
        nn.Linear(6, 19), nn.ELU(), Residual(nn.Linear(19, 11), nn.Tanh(), nn.Linear(11, 19)),
        Residual(nn.Mish()), nn.Linear(19, 3))
    network(expected, "residual", residual, (6,), 37, 0.5,
            ["mean_squared_error", "cross_entropy index", "weighted_cross_entropy index"])
    expected.write()


def conv1d():
    expected = Expected("conv1d")
    losses = ["mean_squared_error", "huber"]  # of cross-entropy a lone channel's bias gradient is the sum of p - y: zero

    def add(name, channels, length, out, kernel, stride, dilation, *more):
        module = nn.Sequential(nn.Conv1d(channels, out, kernel, stride, dilation=dilation), *more)
        network(expected, name, module, (channels, length), 11, weight_scale(channels * kernel), losses)

    add("1x2 kernel 1", 1, 2, 1, 1, 1, 1)
    add("1x9 kernel 3", 1, 9, 1, 3, 1, 1)
    add("3x17 kernel 3", 3, 17, 4, 3, 1, 1, nn.Tanh())
    add("4x20 kernel 5 stride 2", 4, 20, 7, 5, 2, 1, nn.ReLU())
    add("2x16 kernel 3 dilation 4", 2, 16, 5, 3, 1, 4, nn.Tanh())
    add("3x30 kernel 4 stride 3 dilation 2", 3, 30, 16, 4, 3, 2, nn.SiLU())
    add("5x33 whole length", 5, 33, 9, 33, 1, 1)
    add("two layers and dense", 2, 40, 8, 5, 2, 1, nn.ReLU(), nn.Conv1d(8, 6, 3, dilation=2), nn.Tanh(),
        nn.Flatten(), nn.Linear(6 * 14, 3))
    expected.write()


def conv2d():
    expected = Expected("conv2d")
    losses = ["mean_squared_error", "huber"]

    def add(name, shape, *layers):
        fan_in = layers[0].weight[0].numel() if hasattr(layers[0], "weight") else layers[1].weight[0].numel()
        network(expected, name, nn.Sequential(*layers), shape, 11, weight_scale(fan_in), losses)

    add("image 1x1x2 kernel 1", (1, 1, 2), nn.Conv2d(1, 1, 1))
    add("image 3x9x7 stride", (3, 9, 7), nn.Conv2d(3, 5, (3, 2), (2, 1), padding=(1, 0)), nn.Tanh())
    add("image 4x7x5 groups", (4, 7, 5), nn.Conv2d(4, 6, 3, dilation=(1, 2), padding=(1, 2), groups=2), nn.SiLU())
    add("image 17x5x4 depthwise", (17, 5, 4), nn.Conv2d(17, 17, (3, 2), padding="same", groups=17), nn.Tanh())
    add("image 5x6x6 two for each channel", (5, 6, 6), nn.ZeroPad2d((1, 0, 0, 2)), nn.Conv2d(5, 10, 2, 2, groups=5))
    add("image, two layers and dense", (1, 8, 9), nn.Conv2d(1, 8, 3, padding="same"), nn.ReLU(), nn.Conv2d(8, 33, (2, 3), 2),
        nn.Tanh(), nn.Flatten(), nn.Linear(33 * 4 * 4, 3))
    add("line 6x11 groups", (6, 11), nn.Conv1d(6, 9, 3, 2, padding=2, groups=3), nn.Tanh())
    add("line 8x9 depthwise", (8, 9), nn.Conv1d(8, 8, 4, dilation=2, padding="same", groups=8), nn.SiLU(), nn.Conv1d(8, 3, 1))
    expected.write()


def space():
    """Pools and norms."""
    expected = Expected("space")
    losses = ["mean_squared_error", "huber"]

    def add(name, shape, *layers):
        network(expected, name, nn.Sequential(*layers), shape, 11, 0.5, losses)

    add("pools of an image", (3, 7, 9), nn.Conv2d(3, 4, 2), nn.MaxPool2d((3, 2), (2, 1), (1, 0), dilation=(1, 2)),
        nn.AvgPool2d(2, (1, 2), padding=1, count_include_pad=False), nn.Flatten(), nn.Linear(4 * 4 * 4, 3))
    add("pools of a line", (4, 11), nn.MaxPool1d(3, 2, 1), nn.GroupNorm(2, 4), nn.PReLU(4), nn.AvgPool1d(2, 1, 1), nn.Conv1d(4, 6, 2),
        nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(6, 3))
    add("norms", (10,), nn.Linear(10, 19), nn.LayerNorm(19), nn.GELU(), nn.Linear(19, 12), nn.RMSNorm(12, eps=1e-5), nn.Linear(12, 3))
    expected.write()


class Outputs(nn.Module):
    """Of a recurrent module the outputs, without the state."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return self.inner(x)[0]


class SelfAttention(nn.MultiheadAttention):
    """Query, key and value are one; of a window each step attends to the last so many, itself included."""

    def __init__(self, features, heads, window=None):
        super().__init__(features, heads, batch_first=True)
        self.window = window

    def forward(self, x):
        age = torch.arange(x.shape[1])[:, None] - torch.arange(x.shape[1])
        hidden = (age < 0) | (age >= self.window) if self.window else None
        return super().forward(x, x, x, need_weights=False, attn_mask=hidden)[0]


def is_transformer_encoder_layer(block, x):
    """Whether a block written as two residuals is PyTorch's module."""
    module = nn.TransformerEncoderLayer(32, 4, 64, dropout=0, activation="gelu", batch_first=True, norm_first=True)
    names = {"0.0.": "norm1.", "0.1.": "self_attn.", "1.0.": "norm2.", "1.1.": "linear1.", "1.3.": "linear2."}
    module.load_state_dict({names[name[:4]] + name[4:]: tensor for name, tensor in block.state_dict().items()})
    return torch.allclose(module(x), block(x), rtol=1e-12, atol=1e-12)


def steps_left_out(expected, name, module, shape, samples, scale):
    """A loss at every step, some of which are left out: the mean over those that are not."""
    set_parameters(module, name, scale)
    x = numbers(f"{name} inputs", samples, *shape)
    outputs = module(x).shape
    u = numbers(f"{name} targets", *outputs)
    mask = 1 - numbers(f"{name} mask", samples, shape[0]).clamp(0)  # 1, or less, down to 0
    mask[:, -2:] = 0
    classes = ((u[:, :, 0] + 1) / 2 * outputs[2]).long()
    classes[mask < 0.5] = -100
    losses = {
        "cross_entropy": lambda y, n: functional.cross_entropy(y.transpose(1, 2), classes[:n]),
        "weighted_cross_entropy": lambda y, n: functional.cross_entropy(y.transpose(1, 2), classes[:n], weight=class_weights(outputs[2])),
        "mean_squared_error": lambda y, n: (((y - u[:n]) ** 2).mean(2) * mask[:n]).sum() / mask[:n].sum(),
    }
    for loss_name, loss in losses.items():
        for mode, count in (("single", 1), ("mean", samples)):
            case = f"{name} {loss_name} {mode}"
            inputs = x[:count].clone().requires_grad_()
            module.zero_grad()
            value = loss(module(inputs), count)
            value.backward()
            expected.add(f"{case} loss", value)
            for k, parameter in enumerate(module.parameters()):
                expected.add(f"{case} gradient {k}", parameter.grad)
            if count == 1:
                expected.add(f"{case} input gradient", inputs.grad)


def losses_of_five_steps(module, optimizer, x, y, clip=None, scheduler=None):
    """Of the mean squared error, on all samples at once."""
    losses = []
    for _ in range(5):
        optimizer.zero_grad()
        loss = functional.mse_loss(module(x), y)
        loss.backward()
        if clip:
            nn.utils.clip_grad_norm_(module.parameters(), clip)
        optimizer.step()
        if scheduler:
            scheduler.step()
        losses.append(loss.item())
    return losses


def five_steps(expected, name, module, shape, samples, scale):
    """Of Adam, on all samples at once."""
    set_parameters(module, name, scale)
    x = numbers(f"{name} inputs", samples, *shape)
    targets = 2 * numbers(f"{name} targets", *module(x).shape)
    expected.add(f"{name} losses", losses_of_five_steps(module, FIT_OPTIMIZERS["adam"](module.parameters()), x, targets))
    expected.add(f"{name} parameters after", nn.utils.parameters_to_vector(module.parameters()))


def sequence():
    expected = Expected("sequence")
    losses = ["mean_squared_error", "huber"]

    def add(name, shape, *layers):
        module = nn.Sequential(*layers)
        network(expected, name, module, shape, 11, weight_scale(shape[1]), losses)
        return module

    add("bidirectional lstm", (4, 3), Outputs(nn.LSTM(3, 5, bidirectional=True, batch_first=True)))
    add("bidirectional gru and rnn", (7, 2), Outputs(nn.GRU(2, 17, bidirectional=True, batch_first=True)),
        Outputs(nn.RNN(34, 3, bidirectional=True, batch_first=True)), nn.Linear(6, 2))
    add("lstm, gru and rnn", (6, 3), Outputs(nn.LSTM(3, 17, batch_first=True)), Outputs(nn.GRU(17, 5, batch_first=True)),
        Outputs(nn.RNN(5, 8, batch_first=True)), nn.Linear(8, 2))
    add("attention 5x6", (5, 6), SelfAttention(6, 2))
    add("attention 33x16 causal", (33, 16), SelfAttention(16, 4, window=33))
    add("attention 37x8 window 5", (37, 8), SelfAttention(8, 1, window=5), nn.Linear(8, 3))
    block = add("transformer", (9, 32), Residual(nn.LayerNorm(32), SelfAttention(32, 4)),
                Residual(nn.LayerNorm(32), nn.Linear(32, 64), nn.GELU(), nn.Linear(64, 32)))
    assert is_transformer_encoder_layer(block, numbers("transformer", 2, 9, 32))
    five_steps(expected, "recurrent steps", nn.Sequential(Outputs(nn.LSTM(2, 3, batch_first=True)), Outputs(nn.GRU(3, 5, batch_first=True)),
                                                          nn.Linear(5, 2)), (6, 2), 5, 1)
    five_steps(expected, "attention steps", nn.Sequential(Residual(nn.LayerNorm(6), SelfAttention(6, 2)), nn.Linear(6, 2)), (5, 6), 5, 1)
    steps_left_out(expected, "steps", nn.Sequential(Outputs(nn.GRU(3, 4, batch_first=True)), nn.Linear(4, 5)), (6, 3), 11, 1)
    expected.write()


ACTIVATIONS = {
    "identity": nn.Identity(), "relu": nn.ReLU(), "leaky_relu": nn.LeakyReLU(), "elu": nn.ELU(), "selu": nn.SELU(),
    "celu": nn.CELU(), "sigmoid": nn.Sigmoid(), "tanh": nn.Tanh(), "gelu": nn.GELU(), "gelu_tanh": nn.GELU("tanh"),
    "silu": nn.SiLU(), "mish": nn.Mish(), "softplus": nn.Softplus(), "softsign": nn.Softsign(),
    "hard_sigmoid": lambda x: functional.hardtanh(x / 6 + 0.5, 0, 1),  # Hardsigmoid's gradient is float(1/6) in double too
    "hard_tanh": nn.Hardtanh(), "hard_swish": nn.Hardswish(), "softmax": nn.Softmax(-1), "log_softmax": nn.LogSoftmax(-1),
}
# With the kinks: 0 (ReLU family), +-1 (hard_tanh), +-3 (hard_sigmoid, hard_swish), 20 (softplus turns linear).
MAGNITUDES = [2.0**-12, 2.0**-7, 0.0625, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5,
              3, 3.5, 4, 4.5, 5, 6, 7, 8, 10, 12, 15, 17.5, 20, 25, 30]
POINTS = torch.tensor([-m for m in reversed(MAGNITUDES) if m != 25] + [0.0] + MAGNITUDES)  # 64


def activation():
    """Value and derivative at POINTS; for the soft maxima, value and the product of -1, 1, 1, -1... with the Jacobian."""
    lines = [f"// Written by generate.py with PyTorch {torch.__version__}.\n"]

    def add(name, values):
        listed = ", ".join("unspecified" if math.isnan(value) else f"{value:.13g}" for value in values.tolist())
        lines.append(f'{{"{name}", {{{listed}}}}},\n')

    add("points", POINTS)
    signs = torch.tensor([-1.0 if i % 3 == 0 else 1.0 for i in range(len(POINTS))])
    for name, module in ACTIVATIONS.items():
        for what, points in (("", POINTS), (" at a sixteenth", POINTS / 16)):
            if what and "softmax" not in name:
                continue
            x = points.clone().requires_grad_()
            y = module(x)
            y.backward(signs)
            add(f"{name}{what} value", y.detach())
            if name == "hard_swish":  # at 3 PyTorch gives 1 in its vector loop, 1.5 in the rest of it
                x.grad[POINTS.abs() == 3] = math.nan
            add(f"{name}{what} gradient", x.grad)
    (Path(__file__).parent / "expected" / "activation.inc").write_text("".join(lines))


OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=1e-3),  # PyTorch 1 has no default; 2 has this one
    "sgd momentum": lambda p: torch.optim.SGD(p, lr=0.125, momentum=0.9),
    "sgd nesterov": lambda p: torch.optim.SGD(p, lr=0.125, momentum=0.9, nesterov=True),
    "sgd weight_decay": lambda p: torch.optim.SGD(p, lr=0.125, weight_decay=0.75),
    "sgd dampening": lambda p: torch.optim.SGD(p, lr=0.125, momentum=0.8, dampening=0.25, weight_decay=0.5),
    "adam": lambda p: torch.optim.Adam(p),
    "adam options": lambda p: torch.optim.Adam(p, lr=0.0625, betas=(0.75, 0.96875), eps=0.125, weight_decay=0.5),
    "adamw": lambda p: torch.optim.AdamW(p),
    "adamw options": lambda p: torch.optim.AdamW(p, lr=0.0625, betas=(0.75, 0.96875), eps=0.125, weight_decay=0.5),
    "rmsprop": lambda p: torch.optim.RMSprop(p),
    "rmsprop momentum": lambda p: torch.optim.RMSprop(p, lr=2.0**-8, momentum=0.75),
    "rmsprop centered": lambda p: torch.optim.RMSprop(p, lr=0.0625, alpha=0.75, centered=True),
    "rmsprop options": lambda p: torch.optim.RMSprop(
        p, lr=0.0625, alpha=0.875, eps=0.125, weight_decay=0.5, momentum=0.75, centered=True),
}


def optimizer():
    """Parameters after five steps on given gradients. They start small, so that the steps are what is compared."""
    expected = Expected("optimizer")
    for w in WIDTHS:
        count = w * w + w + 3 * w + 3
        gradients = [numbers(f"width {w} gradient {step}", count, scale=0.125) for step in range(5)]
        for name, make in OPTIMIZERS.items():
            p = numbers(f"width {w} start", count, scale=2.0**-8).requires_grad_()
            stepper = make([p])
            for gradient in gradients:
                p.grad = gradient.clone()
                stepper.step()
            expected.add(f"width {w} {name}", p)
    expected.write()


def schedules(base):
    """torch.optim.lr_scheduler's, by the names that they have in inlay."""
    scheduler = torch.optim.lr_scheduler
    return {
        "step": lambda o: scheduler.StepLR(o, step_size=3, gamma=0.25),
        "cosine": lambda o: scheduler.CosineAnnealingLR(o, T_max=8, eta_min=base / 64),
        "linear": lambda o: scheduler.LinearLR(o, start_factor=0.25, end_factor=0.75, total_iters=5),
        "warm_up": lambda o: scheduler.SequentialLR(
            o, [scheduler.LinearLR(o, start_factor=1 / 3, total_iters=4), scheduler.CosineAnnealingLR(o, T_max=8)], [4]),
    }


def schedule():
    """The learning rates of the first twelve steps of each schedule."""
    expected = Expected("schedule")
    for name, make in schedules(0.5).items():
        stepper = torch.optim.SGD([torch.zeros(1).requires_grad_()], lr=0.5)
        scheduler = make(stepper)
        rates = []
        for _ in range(12):
            rates.append(stepper.param_groups[0]["lr"])
            stepper.step()
            scheduler.step()
        expected.add(name, rates)
    expected.write()


def clip():
    """The norm of a gradient and what clip_grad_norm_ leaves of it."""
    expected = Expected("clip")
    for scale in (1, 1e-3, 1e30, 1e150):
        for max_norm in (0.5, 4):
            p = torch.zeros(1000).requires_grad_()
            p.grad = numbers("clip gradient", 1000) * scale
            name = f"scale {scale:g} max_norm {max_norm:g}"
            expected.add(f"{name} norm", nn.utils.clip_grad_norm_([p], max_norm))
            expected.add(f"{name} clipped", p.grad)
    expected.write()


def fit():
    """Five epochs of one full batch each: the loss of each epoch, and the parameters at the end."""
    expected = Expected("fit")
    x, y = numbers("fit inputs", 24, 4), numbers("fit targets", 24, 3)
    for name in ("sgd", "sgd nesterov", "adam", "adamw", "rmsprop"):
        module = nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 3))
        set_parameters(module, "fit", 0.5)
        expected.add(f"{name} history", losses_of_five_steps(module, OPTIMIZERS[name](module.parameters()), x, y))
        expected.add(f"{name} parameters", nn.utils.parameters_to_vector(module.parameters()))
    for name, optimizer in FIT_OPTIMIZERS.items():
        for what in ("clipped", "scheduled", "frozen", "frozen and clipped"):
            module = nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 3))
            set_parameters(module, "fit", 0.5)
            if "frozen" in what:
                module[0].requires_grad_(False)
            stepper = optimizer(module.parameters())
            scheduler = schedules(0.0625)["warm_up"](stepper) if what == "scheduled" else None
            clip = 0.125 if "clipped" in what else None
            expected.add(f"{name} {what} history", losses_of_five_steps(module, stepper, x, y, clip, scheduler))
            expected.add(f"{name} {what} parameters", nn.utils.parameters_to_vector(module.parameters()))
    expected.write()


FIT_OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.0625, momentum=0.9, weight_decay=0.25),
    "adam": lambda p: torch.optim.Adam(p, lr=0.0625, eps=2.0**-10, weight_decay=0.25),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.0625, eps=2.0**-10, weight_decay=0.25),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.0625, alpha=0.875, eps=2.0**-10, weight_decay=0.25, momentum=0.75),
}


if __name__ == "__main__":
    for section in (width, composition, conv1d, conv2d, space, sequence, activation, optimizer, schedule, clip, fit):
        section()
