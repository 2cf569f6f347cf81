// Learns how fast a damped pendulum with a torque is accelerated, from its angle, speed and torque, and writes the net as a header and its
// parameters as text. pendulum <header> <parameters>
#include <inlay/inlay.hpp>
#include <inlay/io/header.hpp>

#include <cmath>
#include <cstddef>
#include <fstream>
#include <random>
#include <vector>

using net_t = inlay::network<inlay::input<3>, inlay::dense<32, inlay::tanh>, inlay::dense<32, inlay::tanh>, inlay::dense<1>>;

int main(int, char** arguments) {
  std::mt19937 numbers(1);
  std::uniform_real_distribution<float> angle(-4, 4), speed(-6, 6), torque(-3, 3);
  std::vector<net_t::input_type> xs(20000);
  std::vector<net_t::output_type> ys(xs.size());
  for (std::size_t s = 0; s < xs.size(); ++s) {
    xs[s] = {angle(numbers), speed(numbers), torque(numbers)};
    ys[s] = {-9.81f * std::sin(xs[s][0]) - .1f * xs[s][1] + xs[s][2]};
  }
  static net_t net{};
  inlay::initialize(net, 1);
  static inlay::adam<net_t> optimizer{};
  inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, ys, {.epochs = 40, .seed = 1});
  inlay::io::write_header(arguments[1], net, {.name = "pendulum"});
  std::ofstream text(arguments[2]);
  text.precision(9);
  for (const float parameter : inlay::get_parameters(net)) text << parameter << '\n';
}
