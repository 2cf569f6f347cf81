#pragma once
#include <inlay/tensor.hpp>
