#include "catch.hpp"

#include "io/refused.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/optimizer_state.hpp>

#include <cmath>
#include <limits>

namespace {

using namespace inlay;

template <class T>
using net_of = basic_network<T, input<2, 9>, conv1d<3, 4, inlay::tanh>, dense<5>, residual<dense<7, relu>, dense<5>>, dense<2>>;

template <class Net>
void steps(Net& net, auto& optimizer, int count) {
  const std::vector<typename Net::input_type> xs(5, {1, -2, 3});
  const std::vector<typename Net::output_type> targets(5, {1, 2});
  Net grad{};
  for (int step = 0; step < count; ++step)
    train_step(net, optimizer, mean_squared_error{}, xs, targets, grad);
}

/// Three steps, saved, loaded into a new optimizer with the same options, three more.
template <class Net, class Optimizer>
void continues(const Optimizer& fresh) {
  Net net{};
  initialize(net, 1);
  Optimizer optimizer = fresh, loaded = fresh;
  steps(net, optimizer, 3);
  Net other = net;
  io::load_optimizer_state(io::save_optimizer_state(optimizer), loaded);
  steps(net, optimizer, 3);
  steps(other, loaded, 3);
  CHECK(net == other);
  CHECK(io::save_optimizer_state(optimizer) == io::save_optimizer_state(loaded));

  const auto path = std::filesystem::temp_directory_path() / "inlay-io-optimizer.safetensors";
  io::save_optimizer_state(path, optimizer);
  Optimizer once_more = fresh;
  io::load_optimizer_state(path, once_more);
  std::filesystem::remove(path);
  steps(net, optimizer, 1);
  steps(other, once_more, 1);
  CHECK(net == other);
}

template <class Optimizer>
std::string refusal(std::span<const std::byte> bytes, Optimizer optimizer) {
  return ::refusal([&] { io::load_optimizer_state(bytes, optimizer); });
}

using net_t = network<input<3>, dense<4, relu>, dense<2>>;

template <class Optimizer>
Optimizer trained(Optimizer optimizer) {
  net_t net{};
  initialize(net, 1);
  steps(net, optimizer, 3);
  return optimizer;
}

/// Two steps on four samples after what PyTorch remembers of three.
template <class Optimizer>
void goes_on(const char* file, Optimizer optimizer, const std::array<float, 12>& x, const std::array<float, 8>& y,
             const std::array<float, net_t::parameter_count>& before, const std::array<float, net_t::parameter_count>& after) {
  INFO(file);
  io::load_optimizer_state(std::filesystem::path(__FILE__).parent_path() / "models" / file, optimizer);
  net_t net{}, grad{};
  set_parameters(net, before);
  for (int step = 0; step < 2; ++step)
    train_step(net, optimizer, mean_squared_error{}, as_rows<3>(x), as_rows<2>(y), grad);
  const auto found = get_parameters(net);
  for (std::size_t k = 0; k < found.size(); ++k)
    CHECK(found[k] == Approx(after[k]).epsilon(1e-5).margin(1e-6));
}

} // namespace

TEMPLATE_TEST_CASE("training goes on bit for bit", "[io]", float, double) {
  using net_t = net_of<TestType>;
  continues<net_t>(sgd<net_t>{});
  continues<net_t>(sgd<net_t>{{.momentum = TestType(0.9), .dampening = TestType(0.5), .nesterov = false}});
  continues<net_t>(adam<net_t>{});
  continues<net_t>(adamw<net_t>{{.beta1 = 0, .beta2 = TestType(0.5)}});
  continues<net_t>(rmsprop<net_t>{});
  continues<net_t>(rmsprop<net_t>{{.momentum = TestType(0.9), .centered = true}});
}

TEMPLATE_TEST_CASE("it does after gradients whose squares no number holds", "[io]", float, double) {
  using net_t = basic_network<TestType, input<3>, dense<4, relu>, dense<2>>;
  const auto check = [](auto optimizer) {
    net_t net{}, grad{};
    initialize(net, 1);
    const auto all = [&](TestType g) {
      std::array<TestType, net_t::parameter_count> numbers;
      numbers.fill(g);
      set_parameters(grad, numbers);
    };
    all(std::sqrt(std::numeric_limits<TestType>::max()) * 1000);
    optimizer.step(net, grad);
    net_t other = net;
    auto loaded = decltype(optimizer){optimizer.options};
    io::load_optimizer_state(io::save_optimizer_state(optimizer), loaded);
    for (int step = 0; step < 3; ++step) {
      all(static_cast<TestType>(step));
      optimizer.step(net, grad);
      loaded.step(other, grad);
    }
    CHECK(net == other);
  };
  check(adam<net_t>{});
  check(adamw<net_t>{});
  check(rmsprop<net_t>{});
}

TEST_CASE("an optimizer that has taken no step has nothing to remember", "[io]") {
  sgd<net_t> optimizer{{.momentum = 0.9f, .dampening = 0.5f}};
  optimizer.first = false;
  io::load_optimizer_state(io::save_optimizer_state(sgd<net_t>{{.momentum = 0.9f}}), optimizer);
  CHECK(optimizer.first);
}

TEST_CASE("the step is counted however many there were", "[io]") {
  adam<net_t> optimizer{};
  optimizer.mean_square.layer<1>().bias(0) = 1;
  const auto step_of = [](const adam<net_t>& of) {
    const auto bytes = io::save_optimizer_state(of);
    const io::detail::safetensors_file file(bytes, "memory");
    return file.value(file.tensors.at("state.3.step"), 0);
  };
  CHECK(step_of(optimizer) == 0);
  net_t net{};
  for (int step = 1; step <= 10000; ++step) {
    optimizer.step(net, net_t{});
    if (step == 1 || step == 7 || step == 999 || step == 10000)
      CHECK(step_of(optimizer) == step);
  }
}

TEST_CASE("moments that are infinite or NaN are refused, naming tensor and element", "[io]") {
  for (const float number : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
    const std::string found = number > 0 ? "inf" : "nan";
    rmsprop<net_t> optimizer{{.momentum = 0.9f}};
    optimizer.momentum.layer<1>().bias(3) = number;
    CHECK_THROWS_WITH(io::save_optimizer_state(optimizer),
                      "memory: tensor 'state.1.momentum_buffer', element 3: expected a finite number, found " + found);
    // In a file, where no option asks for it either.
    const float good = 0.25f;
    optimizer.momentum.layer<1>().bias(3) = good;
    auto bytes = io::save_optimizer_state(optimizer);
    const auto at = std::search(bytes.begin(), bytes.end(), reinterpret_cast<const std::byte*>(&good),
                                reinterpret_cast<const std::byte*>(&good) + sizeof good);
    REQUIRE(at != bytes.end());
    std::memcpy(&*at, &number, sizeof number);
    CHECK(refusal(bytes, optimizer) == "memory: tensor 'state.1.momentum_buffer', element 3: expected a finite number, found " + found);
  }
}

TEST_CASE("the state of another optimizer or net is refused in words, and changes nothing", "[io]") {
  using other_t = network<input<3>, dense<5, relu>, dense<2>>;
  using deeper_t = network<input<3>, dense<4, relu>, dense<2>, dense<2>>;
  const auto bytes = io::save_optimizer_state(trained(adam<net_t>{}));
  CHECK(refusal(bytes, adam<net_t>{}) == "accepted");
  CHECK(refusal(bytes, adamw<net_t>{}) == "memory: optimizer: expected AdamW, found Adam");
  CHECK(refusal(bytes, sgd<net_t>{}) == "memory: optimizer: expected SGD, found Adam");
  CHECK(refusal(bytes, adam<other_t>{}) == "memory: tensor 'state.0.exp_avg': expected shape [5, 3], found [4, 3]");
  CHECK(refusal(bytes, adam<deeper_t>{}).starts_with("memory: tensor 'state.4.exp_avg': expected a tensor of this name, found only"));
  CHECK(refusal(io::save_optimizer_state(adam<deeper_t>{}), adam<net_t>{}) ==
        "memory: expected 14 tensors, of this optimizer with its options, for this net, found 20");
  CHECK(refusal(io::save_optimizer_state(trained(rmsprop<net_t>{{.momentum = 0.9f}})), rmsprop<net_t>{}) ==
        "memory: expected 4 tensors, of this optimizer with its options, for this net, found 8");
  CHECK(refusal(io::save_optimizer_state(trained(sgd<net_t>{{.momentum = 0.9f}})), sgd<net_t>{}) ==
        "memory: expected 0 tensors, of this optimizer with its options, for this net, found 4");
  CHECK(refusal(io::save_safetensors(net_t{}), adam<net_t>{}).find("'state.0.exp_avg': expected a tensor of this name") !=
        std::string::npos);

  auto optimizer = trained(adam<net_t>{});
  const auto before = optimizer;
  CHECK_THROWS_AS(io::load_optimizer_state(io::save_optimizer_state(sgd<net_t>{}), optimizer), io::error);
  CHECK(optimizer.mean == before.mean);
  CHECK(optimizer.beta1_power == before.beta1_power);
  for (std::size_t n = 0; n < bytes.size(); ++n)
    CHECK_THROWS_AS(io::load_optimizer_state(std::span(bytes).first(n), optimizer), io::error);
  CHECK(optimizer.mean_square == before.mean_square);
}

TEST_CASE("what PyTorch remembered continues as it did there", "[io]") {
#include "models/expected_optimizer.inc"
}
