#pragma once

#include "machine/machine.hpp"
#include "timing/run.hpp"

namespace bench {

/// What the machine can do, and what this was compiled with.
void print_machine(const machine&);

/// A line for each way in which the machine was not quiet.
void print_quietness(const quietness&);

} // namespace bench
