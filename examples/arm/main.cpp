// The main job: a net learns to move a two-joint arm, is put into a loop, and is timed there beside Eigen.
#include "../progress.hpp"
#include "eigen_net.hpp"
#include "latency.hpp"
#include "picture.hpp"
#include "robot.hpp"

#include <CLI/CLI.hpp>
#include <inlay/inlay.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

namespace {

// The hand's position in metres -> shoulder and elbow in radians.
using net_t = inlay::network<inlay::input<2>, inlay::dense<32, inlay::tanh>, inlay::dense<32, inlay::tanh>,
                             inlay::dense<32, inlay::tanh>, inlay::dense<2>>;

struct samples {
  std::vector<net_t::input_type> points;
  std::vector<net_t::output_type> poses;
};

/// Moves the robot about at random and notes where its hand comes to be. No inverse is needed for that.
samples babble(const arm::robot& robot, arm::range range, std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  samples made;
  for (std::size_t i = 0; i < count; ++i) {
    const arm::pose q = range.sample(random);
    const arm::point p = robot.hand(q);
    made.points.push_back({p.x, p.y});
    made.poses.push_back({q.shoulder, q.elbow});
  }
  return made;
}

float hand_error_mm(const net_t& net, const arm::robot& robot, net_t::input_type p) {
  const auto q = net(p);
  return arm::distance_mm(robot.hand({q[0], q[1]}), {p[0], p[1]});
}

arm::distribution hand_errors_mm(const net_t& net, const arm::robot& robot, const samples& held_out) {
  std::vector<float> errors;
  for (const auto& p : held_out.points)
    errors.push_back(hand_error_mm(net, robot, p));
  return arm::distribution(std::move(errors));
}

void train(net_t& net, const samples& data, std::size_t epochs) {
  inlay::initialize(net, 1);
  struct stage {
    double share;
    float learning_rate;
  };
  progress bar("training", epochs);
  std::size_t done = 0;
  for (const auto [share, learning_rate] : {stage{0.5, 5e-3f}, {0.7, 1.5e-3f}, {0.85, 5e-4f}, {1.0, 1.5e-4f}}) {
    const auto until = static_cast<std::size_t>(share * static_cast<double>(epochs));
    inlay::adam<net_t> optimizer{{.learning_rate = learning_rate}};
    inlay::fit(net, optimizer, inlay::mean_squared_error{}, data.points, data.poses,
               {.epochs = until - done, .batch_size = 64, .seed = done + 1, .on_epoch = [&](auto&&...) { ++bar; }});
    done = until;
  }
}

void print_row(const char* who, const arm::distribution& times) {
  std::printf("  %-28s %9.0f %9.0f %9.0f %11.0f\n", who, times.percentile(50), times.percentile(99),
              times.percentile(99.9), times.percentile(100));
}

} // namespace

int main(int argc, char** argv) {
  std::string data_directory;
  bool quick = false;
  CLI::App app{"Teaches a net the inverse kinematics of a two-joint arm and times it in a loop, beside Eigen."};
  app.add_option("--data", data_directory, "folder for the data of the picture");
  app.add_flag("--quick", quick, "a short run, as a test");
  CLI11_PARSE(app, argc, argv);
  const std::size_t epochs = quick ? 60 : 1500, turns = quick ? 20 : 500;
  const float good_enough_mm = quick ? 10 : 1;

  const arm::robot robot;
  const auto training = babble(robot, {.margin = 5 * arm::degree}, 20'000, 1);
  const auto held_out = babble(robot, {}, 10'000, 2);
  std::printf("A net learns to move a two-joint arm: hand position -> joint angles.\n"
              "  2-32-32-32-2 tanh, %zu parameters; %zu poses to learn from, %zu held out\n\n",
              net_t::parameter_count, training.points.size(), held_out.points.size());

  net_t net{};
  const auto start = std::chrono::steady_clock::now();
  train(net, training, epochs);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  const auto errors = hand_errors_mm(net, robot, held_out);
  std::printf("Trained %zu epochs in %.1f s (%.2f us per sample).\n"
              "Hand error of the %.0f mm arm on held-out points: median %.2f mm, p99 %.2f mm, max %.2f mm\n\n",
              epochs, took.count(), 1e6 * took.count() / static_cast<double>(epochs * training.points.size()),
              1000 * (robot.upper + robot.fore), errors.percentile(50), errors.percentile(99), errors.percentile(100));

  // The same net in Eigen: nothing is timed before both give the same pose everywhere, and learn the same.
  const std::vector<Eigen::Index> widths{2, 32, 32, 32, 2};
  arm::eigen_net eigen(widths, inlay::get_parameters(net));
  const auto to_eigen = [](const auto& values) { return Eigen::Vector2f(values[0], values[1]); };
  const auto disagreement = [&] {
    float worst = 0;
    for (const auto& p : held_out.points)
      worst = std::max(worst, (eigen(to_eigen(p)) - to_eigen(net(p))).cwiseAbs().maxCoeff());
    return worst;
  };
  const float before = disagreement();

  // A gripper makes the forearm 20 mm longer; both nets go on learning in the loop, one sample at a time.
  const arm::robot longer{.fore = robot.fore + 0.02f};
  const auto seen = babble(longer, {}, 10'000, 3);
  const auto calm = babble(longer, {}, 10'000, 4);
  const float online_rate = 1e-4f;
  const auto frozen = net;
  net_t grad{};
  inlay::adam<net_t> optimizer{{.learning_rate = online_rate}};
  const auto learn = [&](std::size_t i) {
    grad = net_t{};
    const auto& [points, poses] = seen;
    inlay::backpropagate(net, points[i % points.size()], poses[i % poses.size()], inlay::mean_squared_error{}, grad);
    optimizer.step(net, grad);
  };
  std::vector<Eigen::VectorXf> xs, targets; // Eigen's own types, converted beforehand: not part of its time
  for (std::size_t i = 0; i < seen.points.size(); ++i)
    xs.emplace_back(to_eigen(seen.points[i])), targets.emplace_back(to_eigen(seen.poses[i]));
  const auto learn_eigen = [&](std::size_t i) { eigen.train(xs[i % xs.size()], targets[i % xs.size()], online_rate); };
  for (std::size_t i = 0; i < 100; ++i)
    learn(i), learn_eigen(i);
  const float after = disagreement();
  if (!(before < 1e-5f && after < 1e-3f)) {
    std::fprintf(stderr, "inlay and Eigen differ by %g rad, after 100 training steps by %g rad: nothing is timed\n",
                 before, after);
    return 1;
  }

  const bool pinned = arm::pin_to_core();
  const auto call = arm::time_calls(
      turns,
      [&](std::size_t i) {
        auto q = frozen(held_out.points[i % held_out.points.size()]);
        arm::keep(q);
      },
      [&](std::size_t i) { arm::keep(eigen(xs[i % xs.size()])); });
  const auto step = arm::time_calls(turns, learn, learn_eigen);

  std::printf("In a loop, ns                        p50       p99     p99.9         max\n"
              " one call, position -> angles\n");
  print_row("inlay", call.calls[0]);
  print_row("Eigen, dynamic sizes", call.calls[1]);
  std::printf(" one training step: forward, loss, backward, Adam\n");
  print_row("inlay", step.calls[0]);
  print_row("Eigen, dynamic sizes", step.calls[1]);
  std::printf("  %zu single calls each, in turns, %s. A clock reading, %.0f ns, is taken off.\n"
              "  Both give the same angles within %.0e rad; after 100 training steps, within %.0e rad.\n\n",
              turns * 1000, pinned ? "pinned to one core" : "not pinned: the system does not allow it", call.clock,
              before, after);

  const auto surprised = hand_errors_mm(frozen, longer, calm).percentile(50);
  const auto adapted = hand_errors_mm(net, longer, calm).percentile(50);
  std::printf("With a gripper, 20 mm long, the hand is %.1f mm off; after these %zu steps in the loop %.2f mm.\n",
              surprised, turns * 1020 + 100, adapted);

  if (!data_directory.empty())
    arm::write_picture_data(data_directory, robot, call.calls, step.calls,
                            [&](arm::point p) { return hand_error_mm(frozen, robot, {p.x, p.y}); });
  return errors.percentile(50) < good_enough_mm && adapted < surprised / 2 ? 0 : 1;
}
