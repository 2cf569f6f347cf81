#include "catch.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/header.hpp>
#include <inlay/io/verify.hpp>

#include <fstream>
#include <sstream>

// What a header says of a net that goes step by step; tests/io/audio compiles such headers.
namespace {

using namespace inlay;

std::string written(const auto& net, const io::header_options& how = {}) {
  const auto path = std::filesystem::temp_directory_path() / "inlay_header_sequence.hpp";
  io::write_header(path, net, how);
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  std::filesystem::remove(path);
  return text.str();
}
bool has(const std::string& text, const std::string& what) { return text.find(what) != text.npos; }

/// The steps in double precision beside a stream of the net.
template <class Net>
void check_evaluation() {
  Net net{};
  initialize(net, 7);
  stream<Net> run{};
  const auto description = io::detail::describe(net);
  io::detail::exact none;
  std::vector<std::vector<double>> xs;
  for (int t = 0; t < 30; ++t) {
    std::vector<double> x;
    for (std::size_t i = 0; i < stream<Net>::inputs; ++i) x.push_back(static_cast<float>(std::sin(t * 0.7 + static_cast<double>(i))));
    xs.push_back(x);
  }
  const auto ys = io::detail::evaluate_steps(description, {}, xs, none);
  const auto tolerance = io::detail::rounding_tolerance(description, {}, xs, ys);
  for (std::size_t t = 0; t < xs.size(); ++t) {
    typename Net::step_input_type x;
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<typename Net::scalar>(xs[t][i]);
    const auto y = run(net, x);
    REQUIRE(ys[t].size() == y.size());
    for (std::size_t o = 0; o < y.size(); ++o) {
      CHECK(std::abs(double(y[o]) - ys[t][o]) <= tolerance[t][o]);
      CHECK(tolerance[t][o] < 1e-4);
    }
  }
}

/// A whole sequence in double precision beside the net.
template <class Net>
void check_whole() {
  Net net{};
  initialize(net, 9);
  typename Net::input_type x;
  std::vector<double> xs;
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = static_cast<typename Net::scalar>(std::sin(0.9 * static_cast<double>(i)));
    xs.push_back(static_cast<double>(x[i]));
  }
  const auto description = io::detail::describe(net);
  const auto wanted = io::detail::evaluate(description, xs), tolerance = io::detail::rounding_tolerance(description, xs, wanted);
  const auto y = net(x);
  REQUIRE(wanted.size() == y.size());
  for (std::size_t o = 0; o < y.size(); ++o) {
    CHECK(std::abs(double(y[o]) - wanted[o]) <= tolerance[o]);
    CHECK(tolerance[o] < 1e-4);
  }
}

} // namespace

TEST_CASE("a whole sequence in double precision is what the net makes of it") {
  check_whole<network<sequence<6, 2>, bidirectional<lstm<3>>, gru<2, reset_before>, residual<dense<2>>, mean_of_steps, dense<3>>>();
  check_whole<network<sequence<5, 3>, parallel<concat, branch<gru<2>, last_step>, branch<mean_of_steps>>, dense<1>>>();
  check_whole<network<sequence<4, 2>, conv1d<3, 2>, flatten, dense<2>>>();
}

TEST_CASE("steps in double precision are those of the stream, within the tolerance that is stated") {
  check_evaluation<network<sequence<4, 2>, lstm<3>, gru<2>, inlay::rnn<3>, dense<1>>>();
  check_evaluation<network<sequence<4, 4>, conv1d<4, 3, inlay::tanh, conv_options{.dilation = 3, .groups = 2}>, prelu<4>, delay<3>, dense<2, relu>,
                           residual<conv1d<2, 2>, batch_norm<>>, parallel<concat, branch<>, branch<delay<2>, dense<2>>>, gated<inlay::tanh, identity>, last_step>>();
}

TEST_CASE("the outputs of heads of a sequence have names step by step") {
  network<sequence<2, 1>, lstm<2>, heads<branch<dense<2>>, branch<dense<1>>>> net{};
  const auto text = written(net, {.name = "policy"});
  CHECK(has(text, "output_names[] = {\"output1\", \"output2\"}"));
  CHECK(has(text, "named_outputs named(const net_t::step_output_type& y)"));
  CHECK(!has(text, "named_outputs named(const net_t::output_type& y)"));
}

TEST_CASE("a net whose state goes in and comes out brings a stream, by the names of its inputs and outputs") {
  using net_t = network<input_list<shape<3>, shape<4>, shape<2>>, parallel<concat, branch<from<1>>, branch<from<2>>, branch<from<3>>>,
                        heads<branch<dense<4>>, branch<dense<4>>, branch<dense<2>>>>;
  const auto functions = [](const char* a, const char* b, const char* c, const char* x, const char* y, const char* z) {
    return io::detail::header_ports(io::detail::describe(net_t{}), {{a}, {b}, {c}}, {{x}, {y}, {z}}).functions();
  };
  for (const auto& [in, out] : {std::pair("h_in", "h_out"), std::pair("state_ins.1", "state_outs.1"), std::pair("h0", "hn"), std::pair("hidden", "next_hidden")}) {
    CAPTURE(in, out);
    const auto text = functions("obs", in, "c_in", "action", out, "c_out");
    CHECK(has(text, "constexpr named_outputs operator()(state_type& state, std::span<const net_t::scalar, 3> obs) const noexcept"));
    CHECK(has(text, "static constexpr state_type stream() noexcept { return {}; }"));
    CHECK(has(text, "state.c_in = y.c_out;"));
  }
  CHECK(!has(functions("obs", "goal", "mask", "mean", "std", "value"), "state"));
  CHECK(!has(functions("obs", "h_in", "mask", "mean", "std", "h_out"), "state_type")); // 4 numbers and 2
}

/// As the header of a model whose state goes in and comes out has it.
struct remembering {
  using net_t = network<input_list<shape<1>, shape<2>>, parallel<concat, branch<from<1>>, branch<from<2>>>, heads<branch<dense<1>>, branch<dense<2>>>>;
  struct state_type {
    std::array<float, 2> h_in{};
  };
  static constexpr net_t net{};
  static constexpr state_type stream() noexcept { return {}; }
  static constexpr std::array<net_t::input_type, 1> verification_inputs{{{1, 2, 3}}};
};

TEST_CASE("a net with a state beside its inputs is verified call by call") {
  std::size_t calls = 0;
  io::for_each_output<remembering>([&](std::size_t, const auto& y) { calls += y.size() == 3; });
  CHECK(calls == 2);
}

TEST_CASE("a net of a sequence brings a stream") {
  network<sequence<2, 1>, lstm<2>, dense<1>> net{};
  initialize(net, 1);
  const auto text = written(net, {.name = "amp", .verify_with = {{0.5, 1}}});
  CHECK(has(text, "#include <inlay/stream.hpp>\n"));
  CHECK(has(text, "static constexpr inlay::stream<net_t> stream() noexcept { return inlay::stream<net_t>{}; }"));
  CHECK(has(text, "std::array<net_t::step_input_type, 2> verification_inputs{{"));
  CHECK(!has(text, "verification_unnoticed"));
  network<sequence<2, 1>, dense<2>, mean_of_steps> whole{};
  CHECK(!has(written(whole, {.name = "whole"}), "stream"));
  const auto verified = written(whole, {.name = "whole", .verify_with = {{0.5, 1}}}); // of one that wants all steps a whole sequence
  CHECK(has(verified, "std::array<net_t::input_type, 1> verification_inputs{{"));
  CHECK(!has(verified, "verification_unnoticed"));
}
