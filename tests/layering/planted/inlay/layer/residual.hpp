#pragma once
#include <inlay/network.hpp>
