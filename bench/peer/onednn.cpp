#include "measure.hpp"

#include <oneapi/dnnl/dnnl.hpp>

#include <unordered_map>

namespace bench {
namespace {

/// One inner-product primitive a layer, the activation fused into it, weights in the layout it asks for.
class onednn {
public:
  static constexpr const char* name = "oneDNN";
  static std::string version() {
    const auto* v = dnnl::version();
    return std::to_string(v->major) + '.' + std::to_string(v->minor) + '.' + std::to_string(v->patch);
  }
  static std::string refusal(const topology& net) {
    for (const auto& a : net.activations)
      if (a != "identity" && !algorithm(a)) return "has no " + a;
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
      if (const auto a = algorithm(net.activations[l])) {
        dnnl::post_ops fused;
#if DNNL_VERSION_MAJOR >= 3
        fused.append_eltwise(*a, 0, 0);
#else
        fused.append_eltwise(1, *a, 0, 0);
#endif
        attributes.set_post_ops(fused);
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
      below = a;
      data += out * (in + 1);
    }
    y_ = below;
    stream_.wait();
  }

  void infer(const float* x, float* y, std::size_t) {
    if (x != x_.get_data_handle()) x_.set_data_handle(const_cast<float*>(x));
    if (y != y_.get_data_handle()) y_.set_data_handle(y);
    for (auto& l : layers_) l.primitive.execute(stream_, l.arguments);
    stream_.wait();
  }

private:
  struct layer {
    dnnl::inner_product_forward primitive;
    std::unordered_map<int, dnnl::memory> arguments;
  };

  static const dnnl::algorithm* algorithm(const std::string& activation) {
    static const std::unordered_map<std::string, dnnl::algorithm> known{{"relu", dnnl::algorithm::eltwise_relu},
                                                                        {"tanh", dnnl::algorithm::eltwise_tanh},
                                                                        {"sigmoid", dnnl::algorithm::eltwise_logistic},
                                                                        {"gelu", dnnl::algorithm::eltwise_gelu_erf},
                                                                        {"mish", dnnl::algorithm::eltwise_mish}};
    const auto found = known.find(activation);
    return found == known.end() ? nullptr : &found->second;
  }

  dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream_{engine_};
  dnnl::memory x_, y_;
  std::vector<layer> layers_;
};

const offer<onednn> here;

} // namespace
} // namespace bench
