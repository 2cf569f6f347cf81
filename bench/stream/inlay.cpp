#include "stream/offer.hpp"

#include <inlay/inlay.hpp>

namespace bench {
namespace {

template <class Net>
class peer {
public:
  explicit peer(const stream_task& task) {
    inlay::set_parameters(net_, std::span<const float>(task.parameters).first<Net::parameter_count>());
  }
  void reset() noexcept { stream_ = {}; }
  float step(float x) noexcept { return stream_(net_, std::span<const float, 1>(&x, 1))[0]; }
  void block(const float* x, float* y, std::size_t n) noexcept {
    stream_(net_, {reinterpret_cast<const std::array<float, 1>*>(x), n}, {reinterpret_cast<std::array<float, 1>*>(y), n});
  }

private:
  Net net_{};
  inlay::stream<Net> stream_{};
};

/// A static object of this type adds a net to what inlay takes.
template <class... Layers>
struct offer {
  explicit offer(std::string net) {
    stream_libraries().push_back(
        {"inlay", std::move(net), [](const stream_task& task) {
           return contend<peer<inlay::network<inlay::sequence<1, 1>, Layers...>>>("inlay", task);
         }});
  }
};

using namespace inlay;
template <std::size_t channels, std::size_t dilation>
using convolution = conv1d<channels, 3, inlay::tanh, 1, dilation>;
template <std::size_t c>
using convolutions = offer<convolution<c, 1>, convolution<c, 2>, convolution<c, 4>, convolution<c, 8>, convolution<c, 16>, dense<1>>;

const offer<lstm<8>, dense<1>> lstm_8("LSTM 1-8-1");
const offer<lstm<16>, dense<1>> lstm_16("LSTM 1-16-1");
const offer<lstm<40>, dense<1>> lstm_40("LSTM 1-40-1");
const offer<gru<8>, dense<1>> gru_8("GRU 1-8-1");
const offer<gru<16>, dense<1>> gru_16("GRU 1-16-1");
const offer<gru<40>, dense<1>> gru_40("GRU 1-40-1");
const convolutions<8> of_8("5 convolutions, 8 channels");
const convolutions<16> of_16("5 convolutions, 16 channels");

} // namespace
} // namespace bench
