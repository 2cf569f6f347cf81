#include "net.hpp"

net_t::output_type call(const net_t& net, const net_t::input_type& x) { return net(x); }
