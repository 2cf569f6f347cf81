#pragma once

#include "../picture_data.hpp"
#include "robot.hpp"

#include <array>
#include <cmath>
#include <string>

namespace arm {

/// What picture.gp draws: the hand error over the plane, an arm in a pose, two histograms.
template <class HandError>
void write_picture_data(const std::string& directory, const robot& robot,
                        const std::array<timing::distribution, 2>& call, const std::array<timing::distribution, 2>& step,
                        HandError&& hand_error_mm) {
  auto map = create(directory + "/map.dat");
  for (int row = -60; row <= 110; ++row, map << '\n') // every 5 mm
    for (int column = -110; column <= 110; ++column) {
      const point p{0.005f * static_cast<float>(column), 0.005f * static_cast<float>(row)};
      const auto q = robot.reach(p);
      map << p.x << ' ' << p.y << ' ' << (q && range{}.contains(*q) ? hand_error_mm(p) : std::nanf(""))
          << '\n';
    }

  auto joints = create(directory + "/joints.dat");
  const pose q{70 * degree, -60 * degree};
  for (const point p : {point{0, 0}, robot.elbow(q), robot.hand(q)})
    joints << p.x << ' ' << p.y << '\n';

  write_histogram(directory + "/call.dat", call);
  write_histogram(directory + "/step.dat", step);

  auto facts = create(directory + "/facts.gp");
  facts << "call_inlay = " << call[0].percentile(50) << "\ncall_eigen = " << call[1].percentile(50)
        << "\nstep_inlay = " << step[0].percentile(50) << "\nstep_eigen = " << step[1].percentile(50) << '\n';
}

} // namespace arm
