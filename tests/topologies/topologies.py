#!/usr/bin/env python3
"""Random nets, several in a program, each called from several places, held to reference.cpp; see tests/README.md.

Program K of a seed is the same whatever --count is; it needs nothing but the seed and K.
"""

import argparse
import math
import os
import random
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import described

here = Path(__file__).resolve().parent
repository = here.parent.parent

# --- what inlay has, in this one place --------------------------------------------------------------------------------

# inlay's name, the reference's name, its parameter.
ACTIVATIONS = [
    ("identity", "identity", "0"),
    ("relu", "relu", "0"),
    ("leaky_relu", "leaky_relu", "0.01L"),
    ("leaky_relu_with<std::ratio<1, 5>>", "leaky_relu", "0.2L"),
    ("elu", "elu", "1"),
    ("elu_with<std::ratio<1, 2>>", "elu", "0.5L"),
    ("celu", "celu", "1"),
    ("celu_with<std::ratio<3, 2>>", "celu", "1.5L"),
    ("selu", "selu", "0"),
    ("sigmoid", "sigmoid", "0"),
    ("tanh", "tanh", "0"),
    ("gelu", "gelu", "0"),
    ("gelu_tanh", "gelu_tanh", "0"),
    ("silu", "silu", "0"),
    ("mish", "mish", "0"),
    ("softplus", "softplus", "0"),
    ("softsign", "softsign", "0"),
    ("hard_tanh", "hard_tanh", "0"),
    ("hard_sigmoid", "hard_sigmoid", "0"),
    ("hard_swish", "hard_swish", "0"),
    ("fast_tanh", "fast_tanh", "0"),
    ("fast_sigmoid", "fast_sigmoid", "0"),
    ("softmax", "softmax", "0"),
    ("log_softmax", "log_softmax", "0"),
]
OF_A_ROW = {"softmax", "log_softmax"}
# Their constant ends are the next one's jumps, where rounding decides.
CLAMPED = {"hard_sigmoid", "hard_tanh", "hard_swish"}

# In plain loops, reference.cpp; every other is in described.py, and held to its own description.
LAYERS = ["dense", "conv1d", "convolution1d", "conv2d", "transpose", "activation", "residual", "prelu", "expect"]

# Of a probability each, which losses of logits refuse.
PROBABILITIES = {"softmax", "sigmoid", "hard_sigmoid", "fast_sigmoid"}

# The loss, the kinds of target it takes, and the last σ that it may follow (None: any that is not otherwise).
LOSSES = [
    ("mean_squared_error", ["numbers"], None),
    ("mean_absolute_error", ["numbers"], None),
    ("huber", ["numbers"], None),
    ("cross_entropy", ["classes", "probabilities"], lambda last: last not in PROBABILITIES),
    ("binary_cross_entropy", ["shares"], lambda last: last not in PROBABILITIES | OF_A_ROW),
    ("negative_log_likelihood", ["classes", "probabilities"], lambda last: last in OF_A_ROW),
    ("negative_log_likelihood", ["shares"], lambda last: last == "sigmoid"),
]

OPTIMIZERS = ["sgd", "adam", "adamw", "rmsprop"]

# What a place may do with a net: {a} its subject, {s} a sample, {n} a size of batches, {o} an optimizer.
CALLS = {
    "returned": "{a}.is_output({s}, {a}.net({a}.xs[{s}]));",
    "written": "{{ {a}_net::output_type y{{}}; {a}.net({a}.xs[{s}], y); {a}.is_output({s}, y); }}",
    "in place": "{a}.net({a}.unaligned_input({s}), {a}.unaligned_output()); {a}.is_output({s}, {a}.unaligned_output());",
    "one": "{a}.is_output({s}, one({a}.net, {a}.xs[{s}]));",
    "waiting": "{a}.is_output({s}, waiting({a}.net, {a}.xs[{s}], {a}.none));",
    "loop": "for (std::size_t s = 0; s < {n}; ++s) {a}.is_output(s, {a}.net({a}.xs[s]));",
    "batch": "{a}.net({a}.inputs({n}), {a}.outs); {a}.are_outputs({n});",
    "backpropagate": "{a}.clear(); {a}.is_gradient_of_sample({s}, "
    "inlay::backpropagate({a}.net, {a}.xs[{s}], {a}.ys[{s}], {a}.loss, {a}.grad));",
    "backpropagate batch": "{a}.clear(); {a}.is_gradient_of_batch({n}, "
    "inlay::backpropagate({a}.net, {a}.inputs({n}), {a}.wanted_outputs({n}), {a}.loss, {a}.grad));",
    "input_gradient": "{a}.is_input_gradient({s}, inlay::input_gradient({a}.net, {a}.xs[{s}], {a}.ys[{s}], {a}.loss));",
    "train_step": '{a}.begin(); {a}.is_step_of_sample("{o}", {s}, '
    "inlay::train_step({a}.trained, *{a}.optimizer<inlay::{o}>(), {a}.loss, {a}.xs[{s}], {a}.ys[{s}]));",
    "train_step batch": '{a}.begin(); {a}.is_step_of_batch("{o}", {n}, inlay::train_step({a}.trained, '
    "*{a}.optimizer<inlay::{o}>(), {a}.loss, {a}.inputs({n}), {a}.wanted_outputs({n}), {a}.grad));",
    "workspace": "{a}.net({a}.inputs({n}), {a}.outs, {a}.workspace); {a}.are_outputs({n});",
    "train_step workspace": '{a}.begin(); {a}.is_step_of_batch("{o}", {n}, inlay::train_step({a}.trained, '
    "*{a}.optimizer<inlay::{o}>(), {a}.loss, {a}.inputs({n}), {a}.wanted_outputs({n}), {a}.grad, {a}.workspace));",
    "step": "{{ {a}.begin(); {a}.clear(); const auto loss = inlay::backpropagate({a}.net, {a}.xs[{s}], {a}.ys[{s}], {a}.loss, "
    '{a}.grad); {a}.optimizer<inlay::{o}>()->step({a}.trained, {a}.grad); {a}.is_step_of_sample("{o}", {s}, loss); }}',
}
SINGLE = ["returned", "written", "in place", "one", "waiting", "loop"]
# What the comparisons of these calls are called in subject.hpp: each must be seen to find a fault.
PLANTED = ["weight", "output", "loss", "gradient", "input_gradient", "step"]

COMPILERS = ["g++", "clang++"]
LEVELS = ["O1", "O2", "O3"]
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
ARCHS = ["x86-64", "x86-64-v3", "x86-64-v4", "native"]

MOST_MULTIPLY_ADDS = 25_000


# --- nets -------------------------------------------------------------------------------------------------------------


class Layers:
    """A list of layers that grows: inlay's types, the reference's, and the shape that they leave."""

    def __init__(self, dice, style, shape, counted=1):
        self.dice, self.style, self.shape, self.counted = dice, style, tuple(shape), counted
        self.types, self.references, self.multiply_adds, self.last = [], [], 0, "identity"

    @property
    def size(self):
        return math.prod(self.shape)

    def sigma(self, usable=lambda name: True):
        name, reference, parameter = self.dice.choice([a for a in self.style.activations if usable(a[1])] or ACTIVATIONS[:1])
        return name, reference, f'sigma<inlay::{name}>("{reference}", {parameter})'

    def add(self, kind, depth):
        getattr(self, "add_" + kind)(depth)

    def add_dense(self, depth, width=None):
        width = width or self.dice.choice(self.style.widths)
        name, self.last, sigma = self.sigma()
        self.types.append(f"inlay::dense<{width}>" if name == "identity" else f"inlay::dense<{width}, inlay::{name}>")
        self.references.append(f"dense({width}, {sigma})")
        self.multiply_adds += self.size * width
        self.shape = (width,)

    def window(self, extent, same):
        """Along one direction: kernel, stride, dilation, zeros before and after; what it leaves of the extent."""
        if same:
            return (1, 1, 1, 0, 0), extent
        before, after = self.dice.choice([(0, 0), (0, 0), (1, 1), (2, 2), (0, 1), (2, 0)])
        kernel = self.dice.randint(1, min(5, extent + before + after))
        dilation = 1 if kernel == 1 else self.dice.randint(1, min(3, (extent + before + after - 1) // (kernel - 1)))
        stride = self.dice.choice([1, 1, 2, 3])
        return (kernel, stride, dilation, before, after), (extent + before + after - dilation * (kernel - 1) - 1) // stride + 1

    def options(self, windows, groups):
        """conv_options, the fields in PyTorch's words, for one direction or two."""
        both = lambda at: ", ".join(str(w[at]) for w in windows) if len({w[at] for w in windows}) > 1 else str(windows[-1][at])
        braced = lambda at: f"{{{both(at)}}}" if "," in both(at) else both(at)
        fields = [f".{name} = {braced(at)}" for name, at in (("stride", 1), ("dilation", 2)) if braced(at) != "1"]
        fields += [f".groups = {groups}"] if groups > 1 else []
        reach = [w[2] * (w[0] - 1) for w in windows]
        if all(w[3] == r // 2 and w[4] == r - r // 2 and w[1] == 1 for w, r in zip(windows, reach)) and self.dice.random() < 0.5:
            fields.append(".padding = inlay::same")
        elif all(w[3] == w[4] for w in windows):
            fields += [f".padding = {braced(3)}"] if any(w[3] for w in windows) else []
        else:
            fields.append(f".padding = inlay::before_after({braced(3)}, {braced(4)})")
        return "inlay::conv_options{" + ", ".join(fields) + "}"

    def add_convolution(self, name, channels, same):
        windows, extents = zip(*(self.window(extent, same) for extent in self.shape[1:]))
        if not same and self.dice.random() < 0.2:  # padding same, of any kernel
            reach = [w[2] * (w[0] - 1) for w in windows]
            windows = tuple((w[0], 1, w[2], r // 2, r - r // 2) for w, r in zip(windows, reach))
            extents = self.shape[1:]
        channels = channels or self.dice.choice([w for w in self.style.widths if w <= 32] or [4])
        groups = 1
        if not same and self.dice.random() < 0.4:
            if self.dice.random() < 0.5:  # depthwise
                channels = self.shape[0] * self.dice.choice([1, 1, 2])
                groups = self.shape[0]
            else:
                groups = self.dice.choice([g for g in range(1, self.shape[0] + 1) if self.shape[0] % g == 0 and channels % g == 0])
        sigma, self.last, reference = self.sigma(lambda reference: reference not in OF_A_ROW)
        plain = name == "conv1d" and groups == 1 and windows[0][3] == windows[0][4] == 0 and self.dice.random() < 0.5
        options = f"{windows[0][1]}, {windows[0][2]}" if plain else self.options(windows, groups)
        self.types.append(f"inlay::{name}<{channels}, {', '.join(str(w[0]) for w in windows)}, inlay::{sigma}, {options}>")
        seen = ", ".join("window{" + ", ".join(map(str, w)) + "}" for w in windows)
        self.references.append(f"{name}({channels}, {reference}, {seen}, {groups})")
        self.multiply_adds += self.shape[0] // groups * math.prod(w[0] for w in windows) * channels * math.prod(extents)
        self.shape = (channels, *extents)

    def add_conv1d(self, depth, channels=None, same=False):
        self.add_convolution("conv1d", channels, same)

    def add_conv2d(self, depth, channels=None, same=False):
        self.add_convolution("conv2d", channels, same)

    def add_transpose(self, depth):
        self.types.append("inlay::transpose")
        self.references.append("transpose()")
        self.shape, self.last = self.shape[::-1], "identity"

    def add_activation(self, depth):
        before = self.last
        name, self.last, sigma = self.sigma(lambda reference: not (reference in CLAMPED and before in CLAMPED))
        self.types.append(f"inlay::activation<inlay::{name}>")
        self.references.append(f"activation({sigma})")

    def add_prelu(self, depth):
        slopes = self.dice.choice([1, self.shape[0]])
        self.types.append("inlay::prelu<>" if slopes == 1 else f"inlay::prelu<{slopes}>")
        self.references.append(f"prelu({slopes})")
        self.last = "identity"

    def add_residual(self, depth):
        inner = Layers(self.dice, self.style, self.shape)
        for _ in range(self.dice.randint(0, 2)):
            inner.add(self.dice.choice(inner.kinds(depth + 1)), depth + 1)
        if len(self.shape) == 1:
            inner.add_dense(depth + 1, self.shape[0])
        else:
            if inner.shape[1:] != self.shape[1:]:  # the shape is gone: begin again
                inner = Layers(self.dice, self.style, self.shape)
            inner.add_convolution(f"conv{len(self.shape) - 1}d", self.shape[0], same=True)
        self.types.append(f"inlay::residual<{', '.join(inner.types)}>")
        self.references.append("residual({" + ", ".join(inner.references) + "})")
        self.multiply_adds += inner.multiply_adds
        self.last = "identity"

    def expect(self):
        self.types.append(f"inlay::expect<inlay::shape<{', '.join(map(str, self.shape))}>>")

    def kinds(self, depth=0):
        kinds = ["dense"] * (6 if self.style.narrow else 3 if len(self.shape) == 1 else 1)
        if len(self.shape) == 2:
            kinds += ["conv1d"] * 4 + ["transpose"]
        if len(self.shape) == 3:
            kinds += ["conv2d"] * 5
        if not self.style.narrow:
            kinds += ["prelu"]
        if not self.style.narrow or self.dice.random() < 0.2:
            kinds += ["activation"] + (["residual"] if depth < 2 else [])
        return kinds


class Style:
    """What the nets of one program have in common, so that the compiler finds functions that are alike."""

    def __init__(self, dice, seed, k):
        deck = list(ACTIVATIONS)
        random.Random(f"{seed}/deck").shuffle(deck)
        self.narrow = k % 2 == 0  # dense nets of few units: outputs handed over in registers, kernels alike but for a size
        widths = [1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 16, 24, 32, 32, 48] if self.narrow else range(1, 131)
        self.widths = dice.sample(list(widths), 5)
        if not self.narrow:
            self.widths += [dice.randint(1, 9), dice.randint(1, 24)]
        self.activations = [deck[(4 * k + i) % len(deck)] for i in range(4)]
        if self.narrow:
            self.activations += [a for a in ACTIVATIONS if a[0] in ("relu", "tanh")]


def make_net(dice, style):
    while True:
        flat = style.narrow or dice.random() < 0.5
        line = (dice.randint(1, 8), dice.randint(1, 40))
        image = (dice.randint(1, 8), dice.randint(1, 9), dice.randint(1, 9))
        shape = (dice.choice(style.widths),) if flat else dice.choice([line, image])
        layers = Layers(dice, style, shape)
        depth = dice.randint(1, 9)
        for l in range(depth):
            layers.add(dice.choice(layers.kinds()), 0)
            if l + 1 < depth and dice.random() < 0.1:
                layers.expect()
        if 0 < layers.multiply_adds <= MOST_MULTIPLY_ADDS and layers.size <= 130:
            break
    scalar = dice.choice(["float"] * 3 + ["double"])
    input_ = f"inlay::input<{', '.join(map(str, shape))}>"
    loss, kinds, _ = dice.choice([l for l in LOSSES if l[2] is None or l[2](layers.last)])
    return {
        "type": f"inlay::basic_network<{scalar}, {', '.join([input_] + layers.types)}>",
        "reference": f"{{{{{', '.join(map(str, shape))}}}, {{{', '.join(layers.references)}}}}}",
        "loss": loss,
        "targets": dice.choice(kinds),
        "seed": dice.randrange(2**32),
    }


# --- programs ---------------------------------------------------------------------------------------------------------


def make_program(seed, k, compilers, archs, levels):
    dice = random.Random(f"{seed}/{k}")
    style = Style(dice, seed, k)
    nets = [make_net(dice, style) for _ in range(8 if style.narrow else 4)]
    places = []

    def call(name, j, optimizer=None):
        return "  " + CALLS[name].format(
            a=f"a{j}", s=dice.randrange(40), n=dice.randint(1, 40), o=optimizer or dice.choice(OPTIMIZERS)
        )

    # Everything once, net by net; of the optimizers one, or the compiler would take minutes.
    for j in range(len(nets)):
        optimizer = dice.choice(OPTIMIZERS)
        if style.narrow:  # many single calls of many nets are the point: of the rest, what one step takes
            names = ["returned", "waiting", "one", "batch", "backpropagate", "input_gradient", "train_step"]
        else:
            names = list(CALLS)
        places.append([call(name, j, optimizer) for name in names])
    for _ in range(3 * len(nets)):  # then a few of several nets together
        names = SINGLE if style.narrow or dice.random() < 0.7 else ["batch", "backpropagate", "input_gradient"]
        places.append([call(dice.choice(names), dice.randrange(len(nets))) for _ in range(dice.randint(1, 4))])
    head, tail = places[: len(nets)], places[len(nets) :]
    dice.shuffle(tail)

    lines = ['#include "subject.hpp"', "", "namespace {", "using namespace topologies;", "using namespace reference;", ""]
    for j, net in enumerate(nets):
        lines += [
            f"using a{j}_net = {net['type']};",
            f"subject<a{j}_net, inlay::{net['loss']}, targets::{net['targets']}> a{j}(\"net {j}\", \"{net['type']}\",",
            f"    {net['reference']}, \"{net['loss']}\", {net['seed']}u);",
        ]
    for p, statements in enumerate(head + tail):
        lines += ["", f"[[gnu::noinline]] void place_{p}() {{", *statements, "}"]
    lines += [
        "",
        f"any_subject* const nets[] = {{{', '.join(f'&a{j}' for j in range(len(nets)))}}};",
        "constexpr place places[] = {",
        *(f'    {{"place_{p}", place_{p}}},' for p in range(len(places))),
        "};",
        "} // namespace",
        "",
        "int main(int argc, char** argv) { return run(argc, argv, nets, places); }",
        "",
    ]
    return {"k": k, "nets": nets, "text": "\n".join(lines), "way": way(seed, k, compilers, archs, levels)}


def way(seed, k, compilers, archs, levels):
    """How program k is compiled: both kinds of program come in every way, the next one always for another instruction set."""
    dice = random.Random(f"{seed}/ways")
    by_arch = [[(c, l, a) for c in compilers for l in levels] for a in dice.sample(archs, len(archs))]
    for ways in by_arch:
        dice.shuffle(ways)
    ways = [w for turn in zip(*by_arch) for w in turn]
    return ways[(k // 2 + k % 2 * (len(ways) // 2 + 1)) % len(ways)]


def make_described_program(seed, k, compilers, archs, levels):
    """Three nets of any layers."""
    dice = random.Random(f"{seed}/described/{k}")
    nets = [described.make_net(dice) for _ in range(3)]
    lines = ['#include "described.hpp"', "", "int main(int argc, char**) {", "  using namespace inlay;", "  bool right = true;"]
    for j, (type, trains) in enumerate(nets):
        facts = f"{str(trains).lower()}, {str('self_attention' not in type).lower()}"
        lines += [f"  using net_{j} = {type};", f'  right &= topologies::is_right<net_{j}, {facts}>("net {j}", "{type}", argc > 1);']
    lines += ["  return !right;", "}", ""]
    return {"k": k, "nets": [{"type": t} for t, _ in nets], "text": "\n".join(lines), "way": way(seed, k, compilers, archs, levels)}


def programs_of(arguments):
    make = make_described_program if arguments.described else make_program
    if arguments.only is not None:
        return [make(arguments.seed, arguments.only, arguments.compilers, arguments.archs, arguments.levels)]
    programs, nets, k = [], 0, 0
    while nets < arguments.count:
        programs.append(make(arguments.seed, k, arguments.compilers, arguments.archs, arguments.levels))
        nets += len(programs[-1]["nets"])
        k += 1
    return programs


# --- compiling and running --------------------------------------------------------------------------------------------


def runs_here(arch):
    wanted = {"x86-64-v3": "avx2 fma bmi2", "x86-64-v4": "avx2 fma bmi2 avx512f avx512bw avx512cd avx512dq avx512vl"}.get(arch, "")
    try:
        flags = re.search(r"^flags\s*:(.*)$", Path("/proc/cpuinfo").read_text(), re.M)
    except OSError:
        flags = None
    return not wanted or (flags is not None and set(wanted.split()) <= set(flags[1].split()))


def architecture_flag(arch):
    return "-mcpu=native" if arch == "native" and os.uname().machine in ("aarch64", "arm64") else f"-march={arch}"


def quoted(command):
    return " ".join(shlex.quote(str(word)) for word in command)


def run(*command):
    """What a program says; one that does not come to an end is stopped, as wrong as one that crashes."""
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=1800)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, "none in 30 minutes", "", "")


def check(program, arguments, reference_objects):
    """Compiles and runs one program; the words to print, and how many nets were right and wrong."""
    compiler, level, arch = program["way"]
    name = f"{'described_' * arguments.described}{arguments.seed}_{program['k']}"
    source, executable = arguments.build / f"{name}.cpp", arguments.build / name
    source.write_text(program["text"])
    command = [compiler, "-std=c++20", f"-{level}", architecture_flag(arch), *WARNINGS, f"-I{arguments.include}", f"-I{here}", f"-I{here.parent}"]
    command += [*arguments.flag, source, reference_objects[compiler], "-o", executable]
    title = f"program {program['k']} of seed {arguments.seed}, {compiler} -{level} {arch}"
    again = f"tests/topologies.sh{' --described' * arguments.described} --seed {arguments.seed} --only {program['k']}"
    restricted = [("compiler", arguments.compilers, COMPILERS), ("arch", arguments.archs, ARCHS), ("level", arguments.levels, LEVELS)]
    for option, value, default in restricted:
        again += "".join(f" --{option} {v}" for v in value) if value != default else ""
    again += "".join(f" {shlex.quote('--flag=' + f)}" for f in arguments.flag)
    again += f" --include {arguments.include}" if arguments.include != repository / "include" else ""
    facts = f"  compiled by: {quoted(command)}\n  program: {source}\n  again: {again}\n"

    made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode:
        return f"{title}: does not compile\n{made.stderr[:1500]}\n{facts}", 0, len(program["nets"])
    if arguments.planted:
        return planted(program, executable, title, facts)
    ran = run(executable)
    right = len(re.findall(r"^net \d+: (?:right|\d+ numbers, .*tolerance [-+.e\d]+)$", ran.stdout, re.M))
    wrong = len(program["nets"]) - right
    if ran.returncode == 0 and wrong == 0:
        if not arguments.keep:
            source.unlink()
        executable.unlink()
        return f"{title}: {right} nets right\n" + (ran.stdout if arguments.verbose else ""), right, 0
    return f"{title}: WRONG, exit code {ran.returncode}\n{ran.stdout}{ran.stderr[:4000]}{facts}", right, max(1, wrong)


def planted(program, executable, title, facts):
    """Each fault that is planted must be found in each net."""
    text, missed = "", 0
    for what in ["output"] if "described.hpp" in program["text"] else PLANTED:
        optimizers = OPTIMIZERS if what == "step" else [what]
        found = set()
        for one in optimizers:
            ran = run(executable, one)
            found |= set(re.findall(r"^(net \d+): (?:\d+ numbers, .*, WRONG$|WRONG)", ran.stdout, re.M))
        lost = [j for j, net in enumerate(program["nets"]) if f"net {j}" not in found and not ("described.hpp" in program["text"] and "self_attention" in net["type"])]
        missed += len(lost)
        text += f"{title}: planted {what} found in {len(found)} of {len(program['nets'])} nets\n"
        text += "".join(f"  missed in {program['nets'][j]['type']}\n" for j in lost)
    executable.unlink()
    return text + (facts if missed else ""), len(program["nets"]) if not missed else 0, missed


def forgotten(include):
    """What include/inlay has and this file does not name."""
    helpers = {"accuracy", "approximation", "affine_parameters", "affine_layout", "activation_trace", "value_and_derivative", "residual_gradient"}
    helpers |= {"parameters_within", "moments", "sizes", "padding_sizes", "scaling", "branch", "concat", "add", "multiply"}
    helpers |= {"head", "activations_of_heads", "masked_target", "reset_after", "reset_before"}
    known = {
        "activation": {re.sub("<.*", "", a[0]) for a in ACTIVATIONS},
        "layer": {*LAYERS, *described.DRAWN, *described.AT_THE_ENDS, *described.NOT_DRAWN, "rescale_layer", "flatten_layer"},
        "loss": {l[0] for l in LOSSES},
        "optimizer": set(OPTIMIZERS),
    }
    lost, seen = [], 0
    for room, names in known.items():
        headers = sorted((include / "inlay" / room).glob("*.hpp"))
        headers += [include / "inlay" / "activation.hpp"] if room == "activation" else []
        for header in headers:
            text = re.sub(r"namespace [\w:]+(inline [A-Z_]+)?[\w: ]*detail \{.*?\} // namespace inlay::[\w: ]*detail", "", header.read_text(), flags=re.S)
            text = re.sub(r"namespace detail \{.*?\} // namespace detail", "", text, flags=re.S)
            for name in re.findall(r"^(?:struct|class) (\w+)\s*(?:final )?(?::[^:;{][^;{]*)?\{", text, re.M):
                seen += 1
                if name not in names and name not in helpers and not name.endswith("_options"):
                    lost.append(f"{header.name}: {name} is not in {Path(__file__).name}")
    if seen < len(ACTIVATIONS):
        lost.append(f"{include}: only {seen} descriptions were found there")
    return lost


def main():
    parser = argparse.ArgumentParser(prog="tests/topologies.sh", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=24, help="how many nets, at least (default 24)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="K", help="only program K")
    parser.add_argument("--compiler", action="append", dest="compilers", metavar="COMPILER", help="only this one (default: g++ and clang++)")
    parser.add_argument("--arch", action="append", dest="archs", metavar="ARCH", help=f"only this -march (default: {', '.join(ARCHS)})")
    parser.add_argument("--level", action="append", dest="levels", metavar="LEVEL", help="only this -O (default: O1, O2, O3)")
    parser.add_argument("--include", type=Path, default=repository / "include", metavar="DIR", help="inlay's headers (default: this repository's)")
    parser.add_argument("--flag", action="append", default=[], metavar="FLAG", help="one more for the compiler: --flag=-fno-inline")
    parser.add_argument("--build", type=Path, default=repository / "build" / "topologies", metavar="DIR", help="where programs are made")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--keep", action="store_true", help="keep the programs that were right, too")
    parser.add_argument("--verbose", action="store_true", help="a line for each net")
    parser.add_argument("--described", action="store_true", help="nets of every layer, held to the laws and to what layers say of themselves")
    parser.add_argument("--planted", action="store_true", help="plant faults: succeeds if all are found")
    parser.add_argument("--complete", action="store_true", help="only see whether every layer, activation, loss and optimizer is in here")
    arguments = parser.parse_args()
    arguments.include = arguments.include.resolve()

    if arguments.complete:
        lost = forgotten(arguments.include)
        print("\n".join(lost) or "every layer, activation, loss and optimizer is in it")
        return bool(lost)

    arguments.levels = arguments.levels or LEVELS
    arguments.compilers = arguments.compilers or COMPILERS
    if not arguments.archs:
        arguments.archs = ARCHS if os.uname().machine == "x86_64" else ["native"]
    for arch in [a for a in arguments.archs if not runs_here(a)]:
        print(f"not run: {arch}: this machine lacks it")
        arguments.archs = [a for a in arguments.archs if a != arch]
    if not arguments.archs:
        return 1

    arguments.build.mkdir(parents=True, exist_ok=True)
    reference_objects = {}
    for compiler in arguments.compilers:
        reference_objects[compiler] = arguments.build / f"reference_{Path(compiler).name}.o"
        subprocess.run([compiler, "-std=c++20", "-O2", "-c", here / "reference.cpp", "-o", reference_objects[compiler]], check=True)

    right = wrong = 0
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for text, r, w in pool.map(lambda p: check(p, arguments, reference_objects), programs_of(arguments)):
            print(text, end="", flush=True)
            right, wrong = right + r, wrong + w
    print(f"seed {arguments.seed}: {right} nets right, {wrong} {'missed' if arguments.planted else 'wrong'}")
    return bool(wrong or not right)


if __name__ == "__main__":
    sys.exit(main())
