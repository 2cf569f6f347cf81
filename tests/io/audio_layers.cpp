#include "catch.hpp"

#include "io/stored.hpp"
#include "model.hpp"

#include <inlay/inlay.hpp>

#include "inlay/io/detail/describe.hpp"
#include "inlay/io/detail/header_text.hpp"

// Layers as descriptions, of which headers are made, beside their types.
namespace {

using namespace inlay;
using audio::layer_list;

/// As many parameters, which are where the type has them.
template <class Net>
void check(layer_list layers) {
  auto model = audio::model_of(std::move(layers), Net::input_shape::row::size);
  CHECK(misplaced<Net>(model.net) == 0);
  // and the header is that of the type
  const io::detail::frozen_model frozen{.name = "model", .source = "a test"};
  CHECK(io::detail::header_text(model.net, frozen).text ==
        io::detail::header_text(io::detail::describe<Net>(), frozen).text);
}
std::vector<std::vector<double>> zeros(std::size_t gates, std::size_t in, std::size_t n) {
  const auto of = [](std::size_t count) { return std::vector<double>(count, 0.0); };
  return {of(gates * n * in), of(gates * n * n), of(gates * n), of(gates * n)};
}
template <std::size_t in, std::size_t n>
void check_recurrent() {
  check<network<sequence<audio::steps, in>, lstm<n>>>({audio::make_lstm(in, n, zeros(4, in, n))});
  check<network<sequence<audio::steps, in>, gru<n>>>({audio::make_gru(in, n, zeros(3, in, n))});
}

} // namespace

TEST_CASE("recurrent layers are stored as their types store them") {
  check_recurrent<1, 1>();
  check_recurrent<2, 5>();
  check_recurrent<1, 16>();
  check_recurrent<3, 20>();
  check_recurrent<1, 33>();
}

TEST_CASE("so are convolutions and the others") {
  const auto numbers = [](std::size_t count) { return std::vector<double>(count, 0.0); };
  check<network<sequence<audio::steps, 4>, conv1d<6, 3, identity, conv_options{.dilation = 2, .groups = 2}>>>(
      {audio::make_convolution({4, 3, 2, 2}, numbers(36), numbers(6))});
  check<network<sequence<audio::steps, 3>, conv1d<5, 2, identity, 1, 7>, prelu<5>, dense<17>, prelu<>>>(
      {audio::make_convolution({3, 2, 7}, numbers(30), numbers(5)), audio::make_prelu(5, numbers(5)),
       audio::make_dense(5, numbers(85), numbers(17)), audio::make_prelu(17, numbers(1))});
  check<network<sequence<audio::steps, 64>, dense<34>>>({audio::make_dense(64, numbers(64 * 34), numbers(34))});
  io::detail::activation_description tanh, sigmoid;
  tanh.name = "tanh", sigmoid.name = "sigmoid";
  check<network<sequence<audio::steps, 4>, parallel<concat, branch<>, branch<narrow<1, 2>, dense<4>>>,
                gated<inlay::tanh, inlay::sigmoid>, residual<activation<inlay::tanh>>,
                parallel<add, branch<>, branch<dense<4>>>>>(
      {audio::make_parallel("concat", 4,
                            {{}, {audio::make_narrow(4, 1, 2), audio::make_dense(2, numbers(8), numbers(4))}}),
       audio::make_gated(8, tanh, sigmoid), audio::make_residual(4, {audio::make_activation(4, tanh)}),
       audio::make_parallel("add", 4, {{}, {audio::make_dense(4, numbers(16), numbers(4))}})});
}
