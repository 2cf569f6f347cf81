#pragma once
#include <inlay/layer.hpp>
#include <boost/hana/basic_tuple.hpp>
