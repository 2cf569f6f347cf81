#pragma once

#include "inlay/activation.hpp"
#include "inlay/copy_rows.hpp"
#include "inlay/kernel.hpp"
#include "inlay/layer.hpp"
#include "inlay/tangent.hpp"

#include <cstddef>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// The σ of a layer: what the trace keeps of it, and ∇z = ∇a ⊙ σ′(z). Forward records σ′(z) itself, since value and
/// derivative share their expensive part, so going back is one multiplication an element, whatever σ is.
template <class Activation, class T, std::size_t Samples, std::size_t N>
struct activation_trace {
  block<T, Samples, N> derivative;

  template <class Gradient, class Delta>
  constexpr void delta(Gradient grad_a, Delta grad_z) const noexcept {
    kernel::map([](auto grad, auto slope) { return grad * slope; }, grad_z, grad_a, derivative.view(grad_a.samples()));
  }
  /// ȧ = ż ⊙ σ′(z), in place.
  constexpr void tangent(auto z) const noexcept {
    kernel::map([](auto t, auto slope) { return t * slope; }, z, detail::as_read(z), detail::recorded_rows(derivative, z));
  }
};

/// σ = identity: ∇z = ∇a.
template <class T, std::size_t Samples, std::size_t N>
struct activation_trace<identity, T, Samples, N> {
  template <class Gradient, class Delta>
  constexpr void delta(Gradient grad_a, Delta grad_z) const noexcept {
    kernel::copy(grad_z, grad_a);
  }
  constexpr void tangent(auto) const noexcept {}
};

/// σ of a whole row at once (softmax): it goes back from its own output.
template <rowwise_activation Activation, class T, std::size_t Samples, std::size_t N>
struct activation_trace<Activation, T, Samples, N> {
  block<T, Samples, N> output;

  template <class Gradient, class Delta>
  constexpr void delta(Gradient grad_a, Delta grad_z) const noexcept {
    for (std::size_t s = 0; s < grad_a.samples(); ++s)
      Activation::delta(row(output.view(grad_a.samples()), s), row(grad_a, s), row(grad_z, s));
  }
  /// Where the Jacobian of σ is symmetric, as delta.
  constexpr void tangent(auto z) const noexcept {
    for (std::size_t s = 0; s < z.samples(); ++s) Activation::delta(row(detail::recorded_rows(output, z), s), row(z, s), row(z, s));
  }
};

/// σ whose tangents a layer carries, and of each number by itself: see tangent.hpp.
template <class Activation>
inline constexpr bool carries_tangents_of = !rowwise_activation<Activation> || requires { requires Activation::symmetric; };
template <class Activation>
inline constexpr bool bends_of = !rowwise_activation<Activation>;

template <class Activation, class T>
constexpr auto check_activation() noexcept {
  if constexpr (rowwise_activation<Activation> || elementwise_activation<Activation, T>) return accepted{};
  else return mismatch<refused::an_activation, Activation>{};
}

/// The parameters of y = σ(x W + b), or of several such maps side by side: in order W row-major [out][in], then b; in storage
/// map after map, of each b, then W in panels. Inputs are numbered channels first in order, position after position in
/// storage; see shape.hpp.
struct affine_layout {
  kernel::layout weights;   ///< of one map
  std::size_t channels;     ///< of its inputs
  std::size_t groups = 1;   ///< maps
  bool dense = false;       ///< whether by_output() and tail() may hold, of which the layers of one map alone know

  /// Whether a map's weights lie output by output: input by input, a quarter and more of each row would be padding. The inputs are
  /// many enough to be worth adding the lanes, of a batch, too; bench/README.md has what it is worth.
  constexpr bool by_output(std::size_t outputs) const noexcept {
    const std::size_t inputs = weights.inputs, line = weights.line;
    if (8 * outputs <= line) return dense && inputs >= 4 * outputs;
    if (4 * outputs <= line) return dense && inputs >= 16 * outputs;
    return dense && inputs >= 2 * line && inputs >= 3 * outputs && 4 * turned(outputs).size() <= 3 * rows(outputs).size();
  }
  /// Outputs beyond whole cache lines that are a map of their own behind the others', if they fill at most half of one: of 50 outputs
  /// 48 and 2, so that a row is 52 numbers, not 64. Of fewer weights, a kernel more takes longer than it saves.
  constexpr std::size_t tail() const noexcept {
    const std::size_t rest = weights.outputs % weights.line, others = weights.inputs * (weights.outputs - rest);
    return dense && rest <= weights.line / 2 && weights.inputs >= 32 && others >= 2048 ? rest : 0;
  }
  constexpr std::size_t weight_count() const noexcept { return groups * weights.inputs * weights.outputs; }
  constexpr std::size_t parameter_count() const noexcept { return weight_count() + groups * weights.outputs; }
  constexpr std::size_t weights_at() const noexcept { return weights.lines(weights.outputs); }
  constexpr std::size_t storage() const noexcept { return groups * group_storage(); }
  constexpr std::size_t index(std::size_t k) const noexcept {
    const bool is_weight = k < weight_count();
    const std::size_t o = is_weight ? k / weights.inputs : k - weight_count(), own = o % weights.outputs;
    return o / weights.outputs * group_storage() + (is_weight ? weights_at() + weight(own, inside(k % weights.inputs)) : own);
  }

private:
  constexpr std::size_t group_storage() const noexcept {
    return weights_at() + weights.lines(size_of(weights.outputs - tail()) + (tail() > 0 ? size_of(tail()) : 0));
  }
  /// The map of `outputs` of the outputs, input by input, output by output, and as it is stored.
  constexpr kernel::layout rows(std::size_t outputs) const noexcept { return {weights.inputs, outputs, weights.line}; }
  constexpr kernel::layout turned(std::size_t outputs) const noexcept { return {outputs, weights.inputs, weights.line}; }
  constexpr kernel::layout map_of(std::size_t outputs) const noexcept { return by_output(outputs) ? turned(outputs) : rows(outputs); }
  constexpr std::size_t size_of(std::size_t outputs) const noexcept { return map_of(outputs).size(); }
  constexpr std::size_t index_of(std::size_t outputs, std::size_t o, std::size_t i) const noexcept {
    return by_output(outputs) ? map_of(outputs).index(i, o) : map_of(outputs).index(o, i);
  }
  constexpr std::size_t weight(std::size_t o, std::size_t i) const noexcept {
    const std::size_t head = weights.outputs - tail(); // without a tail all of it
    return o < head ? index_of(head, o, i) : size_of(head) + index_of(tail(), o - head, i);
  }
  constexpr std::size_t inside(std::size_t i) const noexcept {
    const std::size_t positions = weights.inputs / channels;
    return i % positions * channels + i / positions;
  }
};

/// The same of W of Out x In numbers T, in types, and what a layer does with them.
template <class T, std::size_t In, std::size_t Out, std::size_t Channels = In>
struct affine_parameters {
  static constexpr affine_layout layout{{In, Out, alignment / sizeof(T)}, Channels, 1, true};
  static constexpr std::size_t tail = layout.tail(), head = Out - tail;
  template <std::size_t N>
  using map_of = std::conditional_t<layout.by_output(N), kernel::output_rows<T, In, N>, kernel::panels<T, In, N>>;
  using panels = map_of<head>;
  using tail_panels = map_of<(tail > 0 ? tail : 1)>;
  static constexpr std::size_t weight_count = layout.weight_count();
  static constexpr std::size_t parameter_count = layout.parameter_count();
  static constexpr std::size_t weights_at = layout.weights_at(), tail_at = weights_at + panels::size;
  static constexpr std::size_t storage = layout.storage();

  static constexpr std::size_t index(std::size_t k) noexcept { return layout.index(k); }

  /// y = σ(x W + bias); σ′ goes to `derivative` unless that is nullptr.
  template <class Activation>
  static constexpr void map(const T* theta, const T* bias, auto x, auto y, auto derivative) noexcept {
    kernel::forward<Activation, panels>(theta + weights_at, bias, x, y, derivative);
    if constexpr (tail > 0) // written to the end of the register that the row is read in
      kernel::forward<Activation, tail_panels>(theta + tail_at, bias + head, x, behind<layout.weights.line>(y), behind<layout.weights.line>(derivative));
  }
  /// The same, recording into `trace` unless that is `unrecorded`.
  template <class Activation, class Trace>
  static constexpr void forward(const T* theta, Trace& trace, auto x, auto y) noexcept {
    if constexpr (rowwise_activation<Activation>) {
      map<identity>(theta, theta, x, y, nullptr);
      for (std::size_t s = 0; s < x.samples(); ++s) Activation::forward(row(y, s), row(y, s));
      if constexpr (recorded<Trace>) copy_rows(y, trace.output.view(x.samples()));
    } else if constexpr (recorded<Trace> && !std::is_same_v<Activation, identity>) {
      map<Activation>(theta, theta, x, y, trace.derivative.view(x.samples()));
    } else {
      map<Activation>(theta, theta, x, y, nullptr);
    }
  }
  /// gradient = delta Wᵀ
  static constexpr void transposed(const T* theta, auto delta, auto gradient) noexcept {
    kernel::transposed<panels>(theta + weights_at, delta, gradient);
    if constexpr (tail > 0) kernel::add_transposed<tail_panels>(theta + tail_at, behind<tail>(delta), gradient);
  }
  /// W += delta xᵀ, bias += delta, summed over the samples.
  static constexpr void accumulate(auto x, auto delta, T* grad) noexcept {
    kernel::accumulate<panels>(x, delta, grad + weights_at, grad);
    if constexpr (tail > 0) kernel::accumulate<tail_panels>(x, behind<tail>(delta), grad + tail_at, grad + head);
  }
  /// The same gradient, for a step of an optimizer.
  static constexpr void update(const auto& rule, auto x, auto delta, T* theta, auto*... states) noexcept {
    kernel::update<panels>(rule, x, delta, weights_at, theta, states...);
    if constexpr (tail > 0) kernel::update<tail_panels>(rule, x, behind<tail>(delta), tail_at - head, theta + head, (states + head)...);
  }

private:
  template <std::size_t N, class E, std::size_t Samples, std::size_t Size, std::size_t Stride>
  static constexpr rows<E, Samples, N, Stride> behind(rows<E, Samples, Size, Stride> all) noexcept {
    return {all.data + head, all.count};
  }
  template <std::size_t>
  static constexpr std::nullptr_t behind(std::nullptr_t) noexcept {
    return nullptr;
  }
};

} // namespace inlay
