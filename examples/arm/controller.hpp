#pragma once

#include "../distribution.hpp"
#include "../progress.hpp"
#include "robot.hpp"

#include <inlay/inlay.hpp>

#include <cstddef>
#include <random>
#include <utility>
#include <vector>

namespace arm {

/// The hand's position in metres -> the angles of shoulder and elbow in radians.
using net_t = inlay::network<inlay::input<2>, inlay::dense<32, inlay::tanh>, inlay::dense<32, inlay::tanh>,
                             inlay::dense<32, inlay::tanh>, inlay::dense<2>>;

struct samples {
  std::vector<net_t::input_type> points;
  std::vector<net_t::output_type> poses;
};

/// Moves the robot about at random and notes where its hand comes to be. No inverse is needed for that.
inline samples babble(const robot& robot, range range, std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  samples made;
  for (std::size_t i = 0; i < count; ++i) {
    const pose q = range.sample(random);
    const point p = robot.hand(q);
    made.points.push_back({p.x, p.y});
    made.poses.push_back({q.shoulder, q.elbow});
  }
  return made;
}

/// The learning rate falls in four stages; the first half of the epochs has the largest.
inline void train(net_t& net, const samples& data, std::size_t epochs) {
  struct stage {
    double until; // part of all epochs
    float learning_rate;
  };
  inlay::initialize(net, 1);
  inlay::adam<net_t> optimizer;
  progress bar("training", epochs);
  std::size_t done = 0;
  for (const auto [until, learning_rate] :
       {stage{0.5, 5e-3f}, {0.7, 1.5e-3f}, {0.85, 5e-4f}, {1.0, 1.5e-4f}}) {
    const auto end = static_cast<std::size_t>(until * static_cast<double>(epochs));
    optimizer.options.learning_rate = learning_rate;
    inlay::fit(net, optimizer, inlay::mean_squared_error{}, data.points, data.poses,
               {.epochs = end - done, .batch_size = 64, .seed = end, .on_epoch = [&](std::size_t, double) {
                  ++bar;
                }});
    done = end;
  }
}

/// How far the hand is from where it was sent.
inline float hand_error_mm(const net_t& net, const robot& robot, net_t::input_type p) {
  const auto [shoulder, elbow] = net(p);
  return distance_mm(robot.hand({shoulder, elbow}), {p[0], p[1]});
}

inline timing::distribution hand_errors_mm(const net_t& net, const robot& robot, const samples& held_out) {
  std::vector<float> errors;
  for (const auto& p : held_out.points)
    errors.push_back(hand_error_mm(net, robot, p));
  return timing::distribution(std::move(errors));
}

} // namespace arm
