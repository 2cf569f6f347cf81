// The main job: a net learns to move a two-joint arm, is put into a loop, and is timed there beside Eigen.
#include "../distribution.hpp"
#include "../latency.hpp"
#include "controller.hpp"
#include "eigen_net.hpp"
#include "picture.hpp"
#include "robot.hpp"

#include <CLI/CLI.hpp>
#include <inlay/inlay.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

namespace {

using arm::net_t;

Eigen::VectorXf to_eigen(const std::array<float, 2>& values) { return Eigen::Vector2f(values[0], values[1]); }

/// The largest difference between the angles that both nets give, in radians.
float disagreement(const net_t& net, arm::eigen_net& eigen, const arm::samples& samples) {
  float worst = 0;
  for (const auto& p : samples.points)
    worst = std::max(worst, (eigen(to_eigen(p)) - to_eigen(net(p))).cwiseAbs().maxCoeff());
  return worst;
}

void print_row(const char* who, const timing::distribution& ns) {
  std::printf("  %-28s %9.0f %9.0f %9.0f %11.0f\n", who, ns.percentile(50), ns.percentile(99),
              ns.percentile(99.9), ns.percentile(100));
}

} // namespace

int main(int argc, char** argv) {
  std::string data_directory;
  bool quick = false;
  CLI::App app{
      "Teaches a net the inverse kinematics of a two-joint arm and times it in a loop, beside Eigen."};
  app.add_option("--data", data_directory, "folder for the data of the picture");
  app.add_flag("--quick", quick, "a short run, as a test");
  CLI11_PARSE(app, argc, argv);
  const std::size_t epochs = quick ? 60 : 2500, turns = quick ? 20 : 500;

  // 1. Learn.
  const arm::robot robot;
  const auto training = babble(robot, {.margin = 5 * arm::degree}, 20'000, 1);
  const auto held_out = babble(robot, {}, 10'000, 2);
  std::printf("A net learns to move a two-joint arm: position of the hand -> angles of the joints.\n"
              "  2-32-32-32-2 tanh, %zu parameters; %zu random poses to learn from, %zu held out\n\n",
              net_t::parameter_count, training.points.size(), held_out.points.size());
  net_t learned{};
  const auto start = std::chrono::steady_clock::now();
  train(learned, training, epochs);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  const auto errors = hand_errors_mm(learned, robot, held_out);
  std::printf(
      "Trained %zu epochs in %.1f s, %.2f us per sample.\n"
      "The hand of the %.0f mm arm misses held-out points by %.2f mm (median), %.2f (p99), %.2f (max).\n\n",
      epochs, took.count(), 1e6 * took.count() / static_cast<double>(epochs * training.points.size()),
      1000 * (robot.upper + robot.fore), errors.percentile(50), errors.percentile(99),
      errors.percentile(100));

  // 2. Put into a loop, where a gripper has made the forearm 20 mm longer and learning goes on sample by
  // sample; once with inlay, once with Eigen and the same parameters. Inputs are converted to Eigen's types
  // before anything is timed.
  const arm::robot longer{.fore = robot.fore + 0.02f};
  constexpr std::size_t seen_count = 8192; // a power of 2: i % seen_count costs nothing
  const auto seen = babble(longer, {}, seen_count, 3);
  std::vector<Eigen::VectorXf> points, poses;
  for (std::size_t i = 0; i < seen_count; ++i)
    points.push_back(to_eigen(seen.points[i])), poses.push_back(to_eigen(seen.poses[i]));

  const float learning_rate = 1e-4f;
  net_t net = learned;
  inlay::adam<net_t> optimizer{{.learning_rate = learning_rate}};
  arm::eigen_net eigen({2, 32, 32, 32, 2}, inlay::get_parameters(learned));
  const auto call = [&](std::size_t i) {
    auto angles = net(seen.points[i % seen_count]);
    timing::keep(angles);
  };
  const auto call_eigen = [&](std::size_t i) { timing::keep(eigen(points[i % seen_count])); };
  const auto step = [&](std::size_t i) {
    const auto &x = seen.points[i % seen_count], &target = seen.poses[i % seen_count];
    inlay::train_step(net, optimizer, inlay::mean_squared_error{}, x, target);
  };
  const auto step_eigen = [&](std::size_t i) {
    eigen.train(points[i % seen_count], poses[i % seen_count], learning_rate);
  };

  // Both must give the same angles, before and after learning, or nothing is timed.
  const float before = disagreement(net, eigen, held_out);
  for (std::size_t i = 0; i < 100; ++i)
    step(i), step_eigen(i);
  const float after = disagreement(net, eigen, held_out);
  if (!(before < 1e-5f && after < 1e-3f)) {
    std::fprintf(stderr,
                 "inlay and Eigen differ by %g rad, after 100 training steps by %g: nothing is timed\n",
                 before, after);
    return 1;
  }

  const bool pinned = timing::pin_to_core();
  const auto calls = timing::time_calls(turns, call, call_eigen);
  const auto steps = timing::time_calls(turns, step, step_eigen);
  std::printf("In a loop, ns                        p50       p99     p99.9         max\n"
              " one call, position -> angles\n");
  print_row("inlay", calls.calls[0]);
  print_row("Eigen, dynamic sizes", calls.calls[1]);
  std::printf(" one training step: forward, loss, backward, Adam\n");
  print_row("inlay", steps.calls[0]);
  print_row("Eigen, dynamic sizes", steps.calls[1]);
  std::printf(
      "  Of %zu single calls each, in turns, %s.\n"
      "  The clock's own %.0f ns are taken off; it counts in steps of %.1f ns.\n"
      "  Both give the same angles within %.0e rad, and after 100 training steps within %.0e rad.\n\n",
      turns * 1000, pinned ? "pinned to one core" : "not pinned to a core (the system does not allow it)",
      calls.clock, calls.step, before, after);

  const auto unseen = babble(longer, {}, 10'000, 4);
  const float surprised = hand_errors_mm(learned, longer, unseen).percentile(50);
  const float adapted = hand_errors_mm(net, longer, unseen).percentile(50);
  std::printf(
      "With a 20 mm gripper the hand missed by %.1f mm; after these steps in the loop by %.2f (median).\n",
      surprised, adapted);

  if (!data_directory.empty())
    arm::write_picture_data(data_directory, robot, calls.calls, steps.calls, [&](arm::point p) {
      return hand_error_mm(learned, robot, {p.x, p.y});
    });
  return errors.percentile(50) < (quick ? 10 : 1) && adapted < surprised / 2 ? 0 : 1;
}
