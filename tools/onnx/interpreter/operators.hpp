#pragma once

#include "interpreter/computation.hpp"

namespace inlay::onnx {

// ONNX's operators in double precision, as https://onnx.ai/onnx/operators defines them, written for clearness. The ones
// that compute each element by itself are in elementwise.cpp.

// operator_structure.cpp: what moves, copies and counts elements
tensor constant(const computation&);
tensor same(const computation&); // Identity, Dropout, CastLike
tensor cast(const computation&);
tensor shape_of(const computation&);
tensor reshape(const computation&);
tensor flatten(const computation&);
tensor squeeze(const computation&);
tensor unsqueeze(const computation&);
tensor transpose(const computation&);
tensor gather(const computation&);
tensor concat(const computation&);

// operator_matrix.cpp, operator_convolution.cpp
tensor gemm(const computation&);
tensor matmul(const computation&);
tensor convolution(const computation&);

// operator_normalization.cpp
tensor batch_normalization(const computation&);
tensor scaler(const computation&);  // ai.onnx.ml: scikit-learn's StandardScaler
tensor softmax(const computation&); // and LogSoftmax

// elementwise.cpp: each element by itself, the inputs being broadcast
bool is_elementwise(const node& of);
tensor elementwise(const computation&);

} // namespace inlay::onnx
