#pragma once
#include "inlay/io/error.hpp"
