// The gradient of the loss by the input: which way must a point move until the net changes its mind?
#include <inlay/inlay.hpp>

#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

using net_t = inlay::network<inlay::input<2>, inlay::dense<32, inlay::tanh>, inlay::dense<32, inlay::tanh>,
                             inlay::dense<1>>;

int main() {
  // The net learns which points of a square are inside a circle.
  constexpr float radius = 0.6f;
  std::mt19937 random(1);
  std::uniform_real_distribution<float> coordinate(-1, 1);
  std::vector<net_t::input_type> points(4000);
  std::vector<net_t::output_type> inside(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    points[i] = {coordinate(random), coordinate(random)};
    inside[i][0] = std::hypot(points[i][0], points[i][1]) < radius ? 1.0f : 0.0f;
  }
  net_t net{};
  inlay::initialize(net, 1);
  inlay::adam<net_t> optimizer{{.learning_rate = 3e-3f}};
  const inlay::binary_cross_entropy loss;
  inlay::fit(net, optimizer, loss, points, inside, {.epochs = 60, .batch_size = 32});

  // Down the loss of "outside" the point moves, by small steps, to where the net says so.
  const net_t::input_type start{0.25f, 0.1f};
  const net_t::output_type outside{0};
  auto p = start;
  int steps = 0;
  for (; net(p)[0] > 0 && steps < 1000; ++steps) {
    const auto gradient = inlay::input_gradient(net, p, outside, loss);
    const float length = std::hypot(gradient[0], gradient[1]);
    for (std::size_t i = 0; i < 2; ++i)
      p[i] -= 0.002f * gradient[i] / length;
  }
  const float moved = std::hypot(p[0] - start[0], p[1] - start[1]);
  const float needed = radius - std::hypot(start[0], start[1]);
  std::printf("(%.2f, %.2f) is inside; pushed %.3f to (%.2f, %.2f) it is outside. The circle is %.3f away.\n",
              start[0], start[1], moved, p[0], p[1], needed);
  return std::abs(moved - needed) < 0.05f ? 0 : 1;
}
