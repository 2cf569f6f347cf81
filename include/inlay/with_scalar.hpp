#pragma once

#include "inlay/network.hpp"

#include <cstddef>
#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

template <class Net, class T>
struct of_scalar;
template <class Before, class Input, class... Layers, class T>
struct of_scalar<basic_network<Before, Input, Layers...>, T> {
  using type = basic_network<T, Input, Layers...>;
};

/// f(a, b) for the places in θ of each parameter of a net and of the same in another scalar, whose layout may be another.
template <class Net, class Other, class F>
constexpr void for_each_parameter_of_both(F f) noexcept {
  const auto layer = [&]<class At, class To>() {
    for (std::size_t k = 0; k < At::layer::parameter_count; ++k) f(At::offset + At::layer::index(k), To::offset + To::layer::index(k));
  };
  [&]<std::size_t... l>(std::index_sequence<l...>) {
    (layer.template operator()<typename Net::topology::template place<l + 1>, typename Other::topology::template place<l + 1>>(), ...);
  }(std::make_index_sequence<Net::depth>{});
}
template <class Net, class Other, class F>
constexpr void for_each_statistic_of_both(F f) noexcept {
  for (std::size_t k = 0; k < Net::statistic_count; ++k) f(Net::topology::stack::statistic_index(k), Other::topology::stack::statistic_index(k));
}

} // namespace detail

/// The same net with numbers T, as torch's Module.to(dtype): parameters and statistics rounded to the nearest.
template <class Net, scalar T>
using with_scalar_t = typename detail::of_scalar<Net, T>::type;
template <scalar T, class Net>
constexpr with_scalar_t<Net, T> with_scalar(const Net& net) noexcept {
  using other = with_scalar_t<Net, T>;
  other to{};
  const auto convert = [&](std::size_t at, std::size_t place) { to.theta()[place] = math::flush_denormal(static_cast<T>(net.theta()[at])); };
  detail::for_each_parameter_of_both<Net, other>(convert);
  detail::for_each_statistic_of_both<Net, other>(convert);
  return to;
}

} // namespace inlay
