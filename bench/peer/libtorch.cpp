#include "net/training.hpp"
#include "peer/offer.hpp"

#include <torch/torch.h>
#include <torch/version.h>

#include <algorithm>
#include <cstring>

namespace bench {
namespace {

class libtorch {
public:
  static constexpr const char* name = "libtorch";
  static std::string version() {
    return std::to_string(TORCH_VERSION_MAJOR) + '.' + std::to_string(TORCH_VERSION_MINOR) + " (Debian's build)";
  }
  static std::string refusal(const topology& net) {
    for (const auto& a : net.activations)
      if (a != "identity" && a != "relu" && a != "tanh" && a != "sigmoid" && a != "gelu" && a != "silu")
        return "has no " + a;
    return {};
  }

  libtorch(const topology& net, std::span<const float> parameters, std::size_t batch)
      : inputs_(static_cast<long>(net.inputs())), outputs_(static_cast<long>(net.outputs())),
        batch_(static_cast<long>(batch)) {
    torch::set_num_threads(1);
    const float* p = parameters.data();
    for (std::size_t l = 1; l <= net.depth(); ++l) {
      torch::nn::Linear layer(static_cast<long>(net.widths[l - 1]), static_cast<long>(net.widths[l]));
      for (auto& tensor : layer->parameters()) {
        std::copy_n(p, tensor.numel(), tensor.data_ptr<float>());
        p += tensor.numel();
      }
      net_->push_back(layer);
      const auto& a = net.activations[l];
      if (a == "relu") net_->push_back(torch::nn::ReLU());
      else if (a == "tanh") net_->push_back(torch::nn::Tanh());
      else if (a == "sigmoid") net_->push_back(torch::nn::Sigmoid());
      else if (a == "gelu") net_->push_back(torch::nn::GELU());
      else if (a == "silu") net_->push_back(torch::nn::SiLU());
    }
    optimizer_ = std::make_unique<torch::optim::Adam>(
        net_->parameters(), torch::optim::AdamOptions(static_cast<double>(adam::learning_rate)));
  }

  void infer(const float* x, float* y, std::size_t) {
    const c10::InferenceMode without_gradients;
    const auto out = net_->forward(rows(x, inputs_));
    std::memcpy(y, out.data_ptr<float>(), static_cast<std::size_t>(out.numel()) * sizeof(float));
  }
  void step(const float* x, const float* target, std::size_t) {
    optimizer_->zero_grad();
    torch::mse_loss(net_->forward(rows(x, inputs_)), rows(target, outputs_)).backward();
    optimizer_->step();
  }
  std::vector<float> parameters() const {
    std::vector<float> all;
    for (const auto& tensor : net_->parameters())
      all.insert(all.end(), tensor.data_ptr<float>(), tensor.data_ptr<float>() + tensor.numel());
    return all;
  }

private:
  torch::Tensor rows(const float* p, long width) const { // reads the caller's memory
    return torch::from_blob(const_cast<float*>(p), {batch_, width});
  }

  long inputs_, outputs_, batch_;
  torch::nn::Sequential net_;
  std::unique_ptr<torch::optim::Adam> optimizer_;
};

const offer<libtorch> here;

} // namespace
} // namespace bench
