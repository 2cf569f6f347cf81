#include "peer/offer.hpp"

#include <oneapi/dnnl/dnnl.hpp>

#include <unordered_map>

namespace bench {
namespace {

/// One inner-product primitive a layer, the activation fused into it, weights in the layout it asks for; softmax, which
/// is no element-wise operation, as a primitive of its own in the same memory.
class onednn {
public:
  static constexpr const char* name = "oneDNN";
  static std::string version() {
    const auto* v = dnnl::version();
    return std::to_string(v->major) + '.' + std::to_string(v->minor) + '.' + std::to_string(v->patch);
  }
  static std::string refusal(const topology& net) {
    for (const auto& a : net.activations)
      if (a != "identity" && !is_softmax(a) && !fused(a))
        return "has no " + a;
    return {};
  }

  onednn(const topology& net, std::span<const float> parameters, std::size_t batch) {
    using memory = dnnl::memory;
    const auto n = static_cast<memory::dim>(batch);
    const auto of = [](const memory::dims& dims, memory::format_tag tag) {
      return memory::desc(dims, memory::data_type::f32, tag);
    };
    auto* data = const_cast<float*>(parameters.data()); // a memory object cannot be const; it is only read
    const memory::dims input{n, static_cast<memory::dim>(net.inputs())};
    x_ = memory(of(input, memory::format_tag::nc), engine_, nullptr);
    memory below = x_;
    for (std::size_t l = 1; l <= net.depth(); ++l) {
      const auto out = static_cast<memory::dim>(net.widths[l]), in = static_cast<memory::dim>(net.widths[l - 1]);
      const bool last = l == net.depth();
      const auto outer = last ? memory::format_tag::nc : memory::format_tag::any;
      dnnl::primitive_attr attributes;
      if (const auto* operations = fused(net.activations[l])) {
        dnnl::post_ops after;
        for (const auto& o : *operations) {
#if DNNL_VERSION_MAJOR >= 3
          after.append_eltwise(o.algorithm, o.alpha, o.beta);
#else
          after.append_eltwise(1, o.algorithm, o.alpha, o.beta);
#endif
        }
        attributes.set_post_ops(after);
      }
      const auto weights = of({out, in}, memory::format_tag::any), biases = of({out}, memory::format_tag::a),
                 outputs = of({n, out}, outer);
#if DNNL_VERSION_MAJOR >= 3
      const dnnl::inner_product_forward::primitive_desc description(
          engine_, dnnl::prop_kind::forward_inference, below.get_desc(), weights, biases, outputs, attributes);
#else
      const dnnl::inner_product_forward::primitive_desc description(
          {dnnl::prop_kind::forward_inference, below.get_desc(), weights, biases, outputs}, attributes, engine_);
#endif
      memory packed(description.weights_desc(), engine_), bias(description.bias_desc(), engine_);
      memory plain(of({out, in}, memory::format_tag::oi), engine_, data);
      dnnl::reorder(plain, packed).execute(stream_, plain, packed);
      memory plain_bias(of({out}, memory::format_tag::a), engine_, data + out * in);
      dnnl::reorder(plain_bias, bias).execute(stream_, plain_bias, bias);
      memory a = last ? memory(description.dst_desc(), engine_, nullptr) : memory(description.dst_desc(), engine_);
      layers_.push_back(
          {dnnl::inner_product_forward(description),
           {{DNNL_ARG_SRC, below}, {DNNL_ARG_WEIGHTS, packed}, {DNNL_ARG_BIAS, bias}, {DNNL_ARG_DST, a}}});
      if (is_softmax(net.activations[l]))
        layers_.push_back({softmax(net.activations[l], a.get_desc()), {{DNNL_ARG_SRC, a}, {DNNL_ARG_DST, a}}});
      below = a;
      data += out * (in + 1);
    }
    y_ = below;
    stream_.wait();
  }

  void infer(const float* x, float* y, std::size_t) {
    if (x != x_.get_data_handle())
      x_.set_data_handle(const_cast<float*>(x));
    if (y != y_.get_data_handle())
      y_.set_data_handle(y);
    for (auto& l : layers_)
      l.primitive.execute(stream_, l.arguments);
    stream_.wait();
  }

private:
  struct layer {
    dnnl::primitive primitive;
    std::unordered_map<int, dnnl::memory> arguments;
  };
  struct operation {
    dnnl::algorithm algorithm;
    float alpha = 0, beta = 0;
  };

  /// The element-wise operations that make up an activation; nullptr where there are none. fast_tanh and fast_sigmoid
  /// are the exact ones here. Some alphas and betas are read by later releases only.
  static const std::vector<operation>* fused(const std::string& activation) {
    using enum dnnl::algorithm;
    static const std::unordered_map<std::string, std::vector<operation>> known{
        {"relu", {{eltwise_relu}}},
        {"leaky_relu", {{eltwise_relu, 0.01f}}},
        {"elu", {{eltwise_elu, 1}}},
        {"celu", {{eltwise_elu, 1}}},
        {"selu", {{eltwise_elu, 1.6732632f}, {eltwise_linear, 1.050701f}}},
        {"sigmoid", {{eltwise_logistic}}},
        {"fast_sigmoid", {{eltwise_logistic}}},
        {"tanh", {{eltwise_tanh}}},
        {"fast_tanh", {{eltwise_tanh}}},
        {"gelu", {{eltwise_gelu_erf}}},
        {"gelu_tanh", {{eltwise_gelu_tanh}}},
        {"silu", {{eltwise_swish, 1}}},
        {"mish", {{eltwise_mish}}},
        {"softplus", {{eltwise_soft_relu, 1}}},
        {"hard_sigmoid", {{eltwise_linear, 1 / 6.0f, 0.5f}, {eltwise_clip, 0, 1}}},
        {"hard_tanh", {{eltwise_clip, -1, 1}}},
        {"hard_swish", {{eltwise_hardswish, 1 / 6.0f, 0.5f}}}};
    const auto found = known.find(activation);
    return found == known.end() ? nullptr : &found->second;
  }

  static bool is_softmax(const std::string& activation) { return activation.ends_with("softmax"); }
  dnnl::primitive softmax(const std::string& activation, const dnnl::memory::desc& rows) const {
    using enum dnnl::algorithm;
    const auto algorithm = activation == "softmax" ? softmax_accurate : softmax_log;
#if DNNL_VERSION_MAJOR >= 3
    return dnnl::softmax_forward({engine_, dnnl::prop_kind::forward_inference, algorithm, rows, rows, 1});
#else
    return dnnl::softmax_v2_forward(dnnl::softmax_v2_forward::primitive_desc(
        {dnnl::prop_kind::forward_inference, algorithm, rows, rows, 1}, engine_));
#endif
  }

  dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream_{engine_};
  dnnl::memory x_, y_;
  std::vector<layer> layers_;
};

const offer<onednn> here;

} // namespace
} // namespace bench
