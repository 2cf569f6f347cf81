#pragma once
#include <inlay/network.hpp>
#include <inlay/layer/residual.hpp>
#include <inlay/layer/conv1d.hpp>
#include <inlay/loss/huber.hpp>
#include <inlay/math/exponential.hpp>
#include <inlay/io/json.hpp> // planted
