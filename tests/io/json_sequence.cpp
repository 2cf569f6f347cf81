#include "catch.hpp"

#include "io/refused.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/json.hpp>

// Nets that go along time, in RTNeural's JSON. Numbers are worked out here in double precision, from what its documents
// say of each layer.
namespace {

using inlay::conv1d, inlay::dense, inlay::gru, inlay::lstm, inlay::network, inlay::relu, inlay::sequence;
using inlay::conv_options;
namespace io = inlay::io;
using numbers = std::vector<double>;

std::span<const std::byte> bytes(const std::string& text) { return std::as_bytes(std::span(text)); }

template <class Net>
std::string refusal(const std::string& text) {
  return ::refusal([&] { io::load_json<Net>(bytes(text)); });
}

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

/// Numbers that differ, as JSON of this shape.
nlohmann::json made(std::vector<std::size_t> shape, int& n) {
  if (shape.empty())
    return std::sin(++n * 1.7) * 0.6;
  auto array = nlohmann::json::array();
  for (std::size_t k = 0; k < shape[0]; ++k)
    array.push_back(made({shape.begin() + 1, shape.end()}, n));
  return array;
}
double at(const nlohmann::json& of, std::size_t i, std::size_t j) { return of[i][j].get<double>(); }
nlohmann::json shape(std::size_t width) { return {nullptr, nullptr, width}; }

constexpr std::size_t steps = 12;
double input(std::size_t t) { return std::sin(static_cast<double>(t * t + 1)); }

/// A step of the net's sequence and of its stream, against what is expected of a step.
template <class Net, class Expected>
void check(const Net& net, Expected expected) {
  typename Net::input_type x{};
  for (std::size_t t = 0; t < steps; ++t)
    for (std::size_t c = 0; c < x.size() / steps; ++c)
      x[t * (x.size() / steps) + c] = static_cast<float>(input(t + 3 * c));
  const auto y = net(x);
  inlay::stream<Net> stream{};
  for (std::size_t t = 0; t < steps; ++t) {
    typename Net::step_input_type now{};
    for (std::size_t c = 0; c < now.size(); ++c)
      now[c] = x[t * now.size() + c];
    const auto streamed = stream(net, now);
    const numbers wanted = expected(now);
    for (std::size_t o = 0; o < wanted.size(); ++o) {
      CHECK(y[t * wanted.size() + o] == Approx(wanted[o]).margin(2e-6));
      CHECK(streamed[o] == Approx(wanted[o]).margin(2e-6));
    }
  }
}

template <class Net>
void check_round_trip() {
  Net net{};
  inlay::initialize(net, 3);
  const auto again = io::load_json<Net>(bytes(io::save_json(net)));
  CHECK(io::load_json<Net>(bytes(io::save_json(again))) ==
        again); // the net itself may have two biases where the file has one
  typename Net::input_type x{};
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = static_cast<float>(input(i));
  const auto y = net(x), z = again(x);
  for (std::size_t o = 0; o < y.size(); ++o)
    CHECK(z[o] == Approx(y[o]).margin(1e-6));
}

} // namespace

TEST_CASE("an lstm: gates i f c o, one bias") {
  int n = 0;
  const std::size_t h = 3;
  const auto w = made({2, 4 * h}, n), u = made({h, 4 * h}, n), b = made({4 * h}, n), v = made({h, 1}, n),
             c0 = made({1}, n);
  const nlohmann::json file{{"in_shape", {nullptr, nullptr, 2}},
                            {"author", "extra members mean nothing"},
                            {"layers",
                             {{{"type", "lstm"}, {"activation", "tanh"}, {"shape", shape(h)}, {"weights", {w, u, b}}},
                              {{"type", "dense"}, {"activation", ""}, {"shape", shape(1)}, {"weights", {v, c0}}}}}};
  using net_t = network<sequence<steps, 2>, lstm<h>, dense<1>>;
  numbers hidden(h, 0), cell(h, 0);
  check(io::load_json<net_t>(bytes(file.dump())), [&](auto x) {
    numbers next(h);
    for (std::size_t k = 0; k < h; ++k) {
      double z[4];
      for (std::size_t g = 0; g < 4; ++g) {
        z[g] = b[g * h + k].get<double>();
        for (std::size_t i = 0; i < 2; ++i)
          z[g] += double(x[i]) * at(w, i, g * h + k);
        for (std::size_t i = 0; i < h; ++i)
          z[g] += hidden[i] * at(u, i, g * h + k);
      }
      cell[k] = sigmoid(z[1]) * cell[k] + sigmoid(z[0]) * std::tanh(z[2]);
      next[k] = sigmoid(z[3]) * std::tanh(cell[k]);
    }
    hidden = next;
    double y = c0[0].get<double>();
    for (std::size_t k = 0; k < h; ++k)
      y += hidden[k] * at(v, k, 0);
    return numbers{y};
  });
  check_round_trip<net_t>();
}

TEST_CASE("a gru: gates z r h, reset behind the matrix, two biases") {
  int n = 7;
  const std::size_t h = 3;
  const auto w = made({1, 3 * h}, n), u = made({h, 3 * h}, n), b = made({2, 3 * h}, n);
  const nlohmann::json file{
      {"in_shape", {nullptr, nullptr, 1}},
      {"layers", {{{"type", "gru"}, {"activation", "tanh"}, {"shape", shape(h)}, {"weights", {w, u, b}}}}}};
  using net_t = network<sequence<steps, 1>, gru<h>>;
  numbers hidden(h, 0);
  check(io::load_json<net_t>(bytes(file.dump())), [&](auto x) {
    numbers next(h);
    for (std::size_t k = 0; k < h; ++k) {
      double of_x[3], of_h[3];
      for (std::size_t g = 0; g < 3; ++g) {
        of_x[g] = at(b, 0, g * h + k) + double(x[0]) * at(w, 0, g * h + k);
        of_h[g] = at(b, 1, g * h + k);
        for (std::size_t i = 0; i < h; ++i)
          of_h[g] += hidden[i] * at(u, i, g * h + k);
      }
      const double z = sigmoid(of_x[0] + of_h[0]), r = sigmoid(of_x[1] + of_h[1]);
      next[k] = (1 - z) * std::tanh(of_x[2] + r * of_h[2]) + z * hidden[k];
    }
    return hidden = next;
  });
  check_round_trip<net_t>();
  auto flat = file;
  flat["layers"][0]["weights"][2] = b[0];
  CHECK(refusal<net_t>(flat.dump()) == "memory: layer 1 (gru): expected 2 entries in biases [2][gates], of the input "
                                       "and of the state: reset_after=True, found 9");
  auto relu_inside = file;
  relu_inside["layers"][0]["activation"] = "relu";
  CHECK(refusal<net_t>(relu_inside.dump()) ==
        "memory: layer 1 (gru): expected activation 'tanh' of an gru, or '', found 'relu'");
}

TEST_CASE("a causal convolution with dilation and groups, a prelu, a batchnorm as layer and folded, a dense layer "
          "without bias") {
  int n = 3;
  const auto w = made({3, 2, 4}, n), b = made({4}, n), slopes = made({1, 4}, n), v = made({4, 2}, n);
  const auto gamma = made({2}, n), beta = made({2}, n), mean = made({2}, n);
  const nlohmann::json variance{0.5, 2};
  const nlohmann::json file{
      {"in_shape", {nullptr, 100, 4}},
      {"layers",
       {{{"type", "conv1d"},
         {"activation", "tanh"},
         {"shape", shape(4)},
         {"kernel_size", {3}},
         {"dilation", {2}},
         {"groups", 2},
         {"weights", {w, b}}},
        {{"type", "prelu"}, {"activation", ""}, {"shape", shape(4)}, {"weights", nlohmann::json::array({slopes})}},
        {{"type", "time-distributed-dense"},
         {"activation", ""},
         {"shape", shape(2)},
         {"weights", nlohmann::json::array({v})}},
        {{"type", "batchnorm"},
         {"activation", "relu"},
         {"shape", shape(2)},
         {"epsilon", 0.25},
         {"weights", {gamma, beta, mean, variance}}}}}};
  using convolution = conv1d<4, 3, inlay::tanh, conv_options{.dilation = 2, .groups = 2}>;
  using folded = network<sequence<steps, 4>, convolution, inlay::prelu<4>, dense<2, relu>>;
  using kept = network<sequence<steps, 4>, convolution, inlay::prelu<4>, dense<2>, inlay::batch_norm<std::ratio<1, 8>>,
                       inlay::activation<relu>>;
  const auto expected = [&](std::vector<numbers>& past, auto x) {
    past.emplace_back(x.begin(), x.end());
    numbers a(4), y(2);
    for (std::size_t o = 0; o < 4; ++o) {
      double z = b[o].get<double>();
      for (std::size_t k = 0; k < 3; ++k)
        for (std::size_t i = 0; i < 2; ++i)
          if (const std::size_t ago = (2 - k) * 2; ago < past.size())
            z += past[past.size() - 1 - ago][o / 2 * 2 + i] * w[k][i][o].get<double>();
      a[o] = std::tanh(z);
      if (a[o] < 0)
        a[o] *= at(slopes, 0, o);
    }
    for (std::size_t o = 0; o < 2; ++o) {
      for (std::size_t i = 0; i < 4; ++i)
        y[o] += a[i] * at(v, i, o);
      y[o] = (y[o] - mean[o].get<double>()) / std::sqrt(variance[o].get<double>() + 0.25) * gamma[o].get<double>() +
             beta[o].get<double>();
      y[o] = std::max(y[o], 0.0);
    }
    return y;
  };
  std::vector<numbers> past, past_again;
  check(io::load_json<folded>(bytes(file.dump())), [&](auto x) { return expected(past, x); });
  check(io::load_json<kept>(bytes(file.dump())), [&](auto x) { return expected(past_again, x); });
  check_round_trip<folded>();
  check_round_trip<kept>();

  CHECK(refusal<network<sequence<steps, 4>, conv1d<4, 3, inlay::tanh, 1, 2>, inlay::prelu<4>, dense<2, relu>>>(
            file.dump()) == "memory: layer 1 (conv1d): expected groups 1, found 2");
  auto behind = file;
  behind["layers"][2]["activation"] = "tanh";
  CHECK(refusal<
            network<sequence<steps, 4>, convolution, inlay::prelu<4>, dense<2, inlay::tanh>, inlay::activation<relu>>>(
            behind.dump()) == "memory: layer 4 (batchnorm): expected a batch_norm in the net, or a dense or conv1d "
                              "without activation before it, found "
                              "batch_norm, and before it something else");
  auto three = file;
  three["layers"][3]["weights"].erase(3);
  CHECK(refusal<folded>(three.dump()) ==
        "memory: layer 4 (batchnorm): expected 2 or 4 entries in weights (center and scale, or neither), found 3");
  auto many = file;
  many["layers"][0]["groups"] = 3;
  CHECK(refusal<folded>(many.dump()) ==
        "memory: layer 1 (conv1d): expected groups of 4 input and 4 output channels, found 3");
  many["layers"][0]["groups"] = 1;
  CHECK(refusal<folded>(many.dump()) == "memory: layer 1 (conv1d): expected 4 entries in weights [in][out], found 2");
  many["layers"][0]["groups"] = 2, many["layers"][0]["kernel_size"] = {1u << 21};
  CHECK(refusal<folded>(many.dump()) ==
        "memory: layer 1 (conv1d): expected 'kernel_size' as a whole number from 1 to 1048576, found '[2097152]'");
}

TEST_CASE("a shape that the weights deny is refused") {
  int n = 0;
  const nlohmann::json file{
      {"in_shape", {nullptr, nullptr, 1}},
      {"layers",
       {{{"type", "lstm"},
         {"activation", ""},
         {"shape", shape(2)},
         {"weights", {made({1, 12}, n), made({3, 12}, n), made({12}, n)}}},
        {{"type", "dense"}, {"activation", ""}, {"shape", shape(1)}, {"weights", {made({3, 1}, n), made({1}, n)}}}}}};
  CHECK(
      refusal<network<sequence<4, 1>, lstm<3>, dense<1>>>(file.dump()) ==
      "memory: layer 1 (lstm): expected 8 entries in a row of weights [in][4 x 2], of the 2 that shape says, found 12");
}

TEST_CASE("a state_dict as JSON goes into the net that is named") {
  int n = 0;
  const nlohmann::json file{
      {"rec.weight_ih_l0", made({9, 1}, n)},
      {"rec.weight_hh_l0", made({9, 3}, n)},
      {"rec.bias_ih_l0", made({9}, n)},
      {"rec.bias_hh_l0", made({9}, n)},
      {"rec.weight_ih_l1", made({9, 3}, n)},
      {"rec.weight_hh_l1", made({9, 3}, n)},
      {"rec.bias_ih_l1", made({9}, n)},
      {"rec.bias_hh_l1", made({9}, n)},
      {"out.weight", made({2, 3}, n)},
  };
  using net_t = network<sequence<steps, 1>, gru<3>, gru<3>, dense<2>>;
  const io::state_dict how{.names = {{"0", "rec"}, {"1", "rec"}, {"2", "out"}}}; // one module of two layers
  const auto net = io::load_json<net_t>(bytes(file.dump()), how);
  const auto parameters = inlay::get_parameters(net);
  std::size_t at = 0;
  const auto same = [&](const char* name) {
    for (const auto& row : file[name])
      for (const auto& one : row.is_array() ? row : nlohmann::json::array({row}))
        CHECK(parameters[at++] == one.get<float>());
  };
  for (const std::string layer : {"_l0", "_l1"})
    for (const std::string name : {"rec.weight_ih", "rec.weight_hh", "rec.bias_ih", "rec.bias_hh"})
      same((name + layer).c_str());
  same("out.weight");
  CHECK(parameters[at] == 0); // bias=False
  CHECK(parameters.size() == at + 2);

  const auto refused = [&](const nlohmann::json& text) {
    return ::refusal([&] { io::load_json<net_t>(bytes(text.dump()), how); });
  };
  auto wrong = file;
  wrong["rec.weight_ih_l0"].erase(8);
  CHECK(refused(wrong) == "memory: tensor 'rec.weight_ih_l0': expected shape [9, 1], found 8 entries in axis 0");
  wrong = file, wrong["out.weight"][0][1] = "1";
  CHECK(refused(wrong) ==
        "memory: tensor 'out.weight': expected numbers in arrays of shape [2, 3], found a JSON string");
  wrong = file, wrong["more.weight"] = 1;
  CHECK(refused(wrong) ==
        "memory: tensor 'more.weight': expected only tensors of the net (or .strict = false), found one more");
  wrong = file, wrong.erase("rec.bias_hh_l1");
  CHECK(refused(wrong).find("memory: tensor 'rec.bias_hh_l1': expected a tensor of this name, found only 'out.weight', "
                            "'rec.bias_hh_l0'") == 0);
}

TEST_CASE("a file that adds its input to its output wants a residual") {
  int n = 0;
  const auto w = made({1, 8}, n), u = made({2, 8}, n), b = made({8}, n), v = made({2, 1}, n), c = made({1}, n);
  nlohmann::json aida{{"in_shape", {nullptr, nullptr, 1}},
                      {"in_skip", 0},
                      {"layers",
                       {{{"type", "lstm"}, {"activation", ""}, {"shape", shape(2)}, {"weights", {w, u, b}}},
                        {{"type", "dense"}, {"activation", ""}, {"shape", shape(1)}, {"weights", {v, c}}}}}};
  using plain = network<sequence<steps, 1>, lstm<2>, dense<1>>;
  using skips = network<sequence<steps, 1>, inlay::residual<lstm<2>, dense<1>>>;
  const auto without = io::load_json<plain>(bytes(aida.dump()));
  aida["in_skip"] = 1;
  const auto with = io::load_json<skips>(bytes(aida.dump()));
  CHECK(inlay::get_parameters(with) == inlay::get_parameters(without));
  CHECK(refusal<plain>(aida.dump()) ==
        "memory: in_skip: expected a net that is one residual, as the input is added to the output, found another");
  aida["in_skip"] = 2;
  CHECK(refusal<skips>(aida.dump()) == "memory: in_skip: expected 0 or 1, found '2'");
  aida["in_skip"] = 1, aida["out_gain"] = -3;
  CHECK(refusal<skips>(aida.dump()) ==
        "memory: out_gain: expected 0, as the model is taken without its player's gains, found '-3'");

  const nlohmann::json guitar{{"model_data", {{"unit_type", "LSTM"}, {"skip", 1}}},
                              {"state_dict",
                               {{"rec.weight_ih_l0", made({8, 1}, n)},
                                {"rec.weight_hh_l0", made({8, 2}, n)},
                                {"rec.bias_ih_l0", made({8}, n)},
                                {"rec.bias_hh_l0", made({8}, n)},
                                {"lin.weight", made({1, 2}, n)},
                                {"lin.bias", made({1}, n)}}}};
  const auto net = io::load_json<skips>(bytes(guitar.dump()));
  CHECK(inlay::get_parameters(net)[8] == guitar["state_dict"]["rec.weight_hh_l0"][0][0].get<float>());
  CHECK(inlay::get_parameters(net).back() == guitar["state_dict"]["lin.bias"][0].get<float>());
  CHECK(refusal<plain>(guitar.dump()) == "memory: model_data, skip: expected a net that is one residual, as the input "
                                         "is added to the output, found another");
}
