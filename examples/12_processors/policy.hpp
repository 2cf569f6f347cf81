#pragma once

#include <array>

/// A controller of a joint: position, velocity and where to go in, torque out. Compiled once for each kind of processor; only
/// plain types cross from unit to unit, because what a net computes has another name in each.
namespace policy {

using observation = std::array<float, 3>;
using action = std::array<float, 1>;

namespace for_every_processor {
action act(const observation& x) noexcept;
}
namespace for_avx2 {
action act(const observation& x) noexcept;
}
namespace for_avx512 {
action act(const observation& x) noexcept;
}

} // namespace policy
