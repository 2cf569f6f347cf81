#pragma once
#include "import.hpp"
#include "interpreter/evaluate.hpp"
