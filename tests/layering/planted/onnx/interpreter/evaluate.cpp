#include "file/fine.hpp"
#include "onnx.pb.h"
#include "recognize/step.hpp"
