#pragma once
#include <inlay/loss/regression.hpp> // planted
#ifdef __AVX2__                      // planted
#endif
