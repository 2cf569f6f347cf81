"""Nets of inlay as external functions of CasADi against CasADi's own: values, derivatives, one optimal control. check.py <build> <parameters>"""

import ctypes
import sys
import time

import casadi as ca
import numpy as np

build, parameters = sys.argv[1:]
failed = 0


def check(what, ok, found):
    global failed
    failed += not ok
    print(f"{'right' if ok else 'WRONG'}: {what}: {found}")


def net_of(theta, widths, x):
    """CasADi's own net of dense layers, tanh between them; theta as inlay's get_parameters has it."""
    at = 0
    for n, (rows, columns) in enumerate(zip(widths[1:], widths)):
        w = theta[at : at + rows * columns].reshape(rows, columns)
        b = theta[at + rows * columns : at + rows * columns + rows]
        at += rows * (columns + 1)
        x = ca.mtimes(ca.DM(w), x) + ca.DM(b)
        if n + 2 < len(widths):
            x = ca.tanh(x)
    assert at == len(theta)
    return x


def external(name):
    return ca.external(name, f"{build}/lib{name}.so")


# --- libraries side by side -------------------------------------------------------------------------------------------

for name, inputs in [("toy", 6), ("pendulum", 3)]:
    sparsity = ctypes.CDLL(f"{build}/lib{name}.so", ctypes.RTLD_GLOBAL)[name + "_sparsity_in"]
    sparsity.restype = ctypes.POINTER(ctypes.c_longlong)
    check(f"{name} beside others has its own net", sparsity(0)[0] == inputs, f"{sparsity(0)[0]} inputs")

# --- values and derivatives -------------------------------------------------------------------------------------------

widths = [6, 64, 64, 2]
count = sum(o * (i + 1) for i, o in zip(widths, widths[1:]))
k = np.arange(count, dtype=np.int64)
theta = (((k * 7919) % 1009).astype(np.float32) - 504) / np.float32(1024)
x = ca.MX.sym("x", 6)
u = ca.MX.sym("u", 2)
own = ca.Function("own", [x], [net_of(theta.astype(float), widths, x)])


def derivatives(f):
    y = f(x)
    first = ca.jacobian(y, x)
    second = ca.hessian(ca.dot(u, y), x)[0]
    forward = ca.jtimes(y, x, ca.DM([1, 2, 3, 4, 5, 6]))
    return ca.Function("d", [x, u], [y, first, second, forward, ca.jtimes(y, x, u, True)])


numbers = np.random.default_rng(1)
wanted_of = derivatives(own)
for name, bound in [("toy", 1e-9), ("toy_float", 1e-4)]:
    found_of = derivatives(external(name))
    worst = [0.0] * 5
    for _ in range(20):
        at, weights = numbers.normal(size=6), numbers.normal(size=2)
        for n, (a, b) in enumerate(zip(found_of(at, weights), wanted_of(at, weights))):
            worst[n] = max(worst[n], float(np.abs(a.full() - b.full()).max()))
    for n, what in enumerate(["value", "Jacobian", "Hessian", "forward product", "reverse product"]):
        check(f"{name}, {what}", worst[n] <= bound, f"{worst[n]:.1e} from CasADi's own, {bound} allowed")

f = external("toy")
check("an argument that is null counts as zeros", np.allclose(f(0).full(), own(0).full(), atol=1e-9), f(0))


def time_of(function, arguments):
    for _ in range(10):
        function(*arguments)
    begin = time.perf_counter()
    for _ in range(200):
        function(*arguments)
    return (time.perf_counter() - begin) / 200 * 1e6


at, weights = numbers.normal(size=6), numbers.normal(size=2)
print(f"value and all derivatives of 6-64-64-2: external {time_of(derivatives(f), [at, weights]):.0f} us, CasADi's own {time_of(wanted_of, [at, weights]):.0f} us")

# --- a pendulum's learned dynamics: swing up ----------------------------------------------------------------------------

theta = np.loadtxt(parameters, dtype=np.float32)
state = ca.MX.sym("state", 3)
own = ca.Function("own", [state], [net_of(theta.astype(float), [3, 32, 32, 1], state)])


def swing_up(acceleration):
    steps, dt = 40, 0.05
    opti = ca.Opti()
    s = opti.variable(2, steps + 1)
    torque = opti.variable(1, steps)
    opti.minimize(ca.sumsqr(torque) * 0.01 + 20 * ca.sumsqr(s[:, steps] - ca.DM([np.pi, 0])) + ca.sumsqr(s[1, :]) * 0.001)
    opti.subject_to(s[:, 0] == ca.DM([0, 0]))
    for t in range(steps):
        speed = s[1, t] + dt * acceleration(ca.vertcat(s[:, t], torque[t]))
        opti.subject_to(s[:, t + 1] == s[:, t] + dt * ca.vertcat(speed, speed - s[1, t]) * ca.DM([1, 1 / dt]))
    opti.subject_to(opti.bounded(-3, torque, 3))
    opti.set_initial(s[0, :], np.linspace(0, np.pi, steps + 1))
    opti.solver("ipopt", {"print_time": False}, {"print_level": 0, "sb": "yes", "max_iter": 500})
    begin = time.perf_counter()
    solution = opti.solve()
    return solution.value(torque), solution.stats()["iter_count"], time.perf_counter() - begin, float(solution.value(opti.f))


results = {name: swing_up(f) for name, f in [("external", external("pendulum")), ("CasADi's own", own)]}
for name, (torque, iterations, seconds, cost) in results.items():
    print(f"optimal control, {name}: cost {cost:.9f}, {iterations} iterations, {seconds * 1e3:.0f} ms")
apart = np.abs(results["external"][0] - results["CasADi's own"][0]).max()
check("the torques of both", apart <= 1e-6, f"{apart:.1e} apart, 1e-6 allowed")
sys.exit(failed > 0)
