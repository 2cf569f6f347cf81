#pragma once

namespace inlay {

/// One way through a composite such as parallel: layers in a list, counted from 1. Without layers it is the identity.
template <class... Layers>
struct branch {};

} // namespace inlay
