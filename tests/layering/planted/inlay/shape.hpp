#pragma once
#include <cstddef>
#include <inlay/concepts.hpp> // planted
