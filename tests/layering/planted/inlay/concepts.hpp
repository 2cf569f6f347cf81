#pragma once
#include <inlay/shape.hpp>
