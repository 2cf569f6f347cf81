// A batch from input_t to output_t.
#include <vector>

void call(const net_t& net, const std::vector<input_t>& xs, std::vector<output_t>& ys) { net(xs, ys); }
