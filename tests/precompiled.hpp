// What nearly every test includes, compiled once for all of them.
#pragma once

#include "catch.hpp"

#if defined(__clang__) // g++ would forget the pragmas of the instruction sets' headers, and warn of them
#include <inlay/inlay.hpp>
#endif
