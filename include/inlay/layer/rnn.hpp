#pragma once

#include "inlay/activation/tanh.hpp"
#include "inlay/copy_rows.hpp"
#include "inlay/layer/affine.hpp"
#include "inlay/layer/recurrent.hpp"

namespace inlay {

/// A recurrent layer over a sequence, h ← σ(W x + b + U h + c) from h = 0, as torch.nn.RNN, whose σ is tanh or relu; Elman 1990.
/// Input: a sequence of any shape, output: a sequence of N numbers.
template <std::size_t N, class Activation = inlay::tanh>
struct rnn {
  static constexpr description described{.name = "rnn", .header = "inlay/layer/rnn.hpp", .keras = "SimpleRNN"};
  static constexpr void arguments(auto& list) { list.number("n", N), list.template activation<Activation>(); }
  template <class Input>
  static constexpr bool mixes_steps = true;

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (rowwise_activation<Activation>)
      return mismatch<refused::an_elementwise_activation_and_this_as_a_layer_after_it, Activation>{};
    else if constexpr (!elementwise_activation<Activation, T>) return mismatch<refused::an_activation, Activation>{};
    else return detail::check_recurrent<rnn, Input, N>();
  }

  template <scalar T, class Input>
  struct bind : detail::recurrent<T, Input, N, 1> {
    using base = detail::recurrent<T, Input, N, 1>;
    using base::steps, base::storage, base::step_of;
    using listed = rnn;
    static constexpr bool fills_registers = true;

    using typename base::state;

    template <class A>
    struct trace : detail::carried<state, A::capacity / Input::steps> {
      A input;
      block<T, A::capacity, N> derivative, before; // σ′(z), h of the step before
    };
    template <std::size_t Rows>
    using gradient = typename base::template gates<Rows>;
    template <std::size_t Rows, bool>
    static constexpr std::size_t scratch = sizeof(typename base::template gates<Rows>) +
                                           2 * sizeof(typename base::template gates<Rows / steps>) + sizeof(block<T, Rows / steps, N>);

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A a, Y y) noexcept {
      constexpr bool records = recorded<Trace>;
      constexpr std::size_t samples = A::capacity / steps;
      const std::size_t count = a.samples();
      typename base::template gates<A::capacity> x;
      typename base::template gates<samples> recurrent;
      typename base::template gates<1> bias;
      base::both_biases(theta.data(), bias);
      base::from_input(theta.data(), bias.data, a, x.view(count));
      block<T, samples, N> h;
      make_zero(h);
      if constexpr (records) trace.for_each_carried([&](std::size_t s, const state& from) { copy_rows(from.h.view(1), row(h.view(samples), s)); });
      const auto u = recurrent.view(count / steps);
      const auto all = h.view(count / steps);
      if constexpr (records) trace.input = a;
      for (std::size_t t = 0; t < steps; ++t) {
        base::from_state(theta.data(), base::no_biases, detail::as_read(all), u);
        const auto of_input = detail::as_read(base::gate_of(step_of(x.view(count), t), 0));
        const auto of_state = detail::as_read(base::gate_of(u, 0));
        if constexpr (records) {
          kernel::copy(step_of(trace.before.view(count), t), detail::as_read(all));
          base::each(
              [](auto x, auto u, auto& slope, auto& h) {
                auto a = Activation::at(x + u);
                slope = a.derivative;
                h = detail::flushed(a.value);
              },
              of_input, of_state, step_of(trace.derivative.view(count), t), all);
        } else {
          base::each([](auto x, auto u, auto& h) { h = detail::flushed(Activation::at(x + u).value); }, of_input, of_state, all);
        }
        kernel::copy(step_of(y, t), detail::as_read(all));
      }
      if constexpr (records) trace.for_each_carried([&](std::size_t s, state& to) { copy_rows(row(h.view(samples), s), to.h.view(1)); });
    }
    [[gnu::always_inline]] static constexpr void step(std::span<const T, storage> theta, state& state, auto a, auto y) noexcept {
      typename base::template gates<1> x;
      base::from_input(theta.data(), theta.data() + base::input_bias_at, a, x.view(1));
      constexpr auto one_line = [](auto z, auto, auto& y, auto& h) { y = h = detail::flushed(Activation::at(z[0]).value); };
      base::cell(theta.data(), state.h.data, x.data, one_line, y, state.h.view(1));
      clear_padding(y);
    }

    // Back through time, step by step: ∇h comes from the step behind.
    template <class Trace, class G, class Gradient>
    static constexpr void delta(std::span<const T, storage> theta, const Trace& trace, G grad_a, Gradient& grad_z) noexcept {
      const std::size_t count = grad_a.samples();
      block<T, G::capacity / steps, N> grad_h;
      make_zero(grad_h);
      const auto h = grad_h.view(count / steps);
      for (std::size_t t = steps; t-- > 0;) {
        const auto z = step_of(grad_z.view(count), t);
        base::each([](auto grad, auto dh, auto slope, auto& z) { z = (grad + dh) * slope; },
                   detail::as_read(step_of(grad_a, t)), detail::as_read(h), step_of(trace.derivative.view(count), t), base::gate_of(z, 0));
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
  };
};

} // namespace inlay
