#pragma once

#include "inlay/activation/elu.hpp"
#include "inlay/activation/fast.hpp"
#include "inlay/activation/gelu.hpp"
#include "inlay/activation/hard.hpp"
#include "inlay/activation/mish.hpp"
#include "inlay/activation/relu.hpp"
#include "inlay/activation/sigmoid.hpp"
#include "inlay/activation/silu.hpp"
#include "inlay/activation/softmax.hpp"
#include "inlay/activation/softplus.hpp"
#include "inlay/activation/softsign.hpp"
#include "inlay/activation/tanh.hpp"
#include "inlay/io/detail/description.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// The name of σ: empty for an activation of the user's own, which no format knows.
template <class Activation>
inline const activation_description activation_name{""};

template <class Slope>
inline const activation_description activation_name<leaky_relu_with<Slope>>{"leaky_relu",
                                                                            double(Slope::num) / double(Slope::den)};
template <class Alpha>
inline const activation_description activation_name<elu_with<Alpha>>{"elu", double(Alpha::num) / double(Alpha::den)};
template <class Alpha>
inline const activation_description activation_name<celu_with<Alpha>>{"celu", double(Alpha::num) / double(Alpha::den)};

template <>
inline const activation_description activation_name<identity>{"identity"};
template <>
inline const activation_description activation_name<relu>{"relu"};
template <>
inline const activation_description activation_name<leaky_relu>{"leaky_relu", 0.01};
template <>
inline const activation_description activation_name<elu>{"elu", 1};
template <>
inline const activation_description activation_name<celu>{"celu", 1};
template <>
inline const activation_description activation_name<selu>{"selu"};
template <>
inline const activation_description activation_name<sigmoid>{"sigmoid"};
template <>
inline const activation_description activation_name<tanh>{"tanh"};
template <>
inline const activation_description activation_name<gelu>{"gelu"};
template <>
inline const activation_description activation_name<gelu_tanh>{"gelu_tanh"};
template <>
inline const activation_description activation_name<silu>{"silu"};
template <>
inline const activation_description activation_name<mish>{"mish"};
template <>
inline const activation_description activation_name<softplus>{"softplus"};
template <>
inline const activation_description activation_name<softsign>{"softsign"};
template <>
inline const activation_description activation_name<hard_sigmoid>{"hard_sigmoid"};
template <>
inline const activation_description activation_name<hard_tanh>{"hard_tanh"};
template <>
inline const activation_description activation_name<hard_swish>{"hard_swish"};
template <>
inline const activation_description activation_name<softmax>{"softmax"};
template <>
inline const activation_description activation_name<log_softmax>{"log_softmax"};
template <>
inline const activation_description activation_name<fast_tanh>{"fast_tanh"};
template <>
inline const activation_description activation_name<fast_sigmoid>{"fast_sigmoid"};

} // namespace inlay::io::detail
