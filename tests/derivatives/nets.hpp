// Nets of every kind of layer and of shape, for derivatives by the input.
#pragma once

#include "catch.hpp"

#include "laws/all.hpp"
#include "laws/gradient.hpp"
#include "laws/network.hpp"

#include <inlay/inlay.hpp>

#include <cmath>
#include <tuple>

namespace derivatives {

using namespace inlay;

template <class T>
using vector = basic_network<T, input<3>, dense<5, inlay::tanh>, residual<layer_norm<>, dense<5, gelu>>, dense<4, softmax>>;
template <class T>
using line = basic_network<T, input<2, 9>, conv1d<3, 3, silu, conv_options{.padding = 1}>, group_norm<3>, avg_pool1d<3>, prelu<3>, dense<2>>;
template <class T>
using image = basic_network<T, input<2, 5, 4>, conv2d<3, 3, 3, elu>, batch_norm<>, dense<2, mish>>;
template <class T>
using image_out = basic_network<T, input<2, 5, 4>, conv2d<3, 2, 2, inlay::tanh>, rms_norm<>>; // whose numbers lie in another order inside
template <class T>
using all_steps = basic_network<T, sequence<4, 3>, lstm<5>, residual<dense<5, softsign>>, dense<2>>;
template <class T>
using one_row = basic_network<T, sequence<4, 6>, self_attention<2>, bidirectional<gru<2>>, mean_of_steps, dense<3, sigmoid>>;
template <class T>
using ports = basic_network<T, input_list<shape<2>, shape<1, 6>>, parallel<concat, branch<from<1>>, branch<from<2>, conv1d<2, 3, inlay::tanh>, flatten>>,
                            dense<3, gelu>, heads<branch<dense<2, inlay::tanh>>, branch<dense<1>>>>;
template <class T>
using branches = basic_network<T, input<13>, dense<20, inlay::tanh>, residual<dense<17, mish>, dense<20, silu>>, narrow<3, 7>, activation<sigmoid>,
                               parallel<add, branch<dense<4, elu>>, branch<dense<9, softplus>, dense<4, softsign>>>, dense<3>>;
template <class T>
using seen = basic_network<T, input<2, 5, 4>, conv2d<4, 2, 3, inlay::tanh, conv_options{.groups = 2, .padding = 1}>, conv2d<3, 2, 2, gelu>,
                           residual<conv2d<3, 3, 3, inlay::tanh, conv_options{.groups = 3, .padding = 1}>>>;
template <class T>
using few_inputs = basic_network<T, input<2>, dense<9, inlay::tanh>, dense<17, gelu>>;
template <class T>
using steps_alone = basic_network<T, sequence<4, 3>, dense<5, inlay::tanh>, residual<dense<5, gelu>>, last_step, dense<2, softmax>>;
/// All of them; under the sanitizers, whose memory is handled alike, one of each kind of shape.
template <class T>
using nets = std::conditional_t<laws::only_float, std::tuple<vector<T>, image_out<T>, all_steps<T>, ports<T>, branches<T>>,
                                std::tuple<vector<T>, line<T>, image<T>, image_out<T>, all_steps<T>, one_row<T>, ports<T>, branches<T>, seen<T>,
                                           few_inputs<T>, steps_alone<T>>>;

using toy = basic_network<double, input<2>, dense<3, inlay::tanh>, residual<dense<3, sigmoid>>, dense<2>>;

/// ∂y_o/∂x_i by central differences, in double.
template <class Net>
double difference(const Net& net, typename Net::input_type x, std::size_t o, std::size_t i) {
  constexpr double h = 1e-5;
  const auto before = x[i];
  x[i] = before + h;
  const double above = net(x)[o];
  x[i] = before - h;
  return (above - net(x)[o]) / (2 * h);
}

} // namespace derivatives
