#include "format/nam.hpp"
constexpr architecture_row nam_lstm_row() { return {}; }
constexpr architecture_row nam_linear_row() { return {}; }
