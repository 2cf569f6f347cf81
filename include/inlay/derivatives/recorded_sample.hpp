#pragma once

#include "inlay/chain/tangent.hpp"
#include "inlay/copy_rows.hpp"
#include "inlay/network.hpp"
#include "inlay/pass.hpp"
#include "inlay/stack.hpp"

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

  /// dy = J dx, one row a step; layers of tangents only (tangent.hpp).
  constexpr void push(const T* x, const T* dx, std::span<T, Net::outputs> dy) noexcept {
    block<T, from::steps, from::row::size> direction;
    copy_inside<typename from::row>(caller_rows<from::steps, from::row::size>(dx, from::steps), direction.view(from::steps));
    const auto out = memory.out.view(rows);
    const auto inside = to::reordered ? memory.grad_out.view(rows) : out;
    detail::push<topology>(theta, memory.trace, memory.in.enter(x, 1), as_read(direction.view(from::steps)), inside, uncurved{});
    if constexpr (to::reordered) copy_outside<to>(inside, out);
    for (std::size_t o = 0; o < Net::outputs; ++o) dy[o] = out[o / to::size][o % to::size];
  }

  /// ∂y_o/∂x for outputs o = first ... first + count: row(o)[i]; layers that carry directions only.
  template <std::size_t Directions>
  constexpr void pull_outputs(std::size_t first, std::size_t count, auto row) noexcept {
    using shape = typename from::row;
    block<T, Directions, to::size> units;
    block<T, Directions, shape::size> inside;
    make_zero(units);
    for (std::size_t k = 0; k < count; ++k) units.view(count)[k][to::inside(first + k)] = 1;
    typename layers::template gradient<Directions> grad_z;
    detail::pull<topology>(theta, memory.trace, as_read(units.view(count)), grad_z);
    layers::transposed(theta, grad_z, inside.view(count));
    for (std::size_t k = 0; k < count; ++k)
      for (std::size_t i = 0; i < Net::inputs; ++i) row(first + k)[i] = inside.view(count)[k][shape::inside(i)];
  }

  /// ∂y/∂x_i for inputs i = first ... first + count: row(o)[i]; likewise.
  template <std::size_t Directions>
  constexpr void push_inputs(const T* x, std::size_t first, std::size_t count, auto row) noexcept {
    using shape = typename from::row;
    block<T, Directions, shape::size> units;
    block<T, Directions, to::size> inside;
    make_zero(units);
    for (std::size_t k = 0; k < count; ++k) units.view(count)[k][shape::inside(first + k)] = 1;
    detail::push<topology>(theta, memory.trace, memory.in.enter(x, 1), as_read(units.view(count)), inside.view(count), uncurved{});
    for (std::size_t o = 0; o < Net::outputs; ++o)
      for (std::size_t k = 0; k < count; ++k) row(o)[first + k] = inside.view(count)[k][to::inside(o)];
  }

  /// The Hessian of dyᵀ f, row(k)[i]; layers that bend only, and behind pull().
  constexpr void curve(const T* x, auto row) noexcept {
    using shape = typename from::row;
    block<T, Net::inputs, shape::size> units;
    block<T, Net::inputs, Net::inputs> hessian;
    block<T, Net::inputs, to::size> tangent_y;
    make_zero(units), make_zero(hessian);
    const auto unit = units.view(Net::inputs);
    const auto H = hessian.view(Net::inputs);
    for (std::size_t k = 0; k < Net::inputs; ++k) unit[k][shape::inside(k)] = 1;
    const auto dy = as_read((to::reordered ? memory.out : memory.grad_out).view(1));
    detail::push<topology>(theta, memory.trace, memory.in.enter(x, 1), as_read(unit), tangent_y.view(Net::inputs), curvature_of{dy, memory.grad_z, H});
    for (std::size_t k = 0; k < Net::inputs; ++k)
      for (std::size_t i = 0; i < Net::inputs; ++i) row(k)[i] = i <= k ? H[k][i] : H[i][k];
  }

private:
  using layers = chain<topology>;
  using from = typename Net::input_shape;
  using to = typename Net::output_shape::row;
  static constexpr std::size_t rows = Net::output_shape::steps;

  theta_t theta;
  memory_t& memory;
};

/// Bytes of the stack that a recorded sample and so many directions take: the ȧ of all layers, and on the way back ∇a and ∇z.
template <class Net>
constexpr std::size_t stack_of_directions(std::size_t directions, std::size_t numbers_each = 2) noexcept {
  return stack_of<call::input_gradient, Net>(1) + numbers_each * directions * numbers_of_direction<typename Net::topology>() * sizeof(typename Net::scalar);
}

/// Directions that go through a net together, where its layers carry them: two tiles of the kernels, or what the stack's budget allows.
template <class Net, std::size_t all>
inline constexpr std::size_t directions_together = [] {
  std::size_t most = all < 12 ? all : 12;
  while (most > 1 && stack_of_directions<Net>(most) > stack_budget<Net>) --most;
  return most;
}();

/// f<most>(first, count) for `all` directions.
template <class Net, std::size_t all>
constexpr void for_directions(auto f) noexcept {
  constexpr std::size_t most = directions_together<Net, all>;
  for (std::size_t first = 0; first < all; first += most) f.template operator()<most>(first, all - first < most ? all - first : most);
}

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
