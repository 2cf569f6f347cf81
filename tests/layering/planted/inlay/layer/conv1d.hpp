#pragma once
#include "dense.hpp" // planted
