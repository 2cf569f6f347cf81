#pragma once

#include <array>
#include <cstddef>

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

} // namespace inlay
