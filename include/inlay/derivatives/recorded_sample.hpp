#pragma once

#include "inlay/network.hpp"
#include "inlay/pass.hpp"

#include <cstddef>
#include <span>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// One sample on its way forward, recorded, and as often back as there are directions.
template <class Net>
class recorded_sample {
public:
  using topology = typename Net::topology;
  using T = typename Net::scalar;
  using memory_t = training_memory<topology, 1>;
  using theta_t = std::span<const T, topology::storage>;

  constexpr recorded_sample(theta_t theta, memory_t& memory) noexcept : theta(theta), memory(memory) {}

  /// y = f(x)
  constexpr void record(const T* x, std::span<T, Net::outputs> y, const auto& of) noexcept {
    begin(memory.trace, of);
    const auto out = memory.out.view(rows);
    if constexpr (to::reordered) {
      layers::forward(theta, memory.trace, memory.in.enter(x, 1), memory.grad_out.view(rows));
      copy_outside<to>(memory.grad_out.view(rows), out);
    } else layers::forward(theta, memory.trace, memory.in.enter(x, 1), out);
    for (std::size_t o = 0; o < Net::outputs; ++o) y[o] = out[o / to::size][o % to::size];
  }

  /// dx = Jᵀ dy; dy(o) is ∂/∂y of output o.
  template <class Dy>
  constexpr void pull(Dy dy, std::span<T, Net::inputs> dx) noexcept {
    make_zero(memory.grad_out);
    const auto outside = memory.grad_out.view(rows);
    for (std::size_t o = 0; o < Net::outputs; ++o) outside[o / to::size][o % to::size] = dy(o);
    if constexpr (to::reordered) {
      make_zero(memory.out);
      copy_inside<to>(outside, memory.out.view(rows));
      layers::delta(theta, memory.trace, memory.out.view(rows), memory.grad_z);
    } else layers::delta(theta, memory.trace, outside, memory.grad_z);
    block<T, from::steps, from::row::size> grad_a;
    const auto inside = grad_a.view(from::steps);
    layers::transposed(theta, memory.grad_z, inside);
    for (std::size_t i = 0; i < Net::inputs; ++i) dx[i] = inside[i / from::row::size][from::row::inside(i % from::row::size)];
  }

private:
  using layers = chain<topology>;
  using from = typename Net::input_shape;
  using to = typename Net::output_shape::row;
  static constexpr std::size_t rows = Net::output_shape::steps;

  theta_t theta;
  memory_t& memory;
};

/// f(recorded_sample), its memory on the stack.
template <class Net, class F>
constexpr void with_recorded_sample(std::span<const typename Net::scalar, Net::topology::storage> theta, F f) noexcept {
  const kernel::denormals_are_zero guard;
  with_memory<training_memory<typename Net::topology, 1>>([&](auto& memory) {
    recorded_sample<Net> sample(theta, memory);
    f(sample);
    return true;
  });
}

} // namespace inlay::detail
