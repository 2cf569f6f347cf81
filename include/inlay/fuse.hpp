#pragma once

#include "inlay/layer/branch.hpp"
#include "inlay/layer/composite.hpp"
#include "inlay/network.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

/// A layer that makes factor x + summand of each channel.
template <class Layer>
concept scaling_layer = requires { requires Layer::scales_channels; };
/// y = σ(x W + b), whatever the windows.
template <class Layer>
concept affine_layer = requires {
  Layer::layout.weights;
  typename Layer::activation;
  Layer::input_channel(std::size_t{}, std::size_t{});
};
/// The identity outside of training; σ by itself.
template <class Layer>
concept layer_of_training = requires { requires Layer::trains_only; };
template <class Layer>
concept layer_of_activation = requires { requires Layer::is_activation; };
/// Some channels of what comes in.
template <class Layer>
concept narrowing_layer = requires { Layer::kept; };
template <class Layer>
concept plain_affine_layer = affine_layer<Layer> && std::is_same_v<typename Layer::activation, identity>;

/// What becomes of a layer in a fused net.
enum class fusion {
  stays,
  goes_before,
  goes_behind,
  vanishes,
};

/// Whether the layers from l on are scalings, then a linear layer that takes them.
template <class Topology, std::size_t l>
constexpr bool goes_into_next() noexcept {
  if constexpr (l > Topology::depth) return false;
  else {
    using layer = typename Topology::template layer<l>;
    if constexpr (affine_layer<layer>) return !layer::reads_zeros;
    else if constexpr (scaling_layer<layer> || layer_of_training<layer>) return goes_into_next<Topology, l + 1>();
    else return false;
  }
}

/// Of layer l of a topology: a scaling goes into the linear layer before it, if σ does not stand between them, or into the one
/// behind it, if that does not read zeros around its input; σ goes into such a layer before it, and what drops channels into
/// any that need not compute them; dropout vanishes.
template <class Topology>
constexpr auto fusions() noexcept {
  std::array<fusion, Topology::depth + 2> all{};
  bool open = false;   // a linear layer without σ is before, nothing but scalings between
  bool narrows = false; // one is before that can do without outputs, nothing but what goes into it between
  const auto see = [&]<std::size_t l>(std::integral_constant<std::size_t, l>) {
    using layer = typename Topology::template layer<l>;
    if constexpr (layer_of_training<layer>) all[l] = fusion::vanishes;
    else if constexpr (scaling_layer<layer>) {
      if (open) all[l] = fusion::goes_before;
      else if constexpr (goes_into_next<Topology, l + 1>()) all[l] = fusion::goes_behind;
      narrows = narrows && open;
    } else if constexpr (narrowing_layer<layer>) {
      if (narrows) all[l] = fusion::goes_before;
      else open = false;
    } else if constexpr (layer_of_activation<layer>) {
      if (open && elementwise_activation<typename layer::activation, typename layer::scalar>) all[l] = fusion::goes_before;
      else narrows = false;
      open = false;
    } else if constexpr (affine_layer<layer>) {
      open = plain_affine_layer<layer>;
      narrows = layer::drops_outputs && elementwise_activation<typename layer::activation, typename layer::scalar>;
    } else open = narrows = false;
  };
  [&]<std::size_t... l>(std::index_sequence<l...>) {
    (see(std::integral_constant<std::size_t, l + 1>{}), ...);
  }(std::make_index_sequence<Topology::depth>{});
  bool any = false;
  for (std::size_t l = 1; l <= Topology::depth; ++l) any = any || all[l] == fusion::stays;
  if (!any) all[1] = fusion::stays; // as a list without layers is no net
  return all;
}

/// Whether layer l + 1 has gone into a layer before it.
template <class Topology, std::size_t l>
constexpr bool takes_next() noexcept {
  if constexpr (l < Topology::depth) return fusions<Topology>()[l + 1] == fusion::goes_before || fusions<Topology>()[l + 1] == fusion::vanishes;
  else return false;
}

/// Outputs of a layer that are kept: how many, and from which on.
struct kept_outputs {
  std::size_t count, first = 0;
};
/// Of `own` those that the layers behind l leave.
template <class Topology, std::size_t l>
constexpr kept_outputs kept_behind(kept_outputs own) noexcept {
  if constexpr (!takes_next<Topology, l>()) return own;
  else {
    using next = typename Topology::template layer<l + 1>;
    if constexpr (narrowing_layer<next>) own = {next::kept, own.first + next::first_kept};
    return kept_behind<Topology, l + 1>(own);
  }
}

/// The σ that the layers behind l bring to it, or its own.
template <class Topology, std::size_t l, class Own>
struct fused_activation {
  using type = Own;
};
template <class Topology, std::size_t l, class Own>
  requires(takes_next<Topology, l>())
struct fused_activation<Topology, l, Own> {
  using layer = typename Topology::template layer<l + 1>;
  template <class Layer>
  struct of {
    using type = typename fused_activation<Topology, l + 1, Own>::type;
  };
  template <layer_of_activation Layer>
  struct of<Layer> {
    using type = typename Layer::activation;
  };
  using type = typename of<layer>::type;
};

/// Layer l as it stands in the list of a fused net.
template <class Topology, std::size_t l, class Layer = typename Topology::template layer<l>>
struct fused_layer {
  using type = typename Layer::listed;
};
template <class Topology, std::size_t l, affine_layer Layer>
struct fused_layer<Topology, l, Layer> {
  using type = typename Layer::template with<kept_behind<Topology, l>({Layer::parameter_count - Layer::weight_count}).count,
                                             typename fused_activation<Topology, l, typename Layer::activation>::type>;
};

template <class Topology, std::size_t l, class... Done>
constexpr auto fused_list() noexcept {
  if constexpr (l > Topology::depth) return branch<Done...>{};
  else if constexpr (fusions<Topology>()[l] == fusion::stays)
    return fused_list<Topology, l + 1, Done..., typename fused_layer<Topology, l>::type>();
  else return fused_list<Topology, l + 1, Done...>();
}

/// A composite that can be listed with other branches.
template <class Layer>
concept listed_with_branches = composite_layer<Layer> && requires { Layer::lists_branches; };
/// The layers within are fused, too.
template <class Topology, std::size_t l, listed_with_branches Layer>
struct fused_layer<Topology, l, Layer> {
  template <class Indices>
  struct of;
  template <std::size_t... k>
  struct of<std::index_sequence<k...>> {
    using type = typename Layer::template with_branches<decltype(fused_list<typename Layer::template topology<k>, 1>())...>;
  };
  using type = typename of<std::make_index_sequence<Layer::branch_count>>::type;
};

template <scalar T, class Input, class List>
struct net_of_list;
template <scalar T, std::size_t... Extents, class... Layers>
struct net_of_list<T, shape<Extents...>, branch<Layers...>> {
  using type = basic_network<T, input<Extents...>, Layers...>;
};
template <scalar T, std::size_t Steps, std::size_t... Extents, class... Layers>
struct net_of_list<T, over_time<Steps, shape<Extents...>>, branch<Layers...>> {
  using type = basic_network<T, sequence<Steps, Extents...>, Layers...>;
};
template <scalar T, class... Shapes, class... Layers>
struct net_of_list<T, input_list<Shapes...>, branch<Layers...>> {
  using type = basic_network<T, input_list<Shapes...>, Layers...>;
};

/// The parameters of a net, or of a branch within.
template <class Topology, class T>
struct fused_part {
  using topology = Topology;
  using scalar = std::remove_const_t<T>;
  std::span<T, Topology::storage> all;
  constexpr auto theta() const noexcept { return all; }
};
/// Branch k of a composite whose parameters these are.
template <std::size_t k, class Composite, class Theta>
constexpr auto branch_part(Theta theta) noexcept {
  using topology = typename Composite::template topology<k>;
  constexpr std::size_t before = []<std::size_t... j>(std::index_sequence<j...>) {
    return (std::size_t{0} + ... + Composite::template topology<j>::storage);
  }(std::make_index_sequence<k>{});
  return fused_part<topology, typename Theta::element_type>{theta.template subspan<before, topology::storage>()};
}

/// Calls f(c -> scaling) if layer l is one; channel c of what is left of its channels.
template <class From, std::size_t l>
constexpr void scale_by(const From& from, auto f) noexcept {
  using layer = typename From::topology::template layer<l>;
  if constexpr (scaling_layer<layer>)
    f([theta = from.theta().template subspan<From::topology::template place<l>::offset, layer::storage>()](std::size_t c) {
      return layer::scaling_of(theta, kept_behind<typename From::topology, l>({}).first + c);
    });
}

/// Calls f(c -> scaling) for the scalings that go into layer l from before it, the nearest first; from behind it, likewise.
template <class From, std::size_t l>
constexpr void scale_inputs(const From& from, auto f) noexcept {
  using topology = typename From::topology;
  if constexpr (l > 1) {
    if constexpr (fusions<topology>()[l - 1] == fusion::goes_behind) scale_by<From, l - 1>(from, f);
    if constexpr (fusions<topology>()[l - 1] == fusion::goes_behind || fusions<topology>()[l - 1] == fusion::vanishes)
      scale_inputs<From, l - 1>(from, f);
  }
}
template <class From, std::size_t l>
constexpr void scale_outputs(const From& from, auto f) noexcept {
  using topology = typename From::topology;
  if constexpr (l < topology::depth) {
    if constexpr (fusions<topology>()[l + 1] == fusion::goes_before) scale_by<From, l + 1>(from, f);
    if constexpr (takes_next<topology, l>()) scale_outputs<From, l + 1>(from, f);
  }
}
/// Copies what layer l of a net has to its place m in a fused one, scalings included; then the layers behind.
template <class From, class To, std::size_t l = 1, std::size_t m = 1>
constexpr void fuse_layers(const From& from, const To& to) noexcept {
  using topology = typename From::topology;
  using T = typename From::scalar;
  if constexpr (l <= topology::depth) {
    if constexpr (fusions<topology>()[l] != fusion::stays) return fuse_layers<From, To, l + 1, m>(from, to);
    else {
      using layer = typename topology::template layer<l>;
      using target = typename To::topology::template layer<m>;
      const auto theta = from.theta().template subspan<topology::template place<l>::offset, layer::storage>();
      const auto out = to.theta().template subspan<To::topology::template place<m>::offset, target::storage>();
      if constexpr (affine_layer<layer>) {
        constexpr std::size_t all = layer::parameter_count - layer::weight_count, inputs = layer::weight_count / all;
        constexpr kept_outputs kept = kept_behind<topology, l>({all});
        constexpr std::size_t outputs = kept.count;
        const auto weight = [&](std::size_t o, std::size_t i) -> T& { return out[target::index(o * inputs + i)]; };
        const auto bias = [&](std::size_t o) -> T& { return out[target::index(outputs * inputs + o)]; };
        for (std::size_t o = 0; o < outputs; ++o) {
          for (std::size_t i = 0; i < inputs; ++i) weight(o, i) = theta[layer::index((kept.first + o) * inputs + i)];
          bias(o) = theta[layer::index(layer::weight_count + kept.first + o)];
        }
        scale_inputs<From, l>(from, [&](auto scaling_of) {
          for (std::size_t o = 0; o < outputs; ++o)
            for (std::size_t i = 0; i < inputs; ++i) {
              const auto [factor, summand] = scaling_of(target::input_channel(o, i));
              bias(o) += weight(o, i) * summand;
              weight(o, i) *= factor;
            }
        });
        scale_outputs<From, l>(from, [&](auto scaling_of) {
          for (std::size_t o = 0; o < outputs; ++o) {
            const auto [factor, summand] = scaling_of(o);
            bias(o) = bias(o) * factor + summand;
            for (std::size_t i = 0; i < inputs; ++i) weight(o, i) *= factor;
          }
        });
      } else if constexpr (listed_with_branches<layer>) {
        layer::for_each([&]<std::size_t k>() { fuse_layers(branch_part<k, layer>(theta), branch_part<k, target>(out)); });
      } else {
        for (std::size_t k = 0; k < layer::storage; ++k) out[k] = theta[k];
      }
      fuse_layers<From, To, l + 1, m + 1>(from, to);
    }
  }
}

} // namespace detail

/// The type of a net that computes what Net does outside of training, in fewer layers: each batch_norm and rescale has gone
/// into a dense or convolutional layer beside it where nothing stands between them (behind it only into one that reads no
/// padding), then an activation<σ> into the same, and dropout is gone; what a narrow drops of the outputs of a dense layer or of
/// a convolution without groups is no longer computed. So it is within the branches of residual, parallel and heads.
template <class Net>
using fused_t = typename detail::net_of_list<typename Net::scalar, typename Net::input_shape,
                                             decltype(detail::fused_list<typename Net::topology, 1>())>::type;

/// The value: the same function but for rounding.
template <class Net>
constexpr fused_t<Net> fuse(const Net& net) noexcept {
  fused_t<Net> fused{};
  using T = typename Net::scalar;
  detail::fuse_layers(detail::fused_part<typename Net::topology, const T>{net.theta()},
                      detail::fused_part<typename fused_t<Net>::topology, T>{fused.theta()});
  return fused;
}

} // namespace inlay
