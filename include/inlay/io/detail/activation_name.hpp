#pragma once

#include "inlay/activation/relu.hpp"
#include "inlay/activation/sigmoid.hpp"
#include "inlay/activation/softmax.hpp"
#include "inlay/activation/tanh.hpp"
#include "inlay/io/detail/description.hpp"

namespace inlay::io::detail {

/// The name of σ: empty for an activation of the user's own, which no format knows.
template <class Activation>
inline const activation_description activation_name{""};

template <>
inline const activation_description activation_name<identity>{"identity"};
template <>
inline const activation_description activation_name<relu>{"relu"};
template <>
inline const activation_description activation_name<sigmoid>{"sigmoid"};
template <>
inline const activation_description activation_name<tanh>{"tanh"};
template <>
inline const activation_description activation_name<softmax>{"softmax"};
template <>
inline const activation_description activation_name<log_softmax>{"log_softmax"};

} // namespace inlay::io::detail
