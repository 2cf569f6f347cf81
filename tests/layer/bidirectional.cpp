#include "laws/all.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/header.hpp>
#include <inlay/io/safetensors.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace inlay;

namespace {

template <std::size_t N, std::size_t Steps>
std::array<float, N> reversed(const std::array<float, N>& x) {
  std::array<float, N> y{};
  constexpr std::size_t each = N / Steps;
  for (std::size_t i = 0; i < N; ++i) y[(Steps - 1 - i / each) * each + i % each] = x[i];
  return y;
}

} // namespace

TEST_CASE("bidirectional layers keep the laws") {
  CHECK(laws::toy_broken<network<sequence<2, 1>, bidirectional<lstm<1>>, dense<1>>>() == "");
  CHECK(laws::broken<basic_network<double, sequence<4, 2>, residual<bidirectional<gru<1>>>,
                                   parallel<concat, branch<bidirectional<lstm<5>, dense<3, inlay::tanh>>>, branch<>>, last_step>>() == "");
}

TEST_CASE("bidirectional is one way and the other, side by side") {
  using net_t = network<sequence<5, 2>, bidirectional<lstm<3>, dense<2, relu>>>;
  using one_way = network<sequence<5, 2>, lstm<3>, dense<2, relu>>;
  static_assert(std::same_as<net_t::output_shape, over_time<5, shape<4>>> && net_t::parameter_count == 2 * one_way::parameter_count && !causal<net_t>);
  const auto net = laws::made<net_t>(1);
  const auto all = get_parameters(net);
  one_way forward{}, reverse{};
  set_parameters(forward, std::span(all).first<one_way::parameter_count>());
  set_parameters(reverse, std::span(all).last<one_way::parameter_count>());
  const auto x = laws::noise_array<float, net_t::inputs>(2);
  const auto y = net(x);
  const auto there = forward(x), back = reversed<10, 5>(reverse(reversed<10, 5>(x)));
  for (std::size_t t = 0; t < 5; ++t)
    for (std::size_t i = 0; i < 2; ++i) {
      CHECK(y[4 * t + i] == Approx(there[2 * t + i]).margin(1e-6));
      CHECK(y[4 * t + 2 + i] == Approx(back[2 * t + i]).margin(1e-6));
    }
}

TEST_CASE("a bidirectional net is saved under PyTorch's names, and in a header") {
  using net_t = network<sequence<3, 2>, bidirectional<lstm<4>>, bidirectional<gru<3>, dense<5>>>;
  const auto net = laws::made<net_t>(1);
  const auto bytes = io::save_safetensors(net);
  const io::detail::safetensors_file file(bytes, "memory");
  for (const char* name : {"0.weight_ih_l0", "0.bias_hh_l0", "0.weight_ih_l0_reverse", "0.weight_hh_l0_reverse", "0.bias_ih_l0_reverse",
                           "0.bias_hh_l0_reverse", "1.0.weight_ih_l0", "1.1.weight", "1.0.weight_ih_l0_reverse", "1.1.bias_reverse"}) {
    INFO(name);
    CHECK(file.tensors.contains(name));
  }
  CHECK(file.tensors.size() == 20);
  CHECK(file.tensors.at("1.0.weight_ih_l0_reverse").shape == std::vector<std::size_t>{9, 8});
  CHECK(io::load_safetensors<net_t>(bytes) == net);

  const io::detail::storage_layout layout(io::detail::describe(net));
  REQUIRE(layout.numbers.size() == net_t::topology::storage);
  for (std::size_t i = 0; i < layout.numbers.size(); ++i) REQUIRE(static_cast<float>(layout.numbers[i]) == net.theta()[i]);
  io::write_header("bidirectional_net.hpp", net);
  std::ostringstream text;
  text << std::ifstream("bidirectional_net.hpp").rdbuf();
  CHECK(text.str().find("inlay::sequence<3, 2>,\n                             inlay::bidirectional<inlay::lstm<4>>,\n") != std::string::npos);
}
