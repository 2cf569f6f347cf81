// A layer that is not the library's: the seam must do for one that goes back through time.
#include "laws/all.hpp"

#include <inlay/inlay.hpp>

#include <cmath>

namespace {

using namespace inlay;

/// An Elman network over a sequence, input shape <Steps, Features>: h_t = tanh(W x_t + U h_(t-1) + b), output the last h.
/// Parameters in order: W [unit][feature], U [unit][unit], b.
template <std::size_t Units>
struct recurrent {
  template <scalar T, class Input>
  struct bind {
    using scalar = T;
    using input_shape = Input;
    using output_shape = shape<Units>;
    static constexpr std::size_t steps = Input::extents[0], features = Input::extents[1];
    static constexpr std::size_t fan_in = steps * (features + Units), fan_out = Units; // also the terms that are added
    static constexpr std::size_t u_at = Units * features, b_at = u_at + Units * Units;
    static constexpr std::size_t weight_count = b_at, parameter_count = b_at + Units, storage = parameter_count;
    static constexpr std::size_t multiply_adds = steps * b_at;
    static constexpr std::size_t index(std::size_t k) noexcept { return parameter_count - 1 - k; } // as good as any
    using activation = inlay::tanh;

    template <class A>
    struct trace {
      A input;
      block<T, A::capacity, steps * Units> h;
    };
    template <std::size_t Samples>
    using gradient = block<T, Samples, steps * Units>; // ∇z_t of every step

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A x, Y y) noexcept {
      block<T, A::capacity, steps * Units> own;
      const auto h = [&] {
        if constexpr (recorded<Trace>) {
          trace.input = x;
          return trace.h.view(x.samples());
        } else return own.view(x.samples());
      }();
      for (std::size_t s = 0; s < x.samples(); ++s) {
        for (std::size_t t = 0; t < steps; ++t)
          for (std::size_t o = 0; o < Units; ++o) {
            T z = theta[index(b_at + o)];
            for (std::size_t i = 0; i < features; ++i) z += theta[index(o * features + i)] * x[s][t * features + i];
            for (std::size_t i = 0; t > 0 && i < Units; ++i)
              z += theta[index(u_at + o * Units + i)] * h[s][(t - 1) * Units + i];
            h[s][t * Units + o] = inlay::tanh::at(z).value;
          }
        for (std::size_t o = 0; o < Units; ++o) y[s][o] = h[s][(steps - 1) * Units + o];
      }
    }

    template <class G, class Gradient>
    static constexpr void delta(std::span<const T, storage> theta, const auto& trace, G grad_a, Gradient& grad_z) noexcept {
      const auto h = trace.h.view(grad_a.samples());
      const auto d = grad_z.view(grad_a.samples());
      for (std::size_t s = 0; s < grad_a.samples(); ++s)
        for (std::size_t t = steps; t-- > 0;)
          for (std::size_t o = 0; o < Units; ++o) {
            T g = t + 1 == steps ? grad_a[s][o] : T(0);
            for (std::size_t i = 0; t + 1 < steps && i < Units; ++i)
              g += theta[index(u_at + i * Units + o)] * d[s][(t + 1) * Units + i];
            const T a = h[s][t * Units + o];
            d[s][t * Units + o] = g * (1 - a * a);
          }
    }

    template <class Trace, class Gradient>
    static constexpr void accumulate(const Trace& trace, const Gradient& grad_z, std::span<T, storage> grad) noexcept {
      const auto x = trace.input;
      const auto h = trace.h.view(x.samples());
      const auto d = grad_z.view(x.samples());
      for (std::size_t s = 0; s < x.samples(); ++s)
        for (std::size_t t = 0; t < steps; ++t)
          for (std::size_t o = 0; o < Units; ++o) {
            const T g = d[s][t * Units + o];
            grad[index(b_at + o)] += g;
            for (std::size_t i = 0; i < features; ++i) grad[index(o * features + i)] += g * x[s][t * features + i];
            for (std::size_t i = 0; t > 0 && i < Units; ++i)
              grad[index(u_at + o * Units + i)] += g * h[s][(t - 1) * Units + i];
          }
    }

    template <class Gradient, class G>
    static constexpr void transposed(std::span<const T, storage> theta, const Gradient& grad_z, G grad_x) noexcept {
      const auto d = grad_z.view(grad_x.samples());
      for (std::size_t s = 0; s < grad_x.samples(); ++s)
        for (std::size_t t = 0; t < steps; ++t)
          for (std::size_t i = 0; i < features; ++i) {
            T g = 0;
            for (std::size_t o = 0; o < Units; ++o) g += theta[index(o * features + i)] * d[s][t * Units + o];
            grad_x[s][t * features + i] = g;
          }
    }
  };
};

} // namespace

TEST_CASE("a recurrent layer keeps the laws, alone and between other layers") {
  CHECK(laws::toy_broken<basic_network<double, input<4, 2>, recurrent<3>>>() == "");
  CHECK(laws::toy_broken<network<input<3, 2>, inlay::activation<inlay::tanh>, recurrent<2>, dense<2>>>() == "");
  CHECK(laws::broken<network<input<10, 3>, conv1d<4, 3, relu>, recurrent<7>, residual<dense<7>>>>() == "");
}
