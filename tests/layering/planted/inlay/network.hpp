#pragma once
#include <inlay/topology.hpp>
#include <boost/hana/at.hpp> // planted
