#include "convolution/offer.hpp"

#include <oneapi/dnnl/dnnl.hpp>

#include <unordered_map>

namespace bench {
namespace {

using dnnl::memory;
using dims = memory::dims;
using tag = memory::format_tag;

memory::desc described(const dims& of, tag order) { return {of, memory::data_type::f32, order}; }
dims dims_of(image of, memory::dim n, bool flat) {
  const auto c = static_cast<memory::dim>(of.channels), h = static_cast<memory::dim>(of.height),
             w = static_cast<memory::dim>(of.width);
  return flat ? dims{n, c} : dims{n, c, h, w};
}

/// A primitive for each stage, activations fused where it has that, everything in the layouts that it asks for: weights
/// are reordered before, samples where two stages disagree, and at the ends unless they may stay in its own order.
class onednn {
public:
  explicit onednn(const image_task& task) : n_(static_cast<memory::dim>(task.n)), own_(task.order == order::own) {
    flat_ = task.net.stages.front().kind == stage_kind::dense;
    image in = task.net.input;
    std::vector<float> x = task.x, theta = task.parameters;
    plain_x_ = memory(described(dims_of(in, n_, flat_), flat_ ? tag::nc : tag::nchw), engine_);
    std::copy(x.begin(), x.end(), static_cast<float*>(plain_x_.get_data_handle()));
    memory a = plain_x_;
    const float* at = theta.data();
    for (const auto& s : task.net.stages) {
      a = add(s, in, a, at);
      at += s.parameters(in);
      in = s.output(in);
    }
    const auto plain = described(dims_of(in, n_, flat_), flat_ ? tag::nc : tag::nchw);
    y_ = a;
    if (!own_)
      y_ = in_layout(a, plain);
    plain_y_ = y_.get_desc() == plain ? y_ : memory(plain, engine_);
    stream_.wait();
  }

  void call() {
    for (auto& s : steps_)
      s.primitive.execute(stream_, s.arguments);
    stream_.wait();
  }
  std::vector<float> y() {
    if (plain_y_ != y_)
      dnnl::reorder(y_, plain_y_).execute(stream_, y_, plain_y_);
    stream_.wait();
    const auto* first = static_cast<const float*>(plain_y_.get_data_handle());
    return {first, first + plain_y_.get_desc().get_size() / sizeof(float)};
  }

private:
  struct step {
    dnnl::primitive primitive;
    std::unordered_map<int, memory> arguments;
  };

  /// a in that layout, by a step of its own where it is in another.
  memory in_layout(const memory& a, const memory::desc& wanted) {
    if (a.get_desc() == wanted)
      return a;
    memory to(wanted, engine_);
    if (own_ && steps_.empty())
      dnnl::reorder(a, to).execute(stream_, const_cast<memory&>(a), to);
    else
      steps_.push_back({dnnl::reorder(a, to), {{DNNL_ARG_FROM, a}, {DNNL_ARG_TO, to}}});
    return to;
  }
  /// Numbers of ours in that layout.
  memory packed(const float* numbers, const memory::desc& plain, const memory::desc& wanted) {
    memory from(plain, engine_, const_cast<float*>(numbers)), to(wanted, engine_); // they are only read
    dnnl::reorder(from, to).execute(stream_, from, to);
    stream_.wait();
    return to;
  }

  static dnnl::primitive_attr with(const std::string& activation) {
    dnnl::post_ops after;
    const auto append = [&](dnnl::algorithm algorithm) {
#if DNNL_VERSION_MAJOR >= 3
      after.append_eltwise(algorithm, 0, 0);
#else
      after.append_eltwise(1, algorithm, 0, 0);
#endif
    };
    if (activation == "relu")
      append(dnnl::algorithm::eltwise_relu);
    if (activation == "sigmoid")
      append(dnnl::algorithm::eltwise_logistic);
    dnnl::primitive_attr attributes;
    attributes.set_post_ops(after);
    return attributes;
  }

  memory add(const stage& s, image in, const memory& x, const float* theta) {
    switch (s.kind) {
    case stage_kind::convolution:
      return add_convolution(s, in, x, theta);
    case stage_kind::max_pool:
      return add_pool(s, in, x);
    case stage_kind::dense:
      return add_dense(s, in, x, theta);
    case stage_kind::layer_norm:
      break;
    }
    return add_norm(s, in, x, theta);
  }

  memory add_convolution(const stage& s, image in, const memory& x, const float* theta) {
    const auto o = static_cast<memory::dim>(s.outputs), c = static_cast<memory::dim>(in.channels),
               k = static_cast<memory::dim>(s.kernel);
    const auto from = described(dims_of(in, n_, false), tag::any), w = described({o, c, k, k}, tag::any),
               b = described({o}, tag::a), to = described(dims_of(s.output(in), n_, false), tag::any);
    const dims one{1, 1}, none{0, 0};
    constexpr auto kind = dnnl::prop_kind::forward_inference;
    constexpr auto algorithm = dnnl::algorithm::convolution_auto;
#if DNNL_VERSION_MAJOR >= 3
    const dnnl::convolution_forward::primitive_desc description(engine_, kind, algorithm, from, w, b, to, one, none,
                                                                none, with(s.activation));
#else
    const dnnl::convolution_forward::primitive_desc description({kind, algorithm, from, w, b, to, one, none, none},
                                                                with(s.activation), engine_);
#endif
    memory a(description.dst_desc(), engine_);
    const memory weights = packed(theta, described({o, c, k, k}, tag::oihw), description.weights_desc()),
                 biases = packed(theta + o * c * k * k, b, description.bias_desc()),
                 source = in_layout(x, description.src_desc());
    steps_.push_back(
        {dnnl::convolution_forward(description),
         {{DNNL_ARG_SRC, source}, {DNNL_ARG_WEIGHTS, weights}, {DNNL_ARG_BIAS, biases}, {DNNL_ARG_DST, a}}});
    return a;
  }

  memory add_pool(const stage& s, image in, const memory& x) {
    const auto k = static_cast<memory::dim>(s.kernel);
    const auto to = described(dims_of(s.output(in), n_, false), tag::any);
    const dims kernel{k, k}, none{0, 0};
    constexpr auto kind = dnnl::prop_kind::forward_inference;
    constexpr auto algorithm = dnnl::algorithm::pooling_max;
#if DNNL_VERSION_MAJOR >= 3
    const dnnl::pooling_forward::primitive_desc description(engine_, kind, algorithm, x.get_desc(), to, kernel, kernel,
                                                            none, none, none);
#else
    const dnnl::pooling_forward::primitive_desc description(
        {kind, algorithm, x.get_desc(), to, kernel, kernel, none, none}, engine_);
#endif
    memory a(description.dst_desc(), engine_);
    steps_.push_back({dnnl::pooling_forward(description), {{DNNL_ARG_SRC, x}, {DNNL_ARG_DST, a}}});
    return a;
  }

  memory add_dense(const stage& s, image in, const memory& x, const float* theta) {
    const auto o = static_cast<memory::dim>(s.outputs);
    const auto of = dims_of(in, n_, flat_);
    dims weight_dims = of;
    weight_dims[0] = o;
    const auto from = described(of, tag::any), w = described(weight_dims, tag::any), b = described({o}, tag::a),
               to = described({n_, o}, tag::nc);
    constexpr auto kind = dnnl::prop_kind::forward_inference;
#if DNNL_VERSION_MAJOR >= 3
    const dnnl::inner_product_forward::primitive_desc description(engine_, kind, from, w, b, to, with(s.activation));
#else
    const dnnl::inner_product_forward::primitive_desc description({kind, from, w, b, to}, with(s.activation), engine_);
#endif
    memory a(description.dst_desc(), engine_);
    const memory weights =
                     packed(theta, described(weight_dims, flat_ ? tag::oi : tag::oihw), description.weights_desc()),
                 biases = packed(theta + static_cast<std::size_t>(o) * in.size(), b, description.bias_desc()),
                 source = in_layout(x, description.src_desc());
    steps_.push_back(
        {dnnl::inner_product_forward(description),
         {{DNNL_ARG_SRC, source}, {DNNL_ARG_WEIGHTS, weights}, {DNNL_ARG_BIAS, biases}, {DNNL_ARG_DST, a}}});
    flat_ = true;
    return a;
  }

  memory add_norm(const stage& s, image in, const memory& x, const float* theta) {
    constexpr auto kind = dnnl::prop_kind::forward_inference;
    const auto size = static_cast<memory::dim>(in.size());
#if DNNL_VERSION_MAJOR >= 3
    using enum dnnl::normalization_flags;
    const dnnl::layer_normalization_forward::primitive_desc description(engine_, kind, x.get_desc(), x.get_desc(),
                                                                        1e-5f, use_scale | use_shift);
    const memory scale = packed(theta, described({size}, tag::a), described({size}, tag::a)),
                 shift = packed(theta + size, described({size}, tag::a), described({size}, tag::a));
    const std::unordered_map<int, memory> arguments{
        {DNNL_ARG_SRC, x}, {DNNL_ARG_DST, x}, {DNNL_ARG_SCALE, scale}, {DNNL_ARG_SHIFT, shift}};
#else
    const dnnl::layer_normalization_forward::primitive_desc description(
        {kind, x.get_desc(), 1e-5f, dnnl::normalization_flags::use_scale_shift}, engine_);
    const auto both = described({2, size}, tag::nc);
    const std::unordered_map<int, memory> arguments{
        {DNNL_ARG_SRC, x}, {DNNL_ARG_DST, x}, {DNNL_ARG_SCALE_SHIFT, packed(theta, both, both)}};
#endif
    steps_.push_back({dnnl::layer_normalization_forward(description), arguments});
    if (s.activation == "relu")
      add_relu(x);
    return x;
  }
  void add_relu(const memory& x) {
    constexpr auto kind = dnnl::prop_kind::forward_inference;
    constexpr auto algorithm = dnnl::algorithm::eltwise_relu;
#if DNNL_VERSION_MAJOR >= 3
    const dnnl::eltwise_forward::primitive_desc description(engine_, kind, algorithm, x.get_desc(), x.get_desc(), 0.0f,
                                                            0.0f);
#else
    const dnnl::eltwise_forward::primitive_desc description({kind, algorithm, x.get_desc(), 0, 0}, engine_);
#endif
    steps_.push_back({dnnl::eltwise_forward(description), {{DNNL_ARG_SRC, x}, {DNNL_ARG_DST, x}}});
  }

  memory::dim n_;
  bool own_, flat_ = false;
  dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream_{engine_};
  memory plain_x_, y_, plain_y_;
  std::vector<step> steps_;
};

const struct offer {
  offer() {
    image_libraries().push_back({.name = "oneDNN",
                                 .takes = [](const image_task&) { return true; },
                                 .make = [](const image_task& task) { return contend<onednn>("oneDNN", task); }});
  }
} here;

} // namespace
} // namespace bench
