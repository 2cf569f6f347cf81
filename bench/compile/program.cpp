#include "compile/program.hpp"

namespace bench {
namespace {

std::string includes(std::initializer_list<const char*> headers) {
  std::string source;
  for (const auto* h : headers) source += std::string("#include <") + h + ">\n";
  return source;
}

/// 32 inputs, then `depth` layers of 32.
std::string deep(std::size_t depth) {
  std::string net = "inlay::input<32>";
  for (std::size_t l = 0; l < depth; ++l) net += ", inlay::dense<32, inlay::relu>";
  return net;
}

std::string with_net(const std::string& net, const std::string& body) {
  return includes({"inlay/inlay.hpp"}) + "using net_t = inlay::network<" + net + ">;\n" + body;
}

const std::string inference = R"(
void call(const net_t& net, const net_t::input_type& x, net_t::output_type& y) { net(x, y); }
)";

const std::string training = R"(
void step(net_t& net, net_t& grad, inlay::adam<net_t>& optimizer, std::span<const net_t::input_type> xs,
          std::span<const net_t::output_type> targets) {
  grad = net_t{};
  inlay::backpropagate(net, xs, targets, inlay::mean_squared_error{}, grad);
  optimizer.step(net, grad);
}
)";

#ifdef INLAY_BENCH_EIGEN
const std::string eigen = R"(
template <int Out, int In>
struct dense {
  Eigen::Matrix<float, Out, In> w;
  Eigen::Matrix<float, Out, 1> b;
};
struct net_t {
  dense<64, 64> l1, l2;
  dense<10, 64> l3;
};
void call(const net_t& n, const Eigen::Matrix<float, 64, 1>& x, Eigen::Matrix<float, 10, 1>& y) {
  Eigen::Matrix<float, 64, 1> a = n.l1.b, b = n.l2.b;
  a.noalias() += n.l1.w * x;
  a = a.cwiseMax(0.0f);
  b.noalias() += n.l2.w * a;
  b = b.cwiseMax(0.0f);
  y = n.l3.b;
  y.noalias() += n.l3.w * b;
}
)";
#endif

} // namespace

std::vector<program> programs(std::size_t deepest) {
  std::vector<program> all{
      {"nothing", "header", 0, ""},
      {"the C++ library's headers that inlay includes", "header", 0, includes({INLAY_BENCH_STANDARD_HEADERS})},
      {"Boost.Hana's that inlay includes", "header", 0, includes({INLAY_BENCH_HANA_HEADERS})},
      {"xsimd/xsimd.hpp", "header", 0, includes({"xsimd/xsimd.hpp"})},
      {"inlay/inlay.hpp", "header", 0, includes({"inlay/inlay.hpp"})},
      {INLAY_BENCH_NET_NAME ": inference of one sample", "program", 0, with_net(INLAY_BENCH_NET, inference)},
      {INLAY_BENCH_NET_NAME ": training of batches", "program", 0, with_net(INLAY_BENCH_NET, training)},
  };
#ifdef INLAY_BENCH_EIGEN
  all.push_back({"Eigen/Core", "header", 0, includes({"Eigen/Core"})});
  all.push_back(
      {"N4 with Eigen's fixed sizes: inference of one sample", "program", 0, includes({"Eigen/Core"}) + eigen});
#endif
  for (const auto depth : std::initializer_list<std::size_t>{4, 16, 64, 128})
    if (depth <= deepest)
      all.push_back({std::to_string(depth) + " layers of 32: inference of one sample", "depth", depth,
                     with_net(deep(depth), inference)});
  return all;
}

} // namespace bench
