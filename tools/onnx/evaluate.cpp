#include "evaluate.hpp"

#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace inlay::onnx {

namespace {

using io::detail::in_quotes;
using shape_t = std::vector<std::int64_t>;

std::int64_t whole(double number) { // INT64_MAX, which means "to the end", is not a double
  return std::isnan(number) ? 0 : static_cast<std::int64_t>(std::clamp(number, -0x1p62, 0x1p62));
}

/// One node being computed: its inputs, and the errors it may end in.
class computation {
public:
  computation(const graph& model, const node& of, const std::vector<const tensor*>& inputs)
      : model(model), of(of), inputs(inputs) {}

  tensor run() {
    const auto found = operators().find(of.domain.empty() ? of.op : of.domain + "." + of.op);
    if (found != operators().end()) {
      check_attributes(found->second.attributes);
      return (this->*found->second.compute)();
    }
    if (!is_elementwise(of))
      fail("an operator of which a net of dense, conv1d and activation layers is made",
           of.domain.empty() ? of.op.substr(0, 40) : in_quotes(of.domain) + " " + of.op.substr(0, 40));
    check_attributes({"alpha", "beta", "gamma", "approximate", "min", "max"});
    return elementwise();
  }

private:
  struct known {
    tensor (computation::*compute)();
    std::vector<const char*> attributes;
  };
  static const std::map<std::string, known>& operators();

  [[noreturn]] void fail(std::string expected, std::string found) const {
    throw io::error(model.file, of.title(), std::move(expected), std::move(found));
  }
  void check_attributes(const std::vector<const char*>& names) const {
    for (const auto& attribute : of.attributes)
      if (std::find(names.begin(), names.end(), attribute.first) == names.end())
        fail("no attribute but those of ONNX", in_quotes(attribute.first));
  }
  bool has(std::size_t i) const { return i < inputs.size() && inputs[i]; }
  const tensor& input(std::size_t i) const {
    if (!has(i))
      fail("an input number " + std::to_string(i), "none");
    return *inputs[i];
  }
  std::int64_t axis(double from, std::int64_t rank) const {
    std::int64_t at = whole(from);
    if (at < -rank || at >= std::max<std::int64_t>(rank, 1))
      fail("an axis of a tensor of rank " + std::to_string(rank), std::to_string(at));
    return at < 0 ? at + rank : at;
  }
  tensor make(shape_t shape, bool floating = true) const {
    std::size_t size = 1;
    for (const auto extent : shape)
      if (extent < 0 ||
          __builtin_mul_overflow(size, static_cast<std::size_t>(std::max<std::int64_t>(extent, 1)), &size) ||
          size > model.element_limit)
        fail("results of at most " + std::to_string(model.element_limit) + " elements",
             "shape " + text_of(shape));
    if (std::find(shape.begin(), shape.end(), 0) != shape.end())
      size = 0;
    return {std::move(shape), std::vector<double>(size), floating};
  }
  /// The attribute or the input that lists whole numbers: what was the one before opset 13 is the other
  /// after.
  std::optional<shape_t> numbers(const char* attribute, std::size_t i) const {
    if (has(i)) {
      shape_t list;
      for (const double number : input(i).values)
        list.push_back(whole(number));
      return list;
    }
    if (of.attributes.contains(attribute))
      return of.list(attribute);
    return {};
  }

  shape_t broadcast(const shape_t& a, const shape_t& b) const {
    shape_t shape(std::max(a.size(), b.size()), 1);
    for (std::size_t d = 0; d < shape.size(); ++d) {
      const auto from = [&](const shape_t& s) {
        return d + s.size() < shape.size() ? 1 : s[d + s.size() - shape.size()];
      };
      if (from(a) != from(b) && from(a) != 1 && from(b) != 1)
        fail("shapes that broadcast", text_of(a) + " and " + text_of(b));
      shape[d] = from(a) == 1 ? from(b) : from(a);
    }
    return shape;
  }
  /// Where the element that is at `index` of `shape` is in a tensor that is broadcast to it.
  static std::size_t place(const shape_t& index, const shape_t& of) {
    std::size_t at = 0;
    for (std::size_t d = 0; d < of.size(); ++d)
      at = at * static_cast<std::size_t>(of[d]) +
           (of[d] == 1 ? 0 : static_cast<std::size_t>(index[index.size() - of.size() + d]));
    return at;
  }
  static void advance(shape_t& index, const shape_t& shape) {
    for (std::size_t d = index.size(); d-- > 0;) {
      if (++index[d] < shape[d])
        return;
      index[d] = 0;
    }
  }

  tensor elementwise() {
    std::vector<const tensor*> operands;
    const tensor low = scalar(of.number("min", -HUGE_VAL)), high = scalar(of.number("max", HUGE_VAL));
    if (of.op == "Clip")
      operands = {&input(0), has(1) ? inputs[1] : &low, has(2) ? inputs[2] : &high};
    else
      for (std::size_t i = 0; i < inputs.size(); ++i)
        operands.push_back(&input(i));
    shape_t shape;
    bool floating = false;
    for (const tensor* operand : operands)
      shape = broadcast(shape, operand->shape), floating |= operand->floating;
    tensor result = make(shape, floating);
    std::vector<double> x(operands.size());
    shape_t index(shape.size(), 0);
    for (double& value : result.values) {
      for (std::size_t k = 0; k < x.size(); ++k)
        x[k] = operands[k]->values[place(index, operands[k]->shape)];
      const auto computed = evaluate_element(of, model.opset, x);
      if (!computed)
        fail("as many inputs as the operator has", std::to_string(x.size()));
      value = *computed;
      advance(index, shape);
    }
    return result;
  }

  tensor constant() {
    for (const char* name : {"value_float", "value_int"})
      if (of.attributes.contains(name))
        return {{}, {of.number(name, 0)}, std::string(name) == "value_float"};
    for (const char* name : {"value_floats", "value_ints"})
      if (const auto found = of.attributes.find(name); found != of.attributes.end())
        return {{static_cast<std::int64_t>(found->second.numbers.size())},
                found->second.numbers,
                std::string(name) == "value_floats"};
    const auto found = of.attributes.find("value");
    if (found == of.attributes.end() || !found->second.value)
      fail("a value of numbers", "none");
    return *found->second.value;
  }
  tensor same() {
    if (has(2) && of.op == "Dropout" && input(2).values != std::vector<double>{0})
      fail("Dropout for inference", "training_mode");
    return input(0);
  }
  tensor cast() {
    const auto to = whole(of.number("to", 0));
    const bool floating = to == 1 || to == 11, integer = to == 6 || to == 7; // FLOAT, DOUBLE; INT32, INT64
    tensor result = input(0);
    if (!floating && !integer)
      fail("a Cast to FLOAT, DOUBLE, INT32 or INT64", "data type " + std::to_string(to));
    if (integer)
      for (double& value : result.values)
        value = std::trunc(value);
    result.floating = floating;
    return result;
  }
  tensor shape_of() {
    const auto& shape = input(0).shape;
    const auto rank = input(0).rank();
    const auto bound = [&](double at) {
      return std::clamp(whole(at) + (at < 0 ? rank : 0), std::int64_t{0}, rank);
    };
    const auto first = bound(of.number("start", 0)),
               last = bound(of.number("end", static_cast<double>(rank)));
    tensor result{{std::max<std::int64_t>(last - first, 0)}, {}, false};
    for (auto d = first; d < last; ++d)
      result.values.push_back(static_cast<double>(shape[static_cast<std::size_t>(d)]));
    return result;
  }

  tensor reshaped(shape_t shape) const {
    tensor result = input(0);
    std::size_t size = 1;
    bool good = true, empty = false;
    for (const auto extent : shape) {
      good =
          good && extent >= 0 &&
          !__builtin_mul_overflow(size, static_cast<std::size_t>(std::max<std::int64_t>(extent, 1)), &size);
      empty |= extent == 0;
    }
    if (!good || size > std::size_t{1} << 40 || (empty ? 0 : size) != result.size())
      fail("a shape of " + std::to_string(result.size()) + " elements", text_of(shape));
    result.shape = std::move(shape);
    return result;
  }
  tensor reshape() {
    if (!has(1))
      fail("a shape", "none");
    auto shape = *numbers("shape", 1);
    std::size_t known = 1;
    for (std::size_t d = 0; d < shape.size(); ++d) {
      if (shape[d] == 0 && of.number("allowzero", 0) == 0 && d < input(0).shape.size())
        shape[d] = input(0).shape[d];
      if (shape[d] > 0 && __builtin_mul_overflow(known, static_cast<std::size_t>(shape[d]), &known))
        known = 0;
    }
    if (const auto open = std::find(shape.begin(), shape.end(), -1); open != shape.end() && known)
      *open = static_cast<std::int64_t>(input(0).size() / known);
    return reshaped(shape);
  }
  tensor flatten() {
    const auto rank = input(0).rank();
    const double at = of.number("axis", 1);
    const auto split = at == static_cast<double>(rank) ? rank : axis(at, rank);
    shape_t shape{1, 1};
    for (std::int64_t d = 0; d < rank; ++d)
      shape[d < split ? 0 : 1] *= input(0).shape[static_cast<std::size_t>(d)];
    return reshaped(shape);
  }
  tensor squeeze() {
    const auto axes = numbers("axes", 1);
    std::set<std::int64_t> gone;
    const auto rank = input(0).rank();
    if (axes)
      for (const auto at : *axes)
        gone.insert(axis(static_cast<double>(at), rank));
    shape_t shape;
    for (std::int64_t d = 0; d < rank; ++d) {
      const auto extent = input(0).shape[static_cast<std::size_t>(d)];
      if (axes ? !gone.contains(d) : extent != 1)
        shape.push_back(extent);
    }
    return reshaped(shape);
  }
  tensor unsqueeze() {
    const auto axes = numbers("axes", 1);
    if (!axes)
      fail("axes", "none");
    const auto rank = input(0).rank() + static_cast<std::int64_t>(axes->size());
    std::set<std::int64_t> added;
    for (const auto at : *axes)
      added.insert(axis(static_cast<double>(at), rank));
    shape_t shape;
    std::size_t next = 0;
    for (std::int64_t d = 0; d < rank; ++d)
      if (added.contains(d))
        shape.push_back(1);
      else if (next < input(0).shape.size())
        shape.push_back(input(0).shape[next++]);
    return reshaped(shape);
  }
  tensor transpose() {
    const tensor& x = input(0);
    auto order = of.list("perm");
    if (order.empty())
      for (auto d = x.rank(); d-- > 0;)
        order.push_back(d);
    auto sorted = order;
    std::sort(sorted.begin(), sorted.end());
    shape_t all(x.shape.size());
    std::iota(all.begin(), all.end(), 0);
    if (sorted != all)
      fail("perm as a permutation of " + std::to_string(x.rank()) + " axes", text_of(order));
    shape_t shape;
    for (const auto d : order)
      shape.push_back(x.shape[static_cast<std::size_t>(d)]);
    tensor result = make(shape, x.floating);
    shape_t index(shape.size(), 0), from(shape.size(), 0);
    for (double& value : result.values) {
      for (std::size_t d = 0; d < order.size(); ++d)
        from[static_cast<std::size_t>(order[d])] = index[d];
      value = x.values[place(from, x.shape)];
      advance(index, shape);
    }
    return result;
  }
  tensor gather() {
    const tensor &x = input(0), &which = input(1);
    const auto along = static_cast<std::size_t>(axis(of.number("axis", 0), x.rank()));
    if (x.shape.empty())
      fail("a tensor of rank 1 or more", "a scalar");
    std::size_t outer = 1, inner = 1;
    for (std::size_t d = 0; d < x.shape.size(); ++d)
      if (d != along)
        (d < along ? outer : inner) *= static_cast<std::size_t>(x.shape[d]);
    shape_t shape(x.shape.begin(), x.shape.begin() + static_cast<std::ptrdiff_t>(along));
    shape.insert(shape.end(), which.shape.begin(), which.shape.end());
    shape.insert(shape.end(), x.shape.begin() + static_cast<std::ptrdiff_t>(along) + 1, x.shape.end());
    tensor result = make(shape, x.floating);
    std::size_t at = 0;
    for (std::size_t o = 0; o < outer && at < result.size(); ++o)
      for (const double one : which.values) {
        const auto i = static_cast<std::size_t>(axis(one, x.shape[along]));
        if (x.shape[along] == 0)
          fail("indices of something", "an empty axis");
        for (std::size_t k = 0; k < inner; ++k)
          result.values[at++] = x.values[(o * static_cast<std::size_t>(x.shape[along]) + i) * inner + k];
      }
    return result;
  }
  tensor concat() {
    const auto along = static_cast<std::size_t>(axis(of.number("axis", 0), input(0).rank()));
    if (input(0).shape.empty())
      fail("tensors of rank 1 or more", "a scalar");
    shape_t shape = input(0).shape;
    shape[along] = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      shape_t other = input(i).shape;
      if (other.size() != shape.size())
        fail("inputs of one rank", text_of(other));
      shape[along] += other[along];
      other[along] = shape[along];
      if (other != shape)
        fail("inputs that differ along the axis only", text_of(input(i).shape));
    }
    tensor result = make(shape, input(0).floating);
    std::size_t outer = 1, at = 0;
    for (std::size_t d = 0; d < along; ++d)
      outer *= static_cast<std::size_t>(shape[d]);
    for (std::size_t o = 0; o < outer && at < result.size(); ++o)
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        const std::size_t length = input(i).size() / outer;
        std::copy_n(input(i).values.begin() + static_cast<std::ptrdiff_t>(o * length), length,
                    result.values.begin() + static_cast<std::ptrdiff_t>(at));
        at += length;
      }
    return result;
  }

  tensor gemm() {
    const tensor &a = input(0), &b = input(1);
    const bool transpose_a = of.number("transA", 0) != 0, transpose_b = of.number("transB", 0) != 0;
    const double alpha = of.number("alpha", 1), beta = of.number("beta", 1);
    if (a.rank() != 2 || b.rank() != 2)
      fail("matrices", text_of(a.shape) + " and " + text_of(b.shape));
    const auto rows = a.shape[transpose_a], inner = a.shape[!transpose_a], columns = b.shape[!transpose_b];
    if (inner != b.shape[transpose_b])
      fail("matrices that fit", text_of(a.shape) + " and " + text_of(b.shape));
    tensor result = make({rows, columns});
    shape_t index{0, 0};
    if (has(2) && broadcast(result.shape, input(2).shape) != result.shape)
      fail("C that broadcasts to " + text_of(result.shape), text_of(input(2).shape));
    for (double& value : result.values) {
      for (std::int64_t k = 0; k < inner; ++k)
        value +=
            a.values[static_cast<std::size_t>(transpose_a ? k * rows + index[0] : index[0] * inner + k)] *
            b.values[static_cast<std::size_t>(transpose_b ? index[1] * inner + k : k * columns + index[1])];
      value = alpha * value + (has(2) ? beta * input(2).values[place(index, input(2).shape)] : 0);
      advance(index, result.shape);
    }
    return result;
  }
  tensor matmul() {
    tensor a = input(0), b = input(1);
    const bool row = a.rank() == 1, column = b.rank() == 1;
    if (row)
      a.shape.insert(a.shape.begin(), 1);
    if (column)
      b.shape.push_back(1);
    if (a.rank() < 2 || b.rank() < 2 || a.shape.back() != b.shape[b.shape.size() - 2])
      fail("matrices that fit", text_of(input(0).shape) + " and " + text_of(input(1).shape));
    const auto rows = a.shape[a.shape.size() - 2], inner = a.shape.back(), columns = b.shape.back();
    const shape_t many_a(a.shape.begin(), a.shape.end() - 2), many_b(b.shape.begin(), b.shape.end() - 2);
    const shape_t many = broadcast(many_a, many_b);
    shape_t shape = many;
    shape.insert(shape.end(), {rows, columns});
    tensor result = make(shape);
    shape_t index(many.size(), 0);
    const auto size = static_cast<std::size_t>(rows * columns), depth = static_cast<std::size_t>(inner);
    for (std::size_t first = 0; size && first < result.size(); first += size) {
      const double* x = a.values.data() + place(index, many_a) * static_cast<std::size_t>(rows) * depth;
      const double* w = b.values.data() + place(index, many_b) * depth * static_cast<std::size_t>(columns);
      for (std::size_t at = 0; at < size; ++at) {
        const std::size_t r = at / static_cast<std::size_t>(columns),
                          c = at % static_cast<std::size_t>(columns);
        for (std::size_t k = 0; k < depth; ++k)
          result.values[first + at] += x[r * depth + k] * w[k * static_cast<std::size_t>(columns) + c];
      }
      advance(index, many);
    }
    if (column)
      result.shape.pop_back();
    if (row)
      result.shape.erase(result.shape.end() - (column ? 1 : 2));
    return result;
  }

  tensor batch_normalization() {
    if (of.number("training_mode", 0) != 0)
      fail("BatchNormalization for inference", "training_mode");
    if (of.number("spatial", 1) == 0)
      fail("BatchNormalization of channels", "spatial 0");
    const tensor& x = input(0);
    if (x.rank() < 2)
      fail("an input of rank 2 or more", text_of(x.shape));
    const auto channels = static_cast<std::size_t>(x.shape[1]);
    for (std::size_t i = 1; i < 5; ++i)
      if (input(i).size() != channels)
        fail(std::to_string(channels) + " values for the channels", text_of(input(i).shape));
    std::size_t inner = 1;
    for (std::size_t d = 2; d < x.shape.size(); ++d)
      inner *= static_cast<std::size_t>(x.shape[d]);
    tensor result = x;
    for (std::size_t at = 0; at < x.size(); ++at) {
      const std::size_t c = at / inner % channels;
      result.values[at] = (x.values[at] - input(3).values[c]) /
                              std::sqrt(input(4).values[c] + of.number("epsilon", 1e-5)) *
                              input(1).values[c] +
                          input(2).values[c];
    }
    return result;
  }
  tensor scaler() { // ai.onnx.ml: scikit-learn's StandardScaler
    const auto attribute_of = [&](const char* name) {
      const auto found = of.attributes.find(name);
      return found == of.attributes.end() ? std::vector<double>{} : found->second.numbers;
    };
    const auto offset = attribute_of("offset"), scale = attribute_of("scale");
    tensor result = input(0);
    const auto features = static_cast<std::size_t>(result.shape.empty() ? 1 : result.shape.back());
    for (const auto& list : {offset, scale})
      if (list.size() != 1 && list.size() != features)
        fail(std::to_string(features) + " offsets and scales", std::to_string(list.size()));
    for (std::size_t at = 0; at < result.size(); ++at) {
      const std::size_t f = at % features;
      result.values[at] =
          (result.values[at] - offset[offset.size() == 1 ? 0 : f]) * scale[scale.size() == 1 ? 0 : f];
    }
    return result;
  }

  tensor softmax() {
    // Before opset 13 the tensor is taken as a matrix, cut at the axis; from then on along the axis alone.
    const bool matrix = model.opset < 13;
    const tensor& x = input(0);
    const auto along = static_cast<std::size_t>(
        axis(of.number("axis", matrix ? 1 : -1), std::max<std::int64_t>(x.rank(), 1)));
    std::size_t inner = 1, length = x.shape.empty() ? 1 : static_cast<std::size_t>(x.shape[along]);
    for (std::size_t d = along + 1; d < x.shape.size(); ++d)
      (matrix ? length : inner) *= static_cast<std::size_t>(x.shape[d]);
    tensor result = x;
    for (std::size_t first = 0; length && first < x.size(); ++first) {
      if (first / inner % length)
        continue; // not the beginning of a group
      double most = -HUGE_VAL, sum = 0;
      for (std::size_t k = 0; k < length; ++k)
        most = std::max(most, x.values[first + k * inner]);
      for (std::size_t k = 0; k < length; ++k)
        sum += std::exp(x.values[first + k * inner] - most);
      for (std::size_t k = 0; k < length; ++k) {
        const double z = x.values[first + k * inner] - most;
        result.values[first + k * inner] = of.op == "Softmax" ? std::exp(z) / sum : z - std::log(sum);
      }
    }
    return result;
  }

  tensor convolution() {
    // Along one axis; of two, where one of the input, the kernel and the output is 1, as Keras' Conv1D is
    // exported.
    const tensor &x = input(0), &w = input(1);
    if (x.rank() < 3 || x.rank() > 4 || w.rank() != x.rank())
      fail("a convolution along one axis", text_of(x.shape) + " and " + text_of(w.shape));
    const bool flat = x.rank() == 3;
    const std::string pad = of.text("auto_pad", "NOTSET");
    const auto option = [&](const char* name, std::size_t i, std::int64_t otherwise) {
      const auto list = of.list(name);
      return i < list.size() ? list[i] : otherwise;
    };
    const std::size_t axes = flat ? 1 : 2;
    std::int64_t extent[2]{1, 1}, kernel[2]{1, 1}, stride[2]{1, 1}, dilation[2]{1, 1}, before[2]{},
        result_extent[2]{1, 1};
    for (std::size_t d = 0; d < axes; ++d) {
      extent[d] = x.shape[2 + d], kernel[d] = w.shape[2 + d];
      stride[d] = option("strides", d, 1), dilation[d] = option("dilations", d, 1),
      before[d] = option("pads", d, 0);
      std::int64_t after = option("pads", axes + d, 0);
      if (stride[d] < 1 || dilation[d] < 1 || kernel[d] < 1 || stride[d] > 1 << 20 || dilation[d] > 1 << 20 ||
          std::abs(before[d]) > 1 << 20 || std::abs(after) > 1 << 20 || before[d] < 0 || after < 0)
        fail("strides and dilations from 1, pads from 0", "others");
      const std::int64_t reach = (kernel[d] - 1) * dilation[d] + 1;
      if (pad != "NOTSET" && pad != "VALID") {
        const std::int64_t out = (extent[d] + stride[d] - 1) / stride[d],
                           missing = std::max<std::int64_t>(0, (out - 1) * stride[d] + reach - extent[d]);
        before[d] = pad == "SAME_LOWER" ? missing - missing / 2 : missing / 2, after = missing - before[d];
      }
      if (extent[d] + before[d] + after < reach)
        fail("an input at least as long as the kernel", text_of(x.shape) + " and " + text_of(w.shape));
      result_extent[d] = (extent[d] + before[d] + after - reach) / stride[d] + 1;
    }
    const auto groups = static_cast<std::int64_t>(of.number("group", 1));
    const std::int64_t samples = x.shape[0], channels = x.shape[1], outputs = w.shape[0], each = w.shape[1];
    if (groups < 1 || outputs % groups || each * groups != channels)
      fail("channels that fit the weights", text_of(x.shape) + " and " + text_of(w.shape));
    if (has(2) && input(2).size() != static_cast<std::size_t>(outputs))
      fail(std::to_string(outputs) + " biases", text_of(input(2).shape));
    shape_t shape{samples, outputs, result_extent[0]};
    if (!flat)
      shape.push_back(result_extent[1]);
    tensor result = make(shape);
    std::size_t at = 0;
    for (std::int64_t n = 0; n < samples; ++n)
      for (std::int64_t o = 0; o < outputs; ++o)
        for (std::int64_t p = 0; p < result_extent[0]; ++p)
          for (std::int64_t q = 0; q < result_extent[1]; ++q, ++at) {
            double sum = has(2) ? input(2).values[static_cast<std::size_t>(o)] : 0;
            for (std::int64_t c = 0; c < each; ++c)
              for (std::int64_t k = 0; k < kernel[0]; ++k)
                for (std::int64_t l = 0; l < kernel[1]; ++l) {
                  const auto i = p * stride[0] + k * dilation[0] - before[0],
                             j = q * stride[1] + l * dilation[1] - before[1];
                  if (i < 0 || j < 0 || i >= extent[0] || j >= extent[1])
                    continue;
                  const auto channel = o / (outputs / groups) * each + c;
                  sum +=
                      w.values[static_cast<std::size_t>(((o * each + c) * kernel[0] + k) * kernel[1] + l)] *
                      x.values[static_cast<std::size_t>(
                          ((n * channels + channel) * extent[0] + i) * extent[1] + j)];
                }
            result.values[at] = sum;
          }
    return result;
  }

  const graph& model;
  const node& of;
  const std::vector<const tensor*>& inputs;
};

const std::map<std::string, computation::known>& computation::operators() {
  static const std::map<std::string, known> all{
      {"Constant",
       {&computation::constant, {"value", "value_float", "value_int", "value_floats", "value_ints"}}},
      {"Identity", {&computation::same, {}}},
      {"Dropout", {&computation::same, {"ratio", "seed", "is_test"}}},
      {"Cast", {&computation::cast, {"to", "saturate"}}},
      {"CastLike", {&computation::same, {"saturate"}}},
      {"Shape", {&computation::shape_of, {"start", "end"}}},
      {"Reshape", {&computation::reshape, {"allowzero"}}},
      {"Flatten", {&computation::flatten, {"axis"}}},
      {"Squeeze", {&computation::squeeze, {"axes"}}},
      {"Unsqueeze", {&computation::unsqueeze, {"axes"}}},
      {"Transpose", {&computation::transpose, {"perm"}}},
      {"Gather", {&computation::gather, {"axis"}}},
      {"Concat", {&computation::concat, {"axis"}}},
      {"Gemm", {&computation::gemm, {"alpha", "beta", "transA", "transB", "broadcast"}}},
      {"MatMul", {&computation::matmul, {}}},
      {"BatchNormalization",
       {&computation::batch_normalization, {"epsilon", "momentum", "training_mode", "spatial", "is_test"}}},
      {"ai.onnx.ml.Scaler", {&computation::scaler, {"offset", "scale"}}},
      {"Softmax", {&computation::softmax, {"axis"}}},
      {"LogSoftmax", {&computation::softmax, {"axis"}}},
      {"Conv",
       {&computation::convolution, {"auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"}}},
  };
  return all;
}

} // namespace

tensor evaluate(const graph& model, const node& of, const std::vector<const tensor*>& inputs) {
  return computation(model, of, inputs).run();
}

std::map<std::string, tensor> evaluate(const graph& model, std::map<std::string, tensor> values) {
  for (const auto& [name, value] : model.constants)
    values.emplace(name, value);
  for (const node& of : model.nodes) {
    std::vector<const tensor*> inputs;
    for (const auto& name : of.inputs) {
      const auto found = values.find(name);
      if (!name.empty() && found == values.end())
        throw io::error(model.file, of.title(), "a value of " + in_quotes(name), "none");
      inputs.push_back(name.empty() ? nullptr : &found->second);
    }
    if (of.outputs.empty())
      throw io::error(model.file, of.title(), "an output", "none");
    auto result = evaluate(
        model, of, inputs); // the first output; BatchNormalization's and Dropout's others are for training
    values.insert_or_assign(of.outputs[0], std::move(result));
  }
  return values;
}

std::map<std::string, bool> varying(const graph& model) {
  std::map<std::string, bool> varies;
  for (const auto& input : model.inputs)
    varies[input.name] = true;
  for (const node& of : model.nodes) {
    bool any = false;
    for (const auto& input : of.inputs)
      any |= varies[input];
    for (const auto& output : of.outputs)
      varies[output] = any && of.op != "Shape";
  }
  return varies;
}

} // namespace inlay::onnx
