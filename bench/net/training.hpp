#pragma once

namespace bench {

/// The step that everybody takes: Adam with PyTorch's defaults but for the rate. The rate is small so that the net
/// stays nearly what it was initialised to: a net that learns has ever smaller gradients, and a unit that dies has
/// moments that decay into denormals; what such states cost is measured on purpose elsewhere.
struct adam {
  static constexpr float learning_rate = 1e-4f, beta1 = 0.9f, beta2 = 0.999f, epsilon = 1e-8f;
};

} // namespace bench
