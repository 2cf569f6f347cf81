#pragma once
#include <inlay/loss.hpp>
#include <inlay/optimizer/sgd.hpp> // planted
