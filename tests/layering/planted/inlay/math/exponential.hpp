#pragma once
#include <inlay/concepts.hpp>
#include <inlay/loss.hpp> // planted
