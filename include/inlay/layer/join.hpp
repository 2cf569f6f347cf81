#pragma once

#include "inlay/copy_rows.hpp"
#include "inlay/kernel.hpp"
#include "inlay/layer/channels.hpp"
#include "inlay/parts.hpp"
#include "inlay/shape.hpp"

#include <concepts>
#include <cstddef>
#include <tuple>
#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// The shape of tensors one after the other along the first extent: features, or channels.
template <class First, class... Rest>
struct concatenated;
template <std::size_t N, std::size_t... Extents, class... Rest>
struct concatenated<shape<N, Extents...>, Rest...> {
  using type = shape<(N + ... + Rest::extents[0]), Extents...>;
};

/// The first channel of tensor k among them.
template <std::size_t k, class... Shapes>
constexpr std::size_t first_channel() noexcept {
  std::size_t channels = 0, i = 0;
  ((channels += i++ < k ? Shapes::extents[0] : 0), ...);
  return channels;
}

} // namespace inlay::detail

namespace inlay {

// How the outputs of branches become one, and its gradient theirs. A join has
//
//     name, onnx                      as it is written, and in operators of ONNX
//     output<Shapes...>               the shape that the shapes of the branches' outputs make
//     fits<First, Other>              whether they can
//     sums                            whether the gradient of each branch's output is that of the join's, ∇aˡ
//     keeps                           whether take() reads the branches' outputs
//     put<k, first, Shapes...>(a, y)  y gets the output of branch k; `first` has been put before all others
// and may have, that branch k of a step writes its output where it belongs,
//
//     places<k, first, Shapes...>     whether it may
//     place<k, Shapes...>(y)          where
//     take<k, Shapes...>(∇aˡ, outputs, ∇a)    the gradient of the output of branch k

/// One after the other along features or channels: torch.cat(dim=1).
struct concat {
  static constexpr const char *name = "concat", *onnx = "Concat(inner...; axis=1)";
  template <class... Shapes>
  using output = typename detail::concatenated<Shapes...>::type;
  template <class First, class Other>
  static constexpr bool fits = First::rank == Other::rank && First::positions == Other::positions && [] {
    bool same = First::rank == Other::rank;
    for (std::size_t i = 1; same && i < First::rank; ++i) same = First::extents[i] == Other::extents[i];
    return same;
  }();
  static constexpr bool sums = false, keeps = false;

  template <std::size_t k, std::size_t, class... Shapes>
  static constexpr bool places = (Shapes::positions * ...) == 1 && (... && (Shapes::rank == 1)) &&
                                 [](auto... sizes) { // where whole registers begin, and end
                                   const std::size_t all[] = {sizes...}, line = alignment / 4;
                                   return detail::first_channel<k, Shapes...>() % line == 0 && all[k] % line == 0;
                                 }(Shapes::size...);
  template <std::size_t k, class... Shapes>
  static constexpr auto place(auto y) noexcept {
    constexpr std::size_t size = std::tuple_element_t<k, std::tuple<Shapes...>>::size;
    return placed_rows<typename decltype(y)::element, y.capacity, size, y.stride>{{y.data + detail::first_channel<k, Shapes...>(), y.count}};
  }
  template <std::size_t k, std::size_t first, class... Shapes>
  static constexpr void put(auto a, auto y) noexcept {
    detail::put_channels<std::tuple_element_t<k, std::tuple<Shapes...>>, output<Shapes...>, detail::first_channel<k, Shapes...>()>(a, y);
    if constexpr (k == first) clear_padding(y);
  }
  template <std::size_t k, class... Shapes>
  static constexpr void take(auto grad_a, const auto&, auto grad) noexcept {
    detail::take_channels<output<Shapes...>, detail::first_channel<k, Shapes...>(), std::tuple_element_t<k, std::tuple<Shapes...>>>(grad_a, grad);
  }
};

/// Their sum; all have one shape.
struct add {
  static constexpr const char *name = "add", *onnx = "Add(inner...)";
  template <class First, class...>
  using output = First;
  template <class First, class Other>
  static constexpr bool fits = std::same_as<First, Other>;
  static constexpr bool sums = true, keeps = false;

  template <std::size_t k, std::size_t first, class...>
  static constexpr bool places = k == first;
  template <std::size_t, class...>
  static constexpr auto place(auto y) noexcept {
    return y;
  }
  template <std::size_t k, std::size_t first, class...>
  static constexpr void put(auto a, auto y) noexcept {
    if constexpr (k == first) copy_rows(a, y);
    else kernel::add_rows(a, y);
  }
  template <std::size_t k, class...>
  static constexpr void take(auto grad_a, const auto&, auto grad) noexcept {
    kernel::copy(grad, grad_a);
  }
};

/// Their product, element by element; all have one shape.
struct multiply {
  static constexpr const char *name = "multiply", *onnx = "Mul(inner...)";
  template <class First, class...>
  using output = First;
  template <class First, class Other>
  static constexpr bool fits = std::same_as<First, Other>;
  static constexpr bool sums = false, keeps = true;

  template <std::size_t k, std::size_t first, class...>
  static constexpr void put(auto a, auto y) noexcept {
    if constexpr (k == first) kernel::copy(y, a);
    else kernel::map([](auto one, auto other) { return one * other; }, y, y, a);
  }
  /// ∇a = ∇aˡ ⊙ the outputs of all other branches
  template <std::size_t k, class... Shapes>
  static constexpr void take(auto grad_a, const auto& outputs, auto grad) noexcept {
    kernel::copy(grad, grad_a);
    [&]<std::size_t... j>(std::index_sequence<j...>) {
      const auto times = [&]<std::size_t n>() {
        if constexpr (n != k)
          kernel::map([](auto one, auto other) { return one * other; }, grad, grad, detail::part<n>(outputs).view(grad_a.samples()));
      };
      (times.template operator()<j>(), ...);
    }(std::index_sequence_for<Shapes...>{});
  }
};

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

template <class Join>
concept join = requires {
  { Join::sums } -> std::convertible_to<bool>;
  { Join::keeps } -> std::convertible_to<bool>;
};

} // namespace inlay::detail
