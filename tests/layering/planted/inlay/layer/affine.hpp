#pragma once
#include <inlay/layer.hpp>
