#pragma once
#include <inlay/layer.hpp>
#include <inlay/loss.hpp> // planted
