// One sample, an input_t.
float first(const net_t& net, const input_t& x) {
  const auto y = net(x);
  return y[0];
}
