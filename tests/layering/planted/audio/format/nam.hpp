#include "architecture/lstm.hpp"
constexpr architecture_row architectures[]{nam_linear_row()};
constexpr format_row nam_row() { return {}; }
