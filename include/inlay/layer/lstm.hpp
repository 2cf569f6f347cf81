#pragma once

#include "inlay/activation/sigmoid.hpp"
#include "inlay/activation/tanh.hpp"
#include "inlay/copy_rows.hpp"
#include "inlay/layer/recurrent.hpp"

namespace inlay {

/// A long short-term memory over a sequence, as torch.nn.LSTM; Hochreiter, Schmidhuber 1997:
///
///     i, f, o = sigmoid(W_i x + b_i + U_i h + c_i), ...    g = tanh(W_g x + b_g + U_g h + c_g)
///     c ← f c + i g                                        h ← o tanh(c)
///
/// from h = c = 0. Input: a sequence of any shape, output: a sequence of N numbers, the h. Gates stand in the order i f g o.
template <std::size_t N>
struct lstm {
  static constexpr description described{.name = "lstm", .header = "inlay/layer/lstm.hpp", .keras = "lstm LSTM"};
  static constexpr void arguments(auto& list) { list.number("n", N); }
  template <class Input>
  static constexpr bool mixes_steps = true;

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    return detail::check_recurrent<lstm, Input, N>();
  }

  template <scalar T, class Input>
  struct bind : detail::recurrent<T, Input, N, 4> {
    using base = detail::recurrent<T, Input, N, 4>;
    using base::steps, base::storage, base::gate_of, base::step_of;
    using listed = lstm;
    static constexpr bool fills_registers = true;

    /// What it remembers from one step to the next.
    struct state {
      block<T, 1, N> h, c;
      constexpr state() noexcept { make_zero(h), make_zero(c); }
      friend constexpr bool operator==(const state& a, const state& b) noexcept { return detail::same(a.h, b.h) && detail::same(a.c, b.c); }
    };
    static constexpr std::size_t settled = 2 * N;
    static constexpr void settle(state& state, const T* numbers) noexcept { base::take(numbers, state.h), base::take(numbers + N, state.c); }
    static constexpr std::size_t remembered = 2 * N;
    static constexpr void read_state(const state& state, T* numbers) noexcept { base::tell(state.h, numbers), base::tell(state.c, numbers + N); }
    static constexpr void write_state(state& state, const T* numbers) noexcept { settle(state, numbers); }

    template <class A>
    struct trace : detail::carried<state, A::capacity / Input::steps> {
      A input;
      typename base::template gates<A::capacity> activated; // i f g o
      block<T, A::capacity, N> before, cell_before, squashed; // h and c of the step before, tanh(c)
    };
    template <std::size_t Rows>
    using gradient = typename base::template gates<Rows>;
    template <std::size_t Rows, bool Record>
    static constexpr std::size_t scratch = (Record ? 0 : sizeof(typename base::template gates<Rows>)) +
                                           3 * sizeof(typename base::template gates<Rows / steps>) +
                                           2 * sizeof(block<T, Rows / steps, N>);

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A a, Y y) noexcept {
      if constexpr (recorded<Trace>) {
        trace.input = a;
        run(theta, trace, trace.activated, a, y);
      } else {
        typename base::template gates<A::capacity> z;
        run(theta, trace, z, a, y);
      }
    }
    [[gnu::always_inline]] static constexpr void step(std::span<const T, storage> theta, state& state, auto a, auto y) noexcept {
      typename base::template gates<1> x;
      base::from_input(theta.data(), theta.data() + base::input_bias_at, a, x.view(1));
      constexpr auto one_line = [](auto z, auto, auto& y, auto& c, auto& h) { y = h = next(z, c); };
      base::cell(theta.data(), state.h.data, x.data, one_line, y, state.c.view(1), state.h.view(1));
      clear_padding(y);
    }

    // Back through time, step by step: ∇h and ∇c come from the step behind.
    template <class Trace, class G, class Gradient>
    static constexpr void delta(std::span<const T, storage> theta, const Trace& trace, G grad_a, Gradient& grad_z) noexcept {
      constexpr std::size_t samples = G::capacity / steps;
      const std::size_t count = grad_a.samples();
      block<T, samples, N> grad_h, grad_c;
      make_zero(grad_h), make_zero(grad_c);
      const auto h = grad_h.view(count / steps), c = grad_c.view(count / steps);
      const auto to = grad_z.view(count);
      for (std::size_t t = steps; t-- > 0;) {
        const auto from = step_of(trace.activated.view(count), t);
        const auto z = step_of(to, t);
        base::each(
            [](auto grad, auto i, auto f, auto g, auto o, auto before, auto squashed, auto& dh, auto& dc, auto& zi, auto& zf,
               auto& zg, auto& zo) {
              using V = decltype(grad);
              const V one(T(1)), all = grad + dh;
              zo = all * squashed * o * (one - o);
              const V cell = all * o * (one - squashed * squashed) + dc;
              zi = cell * g * i * (one - i);
              zg = cell * i * (one - g * g);
              zf = cell * before * f * (one - f);
              dc = cell * f;
            },
            detail::as_read(step_of(grad_a, t)), gate_of(from, 0), gate_of(from, 1), gate_of(from, 2), gate_of(from, 3),
            step_of(trace.cell_before.view(count), t), step_of(trace.squashed.view(count), t), h, c, gate_of(z, 0), gate_of(z, 1),
            gate_of(z, 2), gate_of(z, 3));
        base::clear_padding_of_gates(z);
        base::to_state(theta.data(), z, h);
      }
    }
    template <class Trace, class Gradient>
    static constexpr void accumulate(const Trace& trace, const Gradient& grad_z, std::span<T, storage> grad) noexcept {
      const std::size_t count = trace.input.samples();
      base::add_gradients(trace.input, grad_z.view(count), trace.before.view(count), grad_z.view(count), grad);
    }
    template <class Gradient, class G>
    static constexpr void transposed(std::span<const T, storage> theta, const Gradient& grad_z, G grad_a) noexcept {
      base::to_input(theta.data(), grad_z.view(grad_a.samples()), grad_a);
    }

  private:
    /// h of the next step, and its c in place of this one's. A c that would become denormal is zero, and then so is h.
    static constexpr auto next(auto z, auto& c) noexcept {
      using V = std::remove_reference_t<decltype(c)>;
      using namespace math;
      const auto g = tanh::quotient(z[2]);
      const V sum = divide(c, sigmoid::reciprocal_of_gate(z[1])) + divide(g.numerator, sigmoid::reciprocal_of_gate(z[0]) * g.denominator);
      const V o = reciprocal(sigmoid::reciprocal_of_gate(z[3]));
      const auto squashed = tanh::quotient(sum);
      const auto forgotten = absolute(sum) < V(T(0x1p-64));
      c = select(forgotten, V(T(0)), sum);
      return select(forgotten, V(T(0)), divide(o * squashed.numerator, squashed.denominator));
    }

    template <class A, class Y>
    static constexpr void run(std::span<const T, storage> theta, auto& trace, auto& gates, A a, Y y) noexcept {
      constexpr bool records = recorded<std::remove_reference_t<decltype(trace)>>;
      constexpr std::size_t samples = A::capacity / steps;
      const std::size_t count = a.samples();
      typename base::template gates<1> bias;
      base::both_biases(theta.data(), bias);
      const auto z = gates.view(count);
      base::from_input(theta.data(), bias.data, a, z);
      block<T, samples, N> h, c;
      make_zero(h), make_zero(c);
      if constexpr (records)
        trace.for_each_carried([&](std::size_t s, const state& from) { copy_rows(from.h.view(1), row(h.view(samples), s)), copy_rows(from.c.view(1), row(c.view(samples), s)); });
      typename base::template gates<samples> recurrent;
      const auto r = recurrent.view(count / steps);
      for (std::size_t t = 0; t < steps; ++t) {
        const auto now = step_of(z, t);
        const auto h_all = h.view(count / steps), c_all = c.view(count / steps);
        if constexpr (records) {
          kernel::copy(step_of(trace.before.view(count), t), detail::as_read(h_all));
          kernel::copy(step_of(trace.cell_before.view(count), t), detail::as_read(c_all));
        }
        base::from_state(theta.data(), base::no_biases, detail::as_read(h_all), r);
        const auto cell = [](auto ri, auto rf, auto rg, auto ro, auto& i, auto& f, auto& g, auto& o, auto& c, auto& h) {
          i = sigmoid::at(i + ri).value;
          f = sigmoid::at(f + rf).value;
          g = tanh::at(g + rg).value;
          o = sigmoid::at(o + ro).value;
          c = detail::flushed(f * c + i * g);
          const auto squashed = tanh::at(c).value;
          h = detail::flushed(o * squashed);
          return squashed;
        };
        const auto read = [&](std::size_t g) { return detail::as_read(gate_of(r, g)); };
        if constexpr (records)
          base::each([cell](auto ri, auto rf, auto rg, auto ro, auto& i, auto& f, auto& g, auto& o, auto& c, auto& h,
                            auto& squashed) { squashed = cell(ri, rf, rg, ro, i, f, g, o, c, h); },
                     read(0), read(1), read(2), read(3), gate_of(now, 0), gate_of(now, 1), gate_of(now, 2), gate_of(now, 3),
                     c_all, h_all, step_of(trace.squashed.view(count), t));
        else
          base::each([cell](auto ri, auto rf, auto rg, auto ro, auto i, auto f, auto g, auto o, auto& c,
                            auto& h) { cell(ri, rf, rg, ro, i, f, g, o, c, h); },
                     read(0), read(1), read(2), read(3), detail::as_read(gate_of(now, 0)), detail::as_read(gate_of(now, 1)),
                     detail::as_read(gate_of(now, 2)), detail::as_read(gate_of(now, 3)), c_all, h_all);
        kernel::copy(step_of(y, t), detail::as_read(h_all));
      }
      if constexpr (records)
        trace.for_each_carried([&](std::size_t s, state& to) { copy_rows(row(h.view(samples), s), to.h.view(1)), copy_rows(row(c.view(samples), s), to.c.view(1)); });
    }
  };
};

} // namespace inlay
