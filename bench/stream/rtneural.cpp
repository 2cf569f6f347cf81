// RTNeural, compiled once for each of its back ends: BACK_END is the name, RTNEURAL_NAMESPACE keeps them apart.
#include "stream/offer.hpp"

#include <RTNeural/RTNeural.h>

namespace bench {
namespace {

using namespace RTNEURAL_NAMESPACE;
using matrix = std::vector<std::vector<float>>;

/// Parameters one after the other, taken in matrices.
class reader {
public:
  explicit reader(const float* at) : at_(at) {}
  std::vector<float> row(std::size_t n) {
    at_ += n;
    return {at_ - n, at_};
  }
  matrix rows(std::size_t n, std::size_t each) {
    matrix all;
    for (std::size_t i = 0; i < n; ++i)
      all.push_back(row(each));
    return all;
  }

private:
  const float* at_;
};

/// W[out][in] as RTNeural's recurrent layers have it, [in][out], the blocks of `gates` in another order.
matrix turned(const matrix& w, std::size_t n, const std::vector<std::size_t>& order) {
  matrix t(w[0].size(), std::vector<float>(w.size()));
  for (std::size_t g = 0; g < order.size(); ++g)
    for (std::size_t k = 0; k < n; ++k)
      for (std::size_t i = 0; i < t.size(); ++i)
        t[i][g * n + k] = w[order[g] * n + k][i];
  return t;
}
std::vector<float> turned(const std::vector<float>& b, std::size_t n, const std::vector<std::size_t>& order) {
  std::vector<float> t;
  for (const std::size_t g : order)
    t.insert(t.end(), b.begin() + static_cast<long>(g * n), b.begin() + static_cast<long>((g + 1) * n));
  return t;
}

template <int in, int n>
void set(LSTMLayerT<float, in, n>& layer, reader& from) { // i f g o in both
  const std::vector<std::size_t> order{0, 1, 2, 3};
  layer.setWVals(turned(from.rows(4 * n, in), n, order));
  layer.setUVals(turned(from.rows(4 * n, n), n, order));
  auto b = from.row(4 * n);
  const auto b2 = from.row(4 * n);
  for (std::size_t i = 0; i < b.size(); ++i)
    b[i] += b2[i];
  layer.setBVals(b);
}
template <int in, int n>
void set(GRULayerT<float, in, n>& layer, reader& from) { // r z n, there z r n
  const std::vector<std::size_t> order{1, 0, 2};
  layer.setWVals(turned(from.rows(3 * n, in), n, order));
  layer.setUVals(turned(from.rows(3 * n, n), n, order));
  const auto b = turned(from.row(3 * n), n, order), b2 = turned(from.row(3 * n), n, order);
  layer.setBVals({b, b2});
}
template <int in, int out, int kernel, int dilation>
void set(Conv1DT<float, in, out, kernel, dilation>& layer, reader& from) {
  std::vector<matrix> w;
  for (int o = 0; o < out; ++o) {
    w.push_back(from.rows(in, kernel));
    for (auto& taps : w.back())
      std::reverse(taps.begin(), taps.end()); // there the newest is first
  }
  layer.setWeights(w);
  layer.setBias(from.row(out));
}
template <int in, int out>
void set(DenseT<float, in, out>& layer, reader& from) {
  layer.setWeights(from.rows(out, in));
  layer.setBias(from.row(out).data());
}
template <int n>
void set(TanhActivationT<float, n>&, reader&) {}

template <class Model, std::size_t layers>
class peer {
public:
  explicit peer(const stream_task& task) {
    reader from(task.parameters.data());
    [&]<std::size_t... l>(std::index_sequence<l...>) {
      (set(model_.template get<l>(), from), ...);
    }(std::make_index_sequence<layers>{});
    reset();
  }
  void reset() { model_.reset(); }
  float step(float x) noexcept {
    in_[0] = x;
    return model_.forward(in_);
  }

private:
  Model model_;
  alignas(64) float in_[16] = {};
};

template <class... Layers>
struct offer {
  explicit offer(std::string net) {
    using model = ModelT<float, 1, 1, Layers...>;
    stream_libraries().push_back({"RTNeural", std::move(net), [](const stream_task& task) {
                                    return contend<peer<model, sizeof...(Layers)>>(BACK_END, task);
                                  }});
  }
};
template <int in, int c, int dilation>
using convolution = Conv1DT<float, in, c, 3, dilation>;
template <int c>
using tanh_of = TanhActivationT<float, c>;
template <int c>
using convolutions = offer<convolution<1, c, 1>, tanh_of<c>, convolution<c, c, 2>, tanh_of<c>, convolution<c, c, 4>, tanh_of<c>,
                           convolution<c, c, 8>, tanh_of<c>, convolution<c, c, 16>, tanh_of<c>, DenseT<float, c, 1>>;

const offer<LSTMLayerT<float, 1, 8>, DenseT<float, 8, 1>> lstm_8("LSTM 1-8-1");
const offer<LSTMLayerT<float, 1, 16>, DenseT<float, 16, 1>> lstm_16("LSTM 1-16-1");
const offer<LSTMLayerT<float, 1, 40>, DenseT<float, 40, 1>> lstm_40("LSTM 1-40-1");
const offer<GRULayerT<float, 1, 8>, DenseT<float, 8, 1>> gru_8("GRU 1-8-1");
const offer<GRULayerT<float, 1, 16>, DenseT<float, 16, 1>> gru_16("GRU 1-16-1");
const offer<GRULayerT<float, 1, 40>, DenseT<float, 40, 1>> gru_40("GRU 1-40-1");
const convolutions<8> of_8("5 convolutions, 8 channels");
const convolutions<16> of_16("5 convolutions, 16 channels");

} // namespace
} // namespace bench
