#pragma once

#include "inlay/activation/sigmoid.hpp"
#include "inlay/activation/tanh.hpp"
#include "inlay/copy_rows.hpp"
#include "inlay/layer/gru_reset_before.hpp"
#include "inlay/layer/recurrent.hpp"

namespace inlay {

/// Where the reset gate acts: on what the state's matrix made, as in PyTorch, or on the state before.
struct reset_after {};
struct reset_before {};

/// A gated recurrent unit over a sequence, as torch.nn.GRU; Cho et al. 2014:
///
///     r, z = sigmoid(W_r x + b_r + U_r h + c_r), ...     n = tanh(W_n x + b_n + r (U_n h + c_n))
///     h ← (1 − z) n + z h
///
/// from h = 0. Input: a sequence of any shape, output: a sequence of N numbers. Gates stand in the order r z n. gru<N, reset_before>
/// is that of the paper, U_n (r h) + c_n, as ONNX has it unasked.
template <std::size_t N, class Reset = reset_after>
struct gru {
  static constexpr description described{.name = "gru", .header = "inlay/layer/gru.hpp", .keras = "gru GRU"};
  static constexpr void arguments(auto& list) { list.number("n", N); }
  template <class Input>
  static constexpr bool mixes_steps = true;

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    return detail::check_recurrent<gru, Input, N>();
  }

  template <scalar T, class Input>
  struct bind : detail::recurrent<T, Input, N, 3> {
    using base = detail::recurrent<T, Input, N, 3>;
    using base::steps, base::storage, base::gate_of, base::step_of;
    using listed = gru;
    static constexpr bool fills_registers = true;

    using typename base::state;

    template <class A>
    struct trace : detail::carried<state, A::capacity / Input::steps> {
      A input;
      typename base::template gates<A::capacity> activated; // r z n
      block<T, A::capacity, N> before, inner;               // h of the step before, U_n h + c_n
    };
    /// Of what the input's matrix makes, and of what the state's makes: they differ in n, by r.
    template <std::size_t Rows>
    struct gradient {
      typename base::template gates<Rows> input, state;
    };
    template <std::size_t Rows, bool Record>
    static constexpr std::size_t scratch = (Record ? 0 : sizeof(typename base::template gates<Rows>)) +
                                           2 * sizeof(typename base::template gates<Rows / steps>) + sizeof(block<T, Rows / steps, N>);

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A a, Y y) noexcept {
      if constexpr (recorded<Trace>) {
        trace.input = a;
        run(theta, trace, trace.activated, a, y);
      } else {
        typename base::template gates<A::capacity> x;
        run(theta, trace, x, a, y);
      }
    }
    [[gnu::always_inline]] static constexpr void step(std::span<const T, storage> theta, state& state, auto a, auto y) noexcept {
      typename base::template gates<1> x;
      base::from_input(theta.data(), theta.data() + base::input_bias_at, a, x.view(1));
      constexpr auto one_line = [](auto u, auto x, auto& y, auto& h) {
        using V = std::remove_reference_t<decltype(h)>;
        using namespace math;
        const V one(T(1)), z = reciprocal(sigmoid::reciprocal_of_gate(u[1]));
        const V fresh = x[2] + divide(u[2], sigmoid::reciprocal_of_gate(u[0]));
        const auto forgotten = maximum(absolute(h), absolute(fresh)) < V(T(0x1p-64));
        y = h = select(forgotten, V(T(0)), multiply_add(tanh::at(fresh).value, one - z, z * h));
      };
      base::template cell<1>(theta.data(), state.h.data, x.data, one_line, y, state.h.view(1));
      clear_padding(y);
    }

    // Back through time, step by step: ∇h comes from the step behind.
    template <class Trace, class G, class Gradient>
    static constexpr void delta(std::span<const T, storage> theta, const Trace& trace, G grad_a, Gradient& grad_z) noexcept {
      constexpr std::size_t samples = G::capacity / steps;
      const std::size_t count = grad_a.samples();
      block<T, samples, N> grad_h, kept;
      make_zero(grad_h);
      const auto h = grad_h.view(count / steps), direct = kept.view(count / steps);
      const auto of_input = grad_z.input.view(count), of_state = grad_z.state.view(count);
      for (std::size_t t = steps; t-- > 0;) {
        const auto from = step_of(trace.activated.view(count), t);
        const auto zx = step_of(of_input, t), zh = step_of(of_state, t);
        base::each(
            [](auto grad, auto dh, auto r, auto z, auto n, auto before, auto inner, auto& kept, auto& xr, auto& xz, auto& xn,
               auto& hr, auto& hz, auto& hn) {
              using V = decltype(grad);
              const V one(T(1)), all = grad + dh;
              xn = all * (one - z) * (one - n * n);
              hn = xn * r;
              xr = xn * inner * r * (one - r);
              xz = all * (before - n) * z * (one - z);
              hr = xr, hz = xz;
              kept = all * z;
            },
            detail::as_read(step_of(grad_a, t)), detail::as_read(h), gate_of(from, 0), gate_of(from, 1), gate_of(from, 2),
            step_of(trace.before.view(count), t), step_of(trace.inner.view(count), t), direct, gate_of(zx, 0), gate_of(zx, 1),
            gate_of(zx, 2), gate_of(zh, 0), gate_of(zh, 1), gate_of(zh, 2));
        base::clear_padding_of_gates(zx), base::clear_padding_of_gates(zh);
        base::to_state(theta.data(), zh, h);
        kernel::map([](auto a, auto b) { return a + b; }, h, h, direct);
      }
    }
    template <class Trace, class Gradient>
    static constexpr void accumulate(const Trace& trace, const Gradient& grad_z, std::span<T, storage> grad) noexcept {
      const std::size_t count = trace.input.samples();
      base::add_gradients(trace.input, grad_z.input.view(count), trace.before.view(count), grad_z.state.view(count), grad);
    }
    template <class Gradient, class G>
    static constexpr void transposed(std::span<const T, storage> theta, const Gradient& grad_z, G grad_a) noexcept {
      base::to_input(theta.data(), grad_z.input.view(grad_a.samples()), grad_a);
    }

  private:
    template <class V>
    struct cell {
      V r, z, n, h;
    };
    template <class V>
    static constexpr cell<V> next(V r, V z, V n, V inner, V h) noexcept {
      const V reset = sigmoid::at(r).value, update = sigmoid::at(z).value;
      const V fresh = tanh::at(n + reset * inner).value;
      return {reset, update, fresh, detail::flushed(fresh + update * (h - fresh))};
    }

    template <class A, class Y>
    static constexpr void run(std::span<const T, storage> theta, auto& trace, auto& gates, A a, Y y) noexcept {
      constexpr bool records = recorded<std::remove_reference_t<decltype(trace)>>;
      constexpr std::size_t samples = A::capacity / steps;
      const std::size_t count = a.samples();
      const auto x = gates.view(count);
      base::from_input(theta.data(), theta.data() + base::input_bias_at, a, x);
      block<T, samples, N> h;
      make_zero(h);
      if constexpr (records) trace.for_each_carried([&](std::size_t s, const state& from) { copy_rows(from.h.view(1), row(h.view(samples), s)); });
      typename base::template gates<samples> recurrent;
      const auto u = recurrent.view(count / steps);
      const auto all = h.view(count / steps);
      for (std::size_t t = 0; t < steps; ++t) {
        const auto now = step_of(x, t);
        base::from_state(theta.data(), theta.data() + base::state_bias_at, detail::as_read(all), u);
        const auto of = [&](std::size_t g) { return detail::as_read(gate_of(u, g)); };
        if constexpr (records) {
          kernel::copy(step_of(trace.before.view(count), t), detail::as_read(all));
          base::each(
              [](auto ur, auto uz, auto un, auto& r, auto& z, auto& n, auto& inner, auto& h) {
                const auto made = next(r + ur, z + uz, n, un, h);
                r = made.r, z = made.z, n = made.n, inner = un, h = made.h;
              },
              of(0), of(1), of(2), gate_of(now, 0), gate_of(now, 1), gate_of(now, 2), step_of(trace.inner.view(count), t), all);
        } else {
          base::each([](auto ur, auto uz, auto un, auto r, auto z, auto n, auto& h) { h = next(r + ur, z + uz, n, un, h).h; },
                     of(0), of(1), of(2), detail::as_read(gate_of(now, 0)), detail::as_read(gate_of(now, 1)),
                     detail::as_read(gate_of(now, 2)), all);
        }
        kernel::copy(step_of(y, t), detail::as_read(all));
      }
      if constexpr (records) trace.for_each_carried([&](std::size_t s, state& to) { copy_rows(row(h.view(samples), s), to.h.view(1)); });
    }
  };
};

/// The same with the state reset before its matrix; Cho et al. 2014, ONNX's GRU with linear_before_reset = 0:
///
///     n = tanh(W_n x + b_n + U_n (r h) + c_n)
template <std::size_t N>
struct gru<N, reset_before> {
  static constexpr description described{.name = "gru", .header = "inlay/layer/gru.hpp"};
  static constexpr void arguments(auto& list) { list.number("n", N), list.word("reset_before"); }
  template <class Input>
  static constexpr bool mixes_steps = true;

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    return detail::check_recurrent<gru, Input, N>();
  }
  template <scalar T, class Input>
  struct bind : detail::bound_gru_reset_before<gru, T, Input, N> {};
};

} // namespace inlay
