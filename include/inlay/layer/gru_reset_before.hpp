#pragma once

#include "inlay/activation/sigmoid.hpp"
#include "inlay/activation/tanh.hpp"
#include "inlay/copy_rows.hpp"
#include "inlay/layer/recurrent.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// A bound gated recurrent unit that resets the state before its matrix, which is gone through twice a step.
template <class Listed, scalar T, class Input, std::size_t N>
struct bound_gru_reset_before : recurrent<T, Input, N, 3> {
  using base = recurrent<T, Input, N, 3>;
  using base::steps, base::storage, base::gate_of, base::step_of;
  template <std::size_t Rows>
  using gates = typename base::template gates<Rows>;
  using listed = Listed;
  static constexpr bool fills_registers = true;

  using typename base::state;

  template <class A>
  struct trace : carried<state, A::capacity / Input::steps> {
    A input;
    gates<A::capacity> activated;           // r z n
    block<T, A::capacity, N> before, reset; // h of the step before, r h
  };
  /// Of all gates, and of what the state's matrix made of h and of r h.
  template <std::size_t Rows>
  struct gradient {
    gates<Rows> all, of_state, of_reset;
  };
  template <std::size_t Rows, bool Record>
  static constexpr std::size_t scratch = (Record ? 0 : sizeof(gates<Rows>)) + 3 * sizeof(gates<Rows / steps>) +
                                         4 * sizeof(block<T, Rows / steps, N>);

  template <class Trace, class A, class Y>
  static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A a, Y y) noexcept {
    constexpr std::size_t samples = A::capacity / steps;
    const std::size_t count = a.samples();
    block<T, samples, N> h;
    make_zero(h);
    const auto all = h.view(count / steps);
    if constexpr (recorded<Trace>) {
      trace.input = a;
      trace.for_each_carried([&](std::size_t s, const state& from) { copy_rows(from.h.view(1), row(h.view(samples), s)); });
      const auto x = trace.activated.view(count);
      base::from_input(theta.data(), theta.data() + base::input_bias_at, a, x);
      for (std::size_t t = 0; t < steps; ++t) {
        kernel::copy(step_of(trace.before.view(count), t), as_read(all));
        next(theta, step_of(x, t), step_of(trace.reset.view(count), t), all);
        kernel::copy(step_of(y, t), as_read(all));
      }
      trace.for_each_carried([&](std::size_t s, state& to) { copy_rows(row(h.view(samples), s), to.h.view(1)); });
    } else {
      gates<A::capacity> x;
      block<T, samples, N> reset;
      base::from_input(theta.data(), theta.data() + base::input_bias_at, a, x.view(count));
      for (std::size_t t = 0; t < steps; ++t) {
        next(theta, step_of(x.view(count), t), reset.view(count / steps), all);
        kernel::copy(step_of(y, t), as_read(all));
      }
    }
  }
  static constexpr void step(std::span<const T, storage> theta, state& state, auto a, auto y) noexcept {
    gates<1> x;
    block<T, 1, N> reset;
    base::from_input(theta.data(), theta.data() + base::input_bias_at, a, x.view(1));
    next(theta, x.view(1), reset.view(1), state.h.view(1));
    copy_rows(as_read(state.h.view(1)), y);
  }

  // Back through time, step by step: ∇h comes from the step behind.
  template <class Trace, class G, class Gradient>
  static constexpr void delta(std::span<const T, storage> theta, const Trace& trace, G grad_a, Gradient& grad_z) noexcept {
    constexpr std::size_t samples = G::capacity / steps;
    const std::size_t count = grad_a.samples();
    block<T, samples, N> grad_h, kept, grad_reset;
    make_zero(grad_h);
    const auto h = grad_h.view(count / steps), direct = kept.view(count / steps), of_product = grad_reset.view(count / steps);
    for (std::size_t t = steps; t-- > 0;) {
      const auto from = step_of(trace.activated.view(count), t);
      const auto before = step_of(trace.before.view(count), t);
      const auto all = step_of(grad_z.all.view(count), t), of_state = step_of(grad_z.of_state.view(count), t),
                 of_reset = step_of(grad_z.of_reset.view(count), t);
      base::each(
          [](auto grad, auto dh, auto z, auto n, auto before, auto& kept, auto& zn, auto& sr, auto& sn, auto& rr, auto& rz, auto& rn,
             auto& sz) {
            using V = decltype(grad);
            const V one(T(1)), whole = grad + dh;
            zn = rn = whole * (one - z) * (one - n * n);
            sz = whole * (before - n) * z * (one - z);
            kept = whole * z;
            sr = sn = rr = rz = V(T(0));
          },
          as_read(step_of(grad_a, t)), as_read(h), gate_of(from, 1), gate_of(from, 2), before, direct, gate_of(all, 2),
          gate_of(of_state, 0), gate_of(of_state, 2), gate_of(of_reset, 0), gate_of(of_reset, 1), gate_of(of_reset, 2),
          gate_of(of_state, 1));
      base::clear_padding_of_gates(of_reset);
      base::to_state(theta.data(), of_reset, of_product);
      base::each(
          [](auto product, auto r, auto before, auto sz, auto& kept, auto& zr, auto& zz, auto& sr) {
            using V = decltype(product);
            sr = zr = product * before * r * (V(T(1)) - r);
            zz = sz;
            kept = kept + product * r;
          },
          as_read(of_product), gate_of(from, 0), before, as_read(gate_of(of_state, 1)), direct, gate_of(all, 0),
          gate_of(all, 1), gate_of(of_state, 0));
      base::clear_padding_of_gates(all), base::clear_padding_of_gates(of_state);
      base::to_state(theta.data(), of_state, h);
      kernel::map([](auto a, auto b) { return a + b; }, h, h, direct);
    }
  }
  template <class Trace, class Gradient>
  static constexpr void accumulate(const Trace& trace, const Gradient& grad_z, std::span<T, storage> grad) noexcept {
    const std::size_t count = trace.input.samples();
    kernel::accumulate<typename base::state_map>(trace.reset.view(count), grad_z.of_reset.view(count), grad.data() + base::state_weights_at,
                                                 grad.data() + base::state_bias_at);
    base::add_gradients(trace.input, grad_z.all.view(count), trace.before.view(count), grad_z.of_state.view(count), grad);
  }
  template <class Gradient, class G>
  static constexpr void transposed(std::span<const T, storage> theta, const Gradient& grad_z, G grad_a) noexcept {
    base::to_input(theta.data(), grad_z.all.view(grad_a.samples()), grad_a);
  }

private:
  /// h of the next step in place of this one's; x becomes r z n.
  static constexpr void next(std::span<const T, storage> theta, auto x, auto reset, auto h) noexcept {
    constexpr std::size_t samples = decltype(h)::capacity;
    gates<samples> product;
    const auto u = product.view(h.samples());
    base::from_state(theta.data(), theta.data() + base::state_bias_at, as_read(h), u);
    base::each(
        [](auto ur, auto uz, auto h, auto& r, auto& z, auto& reset) {
          r = sigmoid::at(r + ur).value;
          z = sigmoid::at(z + uz).value;
          reset = flushed(r * h);
        },
        as_read(gate_of(u, 0)), as_read(gate_of(u, 1)), as_read(h), gate_of(x, 0), gate_of(x, 1), reset);
    base::from_state(theta.data(), theta.data() + base::state_bias_at, as_read(reset), u);
    base::each(
        [](auto un, auto z, auto& n, auto& h) {
          n = tanh::at(n + un).value;
          h = flushed(n + z * (h - n));
        },
        as_read(gate_of(u, 2)), as_read(gate_of(x, 1)), gate_of(x, 2), h);
  }
};

} // namespace inlay::detail
