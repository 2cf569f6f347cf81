// What a program does with a net: none of it adds an error to the one that refuses net_t.
net_t::output_type use(const net_t::input_type& x, const net_t::output_type& target) {
  net_t net{}, grad{};
  inlay::initialize(net, 1);
  inlay::backpropagate(net, x, target, inlay::mean_squared_error{}, grad);
  inlay::adam<net_t> optimizer{};
  optimizer.step(net, grad);
  inlay::set_parameters(net, inlay::get_parameters(net));
  return net(x);
}
