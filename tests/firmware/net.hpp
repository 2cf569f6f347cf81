#pragma once

#include <inlay/inlay.hpp>

/// The net whose size is told: 1217 parameters.
using net_t = inlay::network<inlay::input<3>, inlay::dense<32, inlay::tanh>, inlay::dense<32, inlay::tanh>, inlay::dense<1>>;
