"""Random nets of every layer there is, for described.hpp: what a layer computes it says itself, in its description."""

import math

SIGMAS = ["identity", "relu", "leaky_relu", "elu", "sigmoid", "tanh", "gelu", "silu", "softplus", "hard_swish"]
MOST_MULTIPLY_ADDS = 20_000

# Each says what it may be put behind, and then adds itself. A new layer is a line.
DRAWN = {
    "dense": lambda l: l.put(f"dense<{(n := l.width())}, {l.sigma()}>", (n,), l.size * n),
    "activation": lambda l: l.put(f"activation<{l.sigma(row=len(l.shape) == 1)}>"),
    "prelu": lambda l: l.put(f"prelu<{l.one_of(1, l.shape[0])}>"),
    "layer_norm": lambda l: l.size > 2 and l.put("layer_norm<>"),
    "rms_norm": lambda l: l.size > 1 and l.put("rms_norm<>"),
    "group_norm": lambda l: (g := l.divisor(l.shape[0])) < l.size / 2 and l.put(f"group_norm<{g}>"),
    "batch_norm": lambda l: l.steps is None and l.put("batch_norm<>", trains=False),
    "dropout": lambda l: l.put("dropout<>", trains=False),
    "rescale": lambda l: l.put("rescale<>"),
    "narrow": lambda l: l.put(f"narrow<{(s := l.below(l.shape[0]))}, {(n := 1 + l.below(l.shape[0] - s))}>", (n, *l.shape[1:])),
    "gated": lambda l: l.shape[0] % 2 == 0 and l.put(f"gated<{l.sigma()}, {l.sigma()}>", (l.shape[0] // 2, *l.shape[1:])),
    "residual": lambda l: l.composite("residual<{}>", [l.same_shape()]),
    "parallel": lambda l: l.parallel(),
    "transpose": lambda l: len(l.shape) == 2 and l.steps is None and l.put("transpose", l.shape[::-1]),
    "reshape": lambda l: l.steps is None and l.put(f"reshape<{(a := l.divisor(l.size))}, {l.size // a}>", (a, l.size // a)),
    "flatten": lambda l: (len(l.shape) > 1 or l.steps) and l.put("flatten", (l.size * (l.steps or 1),), ends=True),
    "conv1d": lambda l: l.convolution(1),
    "conv2d": lambda l: l.convolution(2),
    "max_pool1d": lambda l: l.pool("max", 1),
    "max_pool2d": lambda l: l.pool("max", 2),
    "avg_pool1d": lambda l: l.pool("avg", 1),
    "avg_pool2d": lambda l: l.pool("avg", 2),
    "global_avg_pool": lambda l: len(l.shape) > 1 and l.steps is None and l.put("global_avg_pool<>", (l.shape[0],)),
    "global_max_pool": lambda l: len(l.shape) > 1 and l.steps is None and l.put("global_max_pool<>", (l.shape[0],)),
    "rnn": lambda l: l.recurrent("rnn<{}>"),
    "gru": lambda l: l.recurrent(l.one_of("gru<{}>", "gru<{}, reset_before>")),
    "lstm": lambda l: l.recurrent("lstm<{}>"),
    "bidirectional": lambda l: l.recurrent(f"bidirectional<{l.one_of('rnn', 'gru', 'lstm')}<{{}}>>", 2),
    "delay": lambda l: l.steps and l.put(f"delay<{(n := 1 + l.below(l.steps))}>", (n * l.size,)),
    "self_attention": lambda l: l.attention(),
    "last_step": lambda l: l.steps and l.put("last_step", ends=True),
    "mean_of_steps": lambda l: l.steps and l.put("mean_of_steps", ends=True),
}
# A list of inputs begins with from, a list of outputs ends with heads. An embedding's input is an index, no number.
AT_THE_ENDS = ["from", "heads"]
NOT_DRAWN = ["embedding"]


class Layers:
    """A list of layers that grows; `steps` is None outside of a sequence."""

    def __init__(self, dice, shape, steps=None, depth=0):
        self.dice, self.shape, self.steps, self.depth = dice, tuple(shape), steps, depth
        self.types, self.multiply_adds, self.trains = [], 0, True

    @property
    def size(self):
        return math.prod(self.shape)

    def one_of(self, *choices):
        return self.dice.choice(choices)

    def below(self, n):
        return self.dice.randrange(n)

    def width(self):
        return self.one_of(1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 24, 33)

    def sigma(self, row=False):
        return "inlay::" + self.dice.choice(SIGMAS + ["softmax"] * row)

    def divisor(self, n):
        return self.dice.choice([d for d in range(1, n + 1) if n % d == 0])

    def put(self, layer, shape=None, cost=0, trains=True, ends=False):
        self.types.append(layer)
        self.shape = tuple(shape or self.shape)
        self.multiply_adds += cost * (self.steps or 1)
        self.trains &= trains
        self.steps = None if ends else self.steps
        return True

    def inner(self, most):
        branch = Layers(self.dice, self.shape, self.steps, self.depth + 1)
        branch.grow(self.below(most + 1), [n for n in DRAWN if n not in ("last_step", "mean_of_steps", "flatten", "dropout", "batch_norm")])
        return branch

    def same_shape(self):
        branch = self.inner(2)
        if branch.shape != self.shape or not branch.types:
            branch = Layers(self.dice, self.shape, self.steps, self.depth + 1)
            branch.put(f"prelu<{self.shape[0]}>")
            if len(self.shape) == 1:
                branch.put(f"dense<{self.size}, {self.sigma()}>", self.shape, self.size**2)
        return branch

    def composite(self, form, branches, shape=None):
        if self.depth > 1:
            return False
        self.multiply_adds += sum(b.multiply_adds for b in branches)
        return self.put(form.format(", ".join(t for b in branches for t in b.types)), shape)

    def parallel(self):
        if self.depth > 1:
            return False
        branches = [self.inner(2) for _ in range(self.one_of(2, 2, 3))]
        how = self.one_of("concat", "add", "multiply")
        if how == "concat" and len({b.shape[1:] for b in branches}) > 1 or how != "concat" and len({b.shape for b in branches}) > 1:
            branches = [self.same_shape() for _ in branches]
        shape = branches[0].shape if how != "concat" else (sum(b.shape[0] for b in branches), *branches[0].shape[1:])
        self.multiply_adds += sum(b.multiply_adds for b in branches)
        return self.put(f"parallel<{how}, {', '.join('branch<' + ', '.join(b.types) + '>' for b in branches)}>", shape)

    def window(self, extent, pool):
        kernel = self.dice.randint(1, min(4, extent))
        padding = self.below(kernel // 2 + 1) if pool else self.below(3)
        stride = self.one_of(1, 1, 2, 3)
        return kernel, padding, stride, (extent + 2 * padding - kernel) // stride + 1

    def pool(self, kind, rank):
        if len(self.shape) != rank + 1 or self.steps is not None:
            return False
        kernels, paddings, strides, extents = zip(*(self.window(e, True) for e in self.shape[1:]))
        each = lambda values: "{" + ", ".join(map(str, values)) + "}" if rank == 2 else str(values[0])
        count = ", .count_include_pad = false" if kind == "avg" and self.below(2) else ""
        options = f"pool_options{{.stride = {each(strides)}, .padding = {each(paddings)}{count}}}"
        return self.put(f"{kind}_pool{rank}d<{', '.join(map(str, kernels))}, {options}>", (self.shape[0], *extents))

    def convolution(self, rank):
        over_steps = self.steps is not None
        if over_steps and (rank != 1 or len(self.shape) != 1) or not over_steps and len(self.shape) != rank + 1:
            return False
        groups, channels = self.divisor(self.shape[0]) if self.below(3) == 0 else 1, self.one_of(1, 2, 3, 4, 5, 8, 16)
        channels *= groups if channels % groups else 1
        if over_steps:
            kernel, dilation = self.one_of(1, 2, 3), self.one_of(1, 1, 2)
            cost = self.size // groups * kernel * channels
            return self.put(f"conv1d<{channels}, {kernel}, {self.sigma()}, conv_options{{.dilation = {dilation}, .groups = {groups}}}>", (channels,), cost)
        kernels, paddings, strides, extents = zip(*(self.window(e, False) for e in self.shape[1:]))
        each = lambda values: "{" + ", ".join(map(str, values)) + "}" if rank == 2 else str(values[0])
        options = f"conv_options{{.stride = {each(strides)}, .groups = {groups}, .padding = {each(paddings)}}}"
        cost = self.shape[0] // groups * math.prod(kernels) * channels * math.prod(extents)
        return self.put(f"conv{rank}d<{channels}, {', '.join(map(str, kernels))}, {self.sigma()}, {options}>", (channels, *extents), cost)

    def recurrent(self, form, ways=1):
        if not self.steps:
            return False
        units = self.one_of(1, 2, 3, 5, 8, 9, 17)
        return self.put(form.format(units), (units * ways,), 4 * units * (self.size + units) * ways)

    def attention(self):
        if not self.steps or len(self.shape) > 1:
            return False
        options = self.one_of("", ", attention_options{.is_causal = true}", f", attention_options{{.is_causal = true, .window = {self.one_of(1, 2, 4)}}}")
        return self.put(f"self_attention<{self.divisor(self.size)}{options}>", cost=self.size * (4 * self.size + 2 * self.steps))

    def grow(self, depth, names=None):
        while depth > 0:
            depth -= bool(DRAWN[self.dice.choice(names or list(DRAWN))](self))


def make_net(dice):
    """The type of a net, and whether it is held to the laws of training, too."""
    while True:
        kind = dice.choice(["flat", "line", "image", "steps", "steps", "inputs"])
        shapes = {"flat": (dice.randint(1, 40),), "line": (dice.randint(1, 8), dice.randint(2, 20)),
                  "image": (dice.randint(1, 5), dice.randint(2, 8), dice.randint(2, 8)), "steps": (dice.randint(1, 9),)}
        if kind == "inputs":
            given = [shapes[k] for k in dice.sample(["flat", "line", "image"], 2)]
            input_ = f"input_list<{', '.join('shape<' + ', '.join(map(str, s)) + '>' for s in given)}>"
            branches = [Layers(dice, s, None, 1) for s in given]
            for k, b in enumerate(branches):
                b.types.append(f"from<{k + 1}>")
                DRAWN["dense"](b)
            net = Layers(dice, (sum(b.size for b in branches),))
            net.put(f"parallel<concat, {', '.join('branch<' + ', '.join(b.types) + '>' for b in branches)}>")
        else:
            steps = dice.randint(2, 9) if kind == "steps" else None
            net = Layers(dice, shapes[kind], steps)
            words = ", ".join(map(str, (*([steps] if steps else []), *shapes[kind])))
            input_ = f"{'sequence' if steps else 'input'}<{words}>"
        net.grow(dice.randint(1, 6))
        if net.steps is None and dice.random() < 0.15:
            heads = [net.inner(1) for _ in range(2)]
            net.types.append(f"heads<{', '.join('branch<' + ', '.join(h.types) + '>' for h in heads)}>")
        if net.multiply_adds <= MOST_MULTIPLY_ADDS and net.size * (net.steps or 1) <= 300:
            scalar = dice.choice(["float", "float", "double"])
            return f"inlay::basic_network<{scalar}, {', '.join([input_] + net.types)}>", net.trains
