#pragma once

#include <array>
#include <cstddef>
#include <tuple>

namespace inlay {

/// The static extents of a tensor, outermost first, as in PyTorch: `shape<3, 28, 28>` has 3 channels of 28 x 28.
template <std::size_t... Extents>
struct shape {
  static constexpr std::size_t rank = sizeof...(Extents);
  static constexpr std::size_t size = (std::size_t{1} * ... * Extents);
  static constexpr std::array<std::size_t, rank> extents{Extents...};

  /// Inside a net a tensor lies position after position, the channels of each side by side; what goes in and comes out is
  /// channels first. The first extent are channels; of shape<N> there is one position.
  static constexpr std::size_t channels = [] {
    if constexpr (rank == 0) return 1;
    else return extents[0];
  }();
  static constexpr std::size_t positions = channels == 0 ? 0 : size / channels;
  static constexpr bool reordered = channels > 1 && positions > 1;
  /// Where number i of a tensor is inside a net.
  static constexpr std::size_t inside(std::size_t i) noexcept { return i % positions * channels + i / positions; }
  /// And the other way.
  static constexpr std::size_t outside(std::size_t i) noexcept { return i % channels * positions + i / channels; }

  using row = shape; ///< what a layer that knows nothing of time gets at a time
  static constexpr std::size_t steps = 1;

  friend constexpr bool operator==(shape, shape) noexcept { return true; }
};

/// Steps of a sequence, one behind the other outside and inside, each a row of shape Step. A layer that knows nothing of time
/// is bound to Step, and works on each row alike, as on the samples of a batch.
template <std::size_t Steps, class Step>
struct over_time {
  static constexpr std::size_t rank = 0; // it has no channels or features of its own: its step has
  static constexpr std::size_t steps = Steps;
  static constexpr std::size_t size = Steps * Step::size;
  using row = Step;
  static constexpr auto extents = [] {
    std::array<std::size_t, Step::rank + 1> all{Steps};
    for (std::size_t k = 0; k < Step::rank; ++k) all[k + 1] = Step::extents[k];
    return all;
  }();
};

/// Shapes that go step by step.
template <class Shape>
inline constexpr bool is_over_time = false;
template <std::size_t Steps, class Step>
inline constexpr bool is_over_time<over_time<Steps, Step>> = true;

/// Several tensors one after the other, each with channels first: outside and inside of a net alike.
template <class... Shapes>
struct shape_list {
  static constexpr std::size_t count = sizeof...(Shapes);
  template <std::size_t k>
  using at = std::tuple_element_t<k, std::tuple<Shapes...>>;
  static constexpr std::size_t rank = 1;
  static constexpr std::size_t size = (std::size_t{0} + ... + Shapes::size);
  static constexpr std::array<std::size_t, 1> extents{size};
  static constexpr std::size_t channels = size, positions = 1;
  static constexpr bool reordered = false;
  static constexpr std::size_t inside(std::size_t i) noexcept { return i; }
  static constexpr std::size_t outside(std::size_t i) noexcept { return i; }
  static constexpr std::size_t steps = 1;

  /// Where the k-th begins, from 0.
  template <std::size_t k>
  static constexpr std::size_t offset = [] {
    std::size_t before = 0, i = 0;
    ((before += i++ < k ? Shapes::size : 0), ...);
    return before;
  }();
};

/// Several inputs, in the place of input<...>: `network<input_list<shape<8>, shape<1, 64>>, ...>`. A net's input_type is all of
/// them one after the other, channels first each; net(x1, x2) takes them apart. from<k> begins a branch with the k-th.
template <class... Shapes>
struct input_list : shape_list<Shapes...> {
  using row = input_list;
};

/// The shape of what heads<...> give: several outputs, one after the other.
template <class... Shapes>
struct output_list : shape_list<Shapes...> {
  using row = output_list;
};

template <class Shape>
inline constexpr bool is_input_list = false;
template <class... Shapes>
inline constexpr bool is_input_list<input_list<Shapes...>> = true;
template <class Shape>
inline constexpr bool is_output_list = false;
template <class... Shapes>
inline constexpr bool is_output_list<output_list<Shapes...>> = true;

} // namespace inlay
