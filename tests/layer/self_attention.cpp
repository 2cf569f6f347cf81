#include "laws/all.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/header.hpp>
#include <inlay/io/safetensors.hpp>

#include <fstream>
#include <sstream>

using namespace inlay;

namespace {

constexpr attention_options of_three{.is_causal = true, .window = 3};

} // namespace

TEST_CASE("self_attention layers keep the laws") {
  CHECK(laws::toy_broken<network<sequence<2, 2>, self_attention<1>>>() == "");
  CHECK(laws::toy_broken<network<sequence<3, 2>, self_attention<2, attention_options{.is_causal = true, .window = 2}>>>() == "");
  CHECK(laws::broken<basic_network<double, sequence<5, 6>, dense<6, inlay::tanh>, self_attention<2>, dense<2>>>() == "");
  CHECK(laws::broken<network<sequence<35, 8>, residual<self_attention<1, of_three>>>>() == "");
}

TEST_CASE("a step of a window attends to the last steps only, in a sequence and in a stream of any length") {
  using net_t = basic_network<double, sequence<9, 4>, self_attention<2, of_three>>;
  static_assert(causal<net_t> && !causal<network<sequence<9, 4>, self_attention<2>>>);
  static_assert(net_t::multiply_adds == 9 * 4 * 4 * 4 + 2 * 4 * (1 + 2 + 7 * 3));
  const auto net = laws::made<net_t>(1);
  auto x = laws::noise_array<double, 36>(2);
  const auto before = net(x);
  stream<net_t> long_ago{}, fresh{};
  CHECK(long_ago == fresh);
  for (int t = 0; t < 20; ++t) long_ago(net, std::array{1.0, 2.0 * t, -3.0, 0.5});
  CHECK(!(long_ago == fresh));
  for (std::size_t t = 0; t < 9; ++t) {
    const std::span<const double, 4> now(x.data() + 4 * t, 4);
    const auto y = long_ago(net, now), other = fresh(net, now);
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK(other[i] == Approx(before[4 * t + i]).margin(1e-14));
      if (t >= 2) CHECK(y[i] == Approx(other[i]).margin(1e-14));
    }
  }
  for (std::size_t i = 0; i < 4; ++i) x[i] += 1; // the first step, which the fourth no longer knows
  const auto after = net(x);
  for (std::size_t i = 12; i < 36; ++i) CHECK(after[i] == Approx(before[i]).margin(1e-15));
  CHECK(after[8] != before[8]);
}

TEST_CASE("a step that never has the gradient in memory is the one that has") {
  using net_t = basic_network<double, sequence<3, 8>, self_attention<2>>;
  static_assert(inlay::detail::updating<net_t::topology::layer<1>, 3>);
  static_assert(!inlay::detail::updating<network<sequence<3, 6>, self_attention<2>>::topology::layer<1>, 3>); // padding between its heads
  const auto net = laws::made<net_t>(1);
  const auto xs = laws::inputs<net_t>(3, 3);
  const auto ys = laws::targets<net_t>(3, 4);
  net_t one = net, two = net, grad{};
  sgd<net_t> fused{{.learning_rate = 0.5}}, apart{{.learning_rate = 0.5}};
  train_step(one, fused, mean_squared_error{}, xs, ys, grad);
  grad = {};
  (void)backpropagate(two, xs, ys, mean_squared_error{}, grad);
  apart.step(two, grad);
  const auto found = get_parameters(one), wanted = get_parameters(two), before = get_parameters(net);
  for (std::size_t k = 0; k < net_t::parameter_count; ++k) CHECK(found[k] == Approx(wanted[k]).margin(1e-14));
  CHECK(found.front() != before.front());
  CHECK(found.back() != before.back());
}

TEST_CASE("a net with causal attention fits, each sequence from its beginning") {
  using net_t = basic_network<double, sequence<5, 2>, residual<self_attention<1, of_three>>, dense<1>>;
  static_assert(!inlay::detail::carries_state<net_t> && inlay::detail::carries_state<basic_network<double, sequence<5, 2>, residual<dense<2>>, lstm<1>>>);
  auto net = laws::made<net_t>(1);
  adam<net_t> optimizer{{.learning_rate = 0.02}};
  const auto history = fit(net, optimizer, mean_squared_error{}, laws::inputs<net_t>(8, 3), laws::targets<net_t>(8, 4), {.epochs = 60, .batch_size = 8});
  CHECK(history.back() < history.front());
}

TEST_CASE("attention is saved under PyTorch's names, and in a header") {
  using net_t = network<sequence<7, 6>, self_attention<2>, residual<layer_norm<>, self_attention<1, of_three>>>;
  const auto net = laws::made<net_t>(1);
  const auto bytes = io::save_safetensors(net);
  const io::detail::safetensors_file file(bytes, "memory");
  for (const char* name : {"0.in_proj_weight", "0.in_proj_bias", "0.out_proj.weight", "0.out_proj.bias", "1.1.in_proj_weight", "1.1.out_proj.bias"})
    CHECK(file.tensors.contains(name));
  CHECK(file.tensors.at("0.in_proj_weight").shape == std::vector<std::size_t>{18, 6});
  CHECK(io::load_safetensors<net_t>(bytes) == net);
  const io::detail::storage_layout layout(io::detail::describe(net));
  REQUIRE(layout.numbers.size() == net_t::topology::storage);
  for (std::size_t i = 0; i < layout.numbers.size(); ++i) REQUIRE(static_cast<float>(layout.numbers[i]) == net.theta()[i]);
  io::write_header("attention_net.hpp", net);
  std::ostringstream text;
  text << std::ifstream("attention_net.hpp").rdbuf();
  for (const char* words : {"inlay::self_attention<2>,\n", "inlay::self_attention<1, inlay::attention_options{.is_causal = true, .window = 3}>"})
    CHECK(text.str().find(words) != std::string::npos);
}

TEST_CASE("an encoder block has the names of PyTorch's module where a name_map says so") {
  using net_t = network<sequence<3, 4>, residual<layer_norm<>, self_attention<2>>, residual<layer_norm<>, dense<8, gelu>, dense<4>>>;
  const auto net = laws::made<net_t>(1);
  const io::state_dict encoder{.names = {{"0.0", "norm1"}, {"0.1", "self_attn"}, {"1.0", "norm2"}, {"1.1", "linear1"}, {"1.3", "linear2"}}};
  const auto bytes = io::save_safetensors(net, encoder);
  const io::detail::safetensors_file file(bytes, "memory");
  for (const char* name : {"self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias", "linear1.weight",
                           "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias"})
    CHECK(file.tensors.contains(name));
  CHECK(file.tensors.size() == 12); // those of torch.nn.TransformerEncoderLayer, and no other
  CHECK(io::load_safetensors<net_t>(bytes, encoder) == net);
}
