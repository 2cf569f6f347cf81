#include "file/fine.hpp"
#include "interpreter/evaluate.hpp"
#include "onnx.pb.h"
