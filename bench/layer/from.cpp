#include "layer/offer.hpp"

namespace {

using namespace inlay;
const bench::offer_layer<input_list<shape<48>, shape<1, 16, 16>>, from<2>> image("from 1x16x16, the second of two");

} // namespace
