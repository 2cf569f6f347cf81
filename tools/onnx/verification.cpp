#include "verification.hpp"

#include "masks.hpp"
#include "verification_samples.hpp"

#include "inlay/io/detail/evaluate_steps.hpp"
#include "inlay/io/detail/text.hpp"
#include "inlay/math/arithmetic.hpp"

#include <algorithm>

namespace inlay::onnx {

namespace {

std::vector<verification_sample> given_samples(const graph& model, const std::vector<tensor>& given,
                                               const io::detail::net_description& net) {
  const std::size_t features = io::detail::size_of(net.input);
  std::vector<verification_sample> samples;
  for (const tensor& one : given) {
    if (one.size() == 0 || one.size() % features)
      throw io::error(model.file, "inputs to verify with", "samples of " + std::to_string(features),
                      "shape " + text_of(one.shape));
    for (auto at = one.values.begin(); at != one.values.end(); at += static_cast<std::ptrdiff_t>(features))
      samples.push_back(verification_sample_of(net, {at, at + static_cast<std::ptrdiff_t>(features)}));
  }
  return samples;
}

/// What the graph computes and what the layers compute of sample s, both in double precision; and how far the compiled
/// net may be off.
void compare(imported_model& into, const graph& model, std::size_t s) {
  const std::string part = "verification sample " + std::to_string(s);
  const auto computed = io::detail::evaluate(into.net, into.x[s]);
  for (std::size_t o = 0; o < computed.size(); ++o) {
    const double wanted = into.y[s][o], difference = std::abs(computed[o] - wanted);
    double& tolerance = into.tolerance[s][o];
    if (!math::is_finite(wanted))
      throw io::error(model.file, part, "finite outputs", "output " + std::to_string(o) + " infinite or NaN");
    if (!math::is_finite(computed[o]) || difference > std::max(tolerance, 1e-5 * std::max(1.0, std::abs(wanted))))
      throw io::error(model.file, part,
                      io::detail::text_of(wanted) +
                          ", what the graph computes (please report this: the importer is wrong)",
                      io::detail::text_of(computed[o]));
    tolerance += difference; // formulas with constants that the exporter has rounded to float
  }
}

} // namespace

void add_verification(imported_model& into, const graph& model, const follower& followed,
                      const import_options& options) {
  for (auto& sample : options.inputs.empty() ? verification_samples(into.net, followed.steps, masks_of(followed), options.candidates)
                                             : given_samples(model, options.inputs, into.net)) {
    into.x.push_back(std::move(sample.x));
    into.tolerance.push_back(std::move(sample.tolerance));
  }

  for (std::size_t first = 0; first < into.x.size(); first += followed.batch) {
    std::map<std::string, tensor> x;
    std::size_t offset = 0;
    for (const auto& input : followed.inputs) {
      tensor& values = x[input.tensor] = {followed.value(input.tensor).shape, {}};
      for (const std::size_t from : input.where) {
        const auto& sample = into.x[std::min(first + from / input.features, into.x.size() - 1)];
        values.values.push_back(sample[offset + from % input.features]);
      }
      offset += input.features;
    }
    const auto y = evaluate(model, std::move(x));
    for (std::size_t s = first; s < std::min(first + followed.batch, into.x.size()); ++s) {
      into.y.emplace_back();
      for (const auto& output : followed.outputs)
        for (std::size_t at = 0; at < output.where.size(); ++at)
          if (output.where[at] / output.features == s - first)
            into.y.back().push_back(y.at(output.tensor).values[at]);
      compare(into, model, s);
    }
  }
}

} // namespace inlay::onnx
