#pragma once

#include "inlay/instruction_set.hpp"

#include <cstddef>
#include <string_view>

/// What the compiler says where something does not fit. A call that is refused returns one of these types, and a list of
/// layers that is refused names one. None of them is ever defined, so that the error is "incomplete type" (g++) or
/// "undefined template" (clang), and the type's name is the sentence. Types are what both compilers print, values and
/// all, in the first line of an error and at the caller's own line: of a static_assert g++ prints no values, of an
/// unsatisfied constraint both print them some notes later. The compiler also shows the line that declares the last
/// word; where there is something to say, its comment tells how to repair the mistake.
namespace inlay::refused {
// clang-format off

template <std::size_t l>
struct layer {
  // in a list of layers
  template <class Wanted> struct wants { template <class Found> struct but_gets; };
  template <class Mistake> struct contains; // a residual<...>, whose own layers are counted from 1
  template <std::size_t k> struct branch { // of a composite, counted from 1
    template <class Mistake> struct contains; // its own layers are counted from 1, too
    template <class Output> struct gives { // concat wants all extents alike but the first, add and multiply all
      template <std::size_t Other> struct but_branch { template <class OtherOutput> struct gives; };
    };
  };
  struct wants_a_bound_layer { template <class Found> struct but_gets; }; // static_assert(inlay::bound_layer<Found>); says what it lacks

  // net.layer<l>()
  template <std::size_t First> struct is_none_of { template <std::size_t Last> struct to; }; // layers are counted from 1
  template <class Kind> struct has_no_weights; // a view shows those of dense, conv1d and the like

  // numbers given to a layer, or taken from it
  template <class Wanted> struct wants_input {
    template <class Found> struct but_gets; // wanted: that many of that type, as std::array, T[N] or std::span<T, N>
    template <class Found> struct but_gets_unknown_length; // only you know it: pass std::span<const T, N>(x); of a batch, as_rows<N>(x)
  };
  template <class Array> struct wants_span_of {
    template <class Found> struct but_gets; // a std::vector of them, for example
    template <class Found> struct but_gets_flat_numbers; // pass inlay::as_rows<net_t::inputs>(x)
  };
  template <class Wanted> struct wants_to_write {
    template <class Found> struct but_gets; // wanted: that many of that type, not const: std::array, T[N] or std::span<T, N>
    template <class Found> struct but_gets_unknown_length; // only you know it: pass std::span<T, N>(y); of a batch, as_rows<N>(y)
  };
  template <class Array> struct wants_to_write_span_of {
    template <class Found> struct but_gets; // a std::vector of them, for example
    template <class Found> struct but_gets_flat_numbers; // pass inlay::as_rows<net_t::outputs>(y)
  };
  template <class Wanted> struct wants_weights {
    template <class Found> struct but_gets; // wanted: all of them, row-major [out][in]
    template <class Found> struct but_gets_unknown_length; // only you know it: pass std::span<const T, N>(weights)
  };
  template <class Wanted> struct wants_biases {
    template <class Found> struct but_gets; // wanted: one for each output or channel
    template <class Found> struct but_gets_unknown_length; // only you know it: pass std::span<const T, N>(biases)
  };
  template <class View> struct is_const; // to assign, take layer<l>() of a net that is not const
};

struct list_of_layers {
  struct wants_input_first { template <class Found> struct but_gets; }; // network<input<64>, dense<10>, ...>
  template <std::size_t First> struct wants_extents_from { template <class Found> struct but_gets; }; // input<64>, input<3, 32>
  template <std::size_t First> struct wants_shapes_with_extents_from { template <class Found> struct but_gets; }; // input_list<shape<8>, shape<1, 64>>
  template <class Input> struct wants_layers_after { struct but_gets_none; };
};

template <std::size_t k>
struct input { // of an input_list, counted from 1
  template <class Wanted> struct wants {
    template <class Found> struct but_gets; // net(x1, x2): that many of that type each, as std::array, T[N] or std::span<T, N>
    template <class Found> struct but_gets_unknown_length; // only you know it: pass std::span<const T, N>(x)
  };
};

template <std::size_t l>
struct after_layer {
  template <class Wanted> struct expects { template <class Found> struct but_gets; };
};
struct after_input {
  template <class Wanted> struct expects { template <class Found> struct but_gets; };
};

struct network {
  template <class Wanted> struct wants_parameters {
    template <class Found> struct but_gets; // wanted: all of them, layer by layer, weights and then biases
    template <class Found> struct but_gets_unknown_length; // only you know it: pass std::span<const T, N>(parameters)
  };
};

struct as_rows {
  struct wants_numbers_one_after_the_other { template <class Found> struct but_gets; }; // of a pointer: std::span(pointer, n)
  struct wants_numbers_that_outlive_the_call { template <class Found> struct but_gets; }; // it is a view of them: give them a name
};

template <class Loss>
struct loss {
  template <std::size_t l>
  struct after_layer {
    template <class Wanted> struct wants_target {
      template <class Found> struct but_gets;
      template <class Found> struct but_gets_unknown_length; // only you know it: pass std::span<const T, N>(target)
    };
    template <std::size_t N> struct wants_class_weights { template <std::size_t Found> struct but_gets; }; // one for each output
    struct wants_logits_of_the_identity { template <class Found> struct but_gets; }; // dense<N>: the loss has a σ of its own
    // dense<N>, for the loss has a σ of its own; or keep σ and take the loss of its probabilities, negative_log_likelihood{}
    struct wants_logits_of_the_identity_or_negative_log_likelihood { template <class Found> struct but_gets; };
    struct wants_another_activation { template <class Found> struct but_gets; }; // the loss's own comment says which
    struct wants_heads_as_the_last_layer { template <class Found> struct but_gets; }; // each<...> is for heads<branch<...>, branch<...>>
    template <std::size_t Heads> struct wants_losses { template <std::size_t Found> struct but_gets; }; // each<...> has one a head
    template <std::size_t Heads> struct wants_each_of { template <class Found> struct but_gets; }; // each<cross_entropy, mean_squared_error>{}
    template <class Wanted> struct wants_targets {
      template <class Found> struct but_gets; // one for each sample
      template <class Found> struct but_gets_flat_numbers; // pass inlay::as_rows<net_t::outputs>(y)
    };
  };
  template <std::size_t k>
  struct after_head { // of heads<...>, counted from 1
    struct wants_another_activation { template <class Found> struct but_gets; }; // logits for a loss of logits, dense<N>; or the loss's comment says which
  };
};
struct split {
  template <class Wanted> struct wants { template <class Found> struct but_gets; }; // all outputs: net(x), or a target
  struct wants_a_net_of_heads { template <class Output> struct but_gets_one_output_of; };
};
struct wants_a_loss {
  template <class Found> struct but_gets; // mean_squared_error{}, cross_entropy{}, ...
  template <class Found> struct with_encode_target_and_value_and_gradient_not_row_and_gradient; // their names since 2026, see CHANGELOG.md
};

struct derivative { // jvp, vjp, jacobian, hessian: their arguments are said in inlay/derivatives/
  template <class Wanted> struct wants_input_direction {
    template <class Found> struct but_gets; // a number for each input, as net(x) takes them
    template <class Found> struct but_gets_unknown_length; // only you know it: pass std::span<const T, N>(dx)
  };
  template <class Wanted> struct wants_output_direction {
    template <class Found> struct but_gets; // a number for each output, as net(x) gives them
    template <class Found> struct but_gets_unknown_length; // only you know it: pass std::span<const T, N>(dy)
  };
  template <class Wanted> struct wants_to_write {
    template <class Found> struct but_gets; // not const, matrices row-major in one piece: std::array, T[N] or std::span<T, N>
    template <class Found> struct but_gets_unknown_length; // only you know it: pass std::span<T, N>(J)
  };
  template <class Wanted> struct wants_span_of { // one for each sample
    template <class Found> struct but_gets;
    template <class Found> struct but_gets_flat_numbers; // pass inlay::as_rows<N>(numbers)
  };
  template <class Wanted> struct wants_to_write_span_of { // one for each sample
    template <class Found> struct but_gets;
    template <class Found> struct but_gets_flat_numbers; // pass inlay::as_rows<N>(numbers)
  };
  template <class Stream> struct is_not_of_a_step_of; // jacobian(net, stream, x) and linearize(net, stream, x) are
  template <std::size_t... Counts> struct wants_arguments_after_the_net { template <std::size_t Found> struct but_gets; };
  struct by_input { // jacobian<k>(net, x1, x2...): k from 1
    template <std::size_t Inputs> struct wants_k_up_to { template <std::size_t k> struct but_gets; };
    template <std::size_t k> struct of_a_net_with_one_input; // jacobian(net, x)
  };
  template <class Net> struct wants_net_of_direction_and_net_of_result { template <class V, class HV> struct but_gets; }; // hvp(net, x, target, loss, v, Hv)
  template <std::size_t Bytes> struct wants_stack_budget { template <std::size_t Found> struct but_has; }; // define inlay::stack_budget<net_t> as large, where the thread has it
};
template <class Net>
struct stream_of {
  struct wants_its_net_first { template <class Found> struct but_gets; }; // stream(net, x)
};
struct state_in_numbers { // get_state(), set_state(), linearize()
  struct wants_a_stream { template <class Found> struct but_gets; }; // inlay::stream<net_t>, which remembers; a net does not
  template <class Wanted> struct wants {
    template <class Found> struct but_gets; // those of get_state(stream), of the net's own scalar
    template <class Found> struct but_gets_unknown_length; // only you know it: pass std::span<const T, N>(numbers)
  };
  template <class Layer> struct is_not_told_by; // a layer of your own says remembered, read_state and write_state
};
struct backpropagate {
  template <class Net> struct wants_grad_after_loss; // net_t grad{}; backpropagate(net, x, target, loss, grad)
  template <class Layer> struct goes_on_from_no_state_of; // without streams it is trained on whole sequences
};
struct train_step {
  template <class Net> struct wants_to_change;
};
struct fit {
  template <class Inputs> struct wants_validation_targets_after; // fit(net, optimizer, loss, xs, targets, vx, vy)
  struct wants_samples_and_targets_or_a_reader { template <class Found> struct but_gets; }; // fit(net, optimizer, loss, xs, targets), or see reader.hpp
  struct wants_options_before_a_checkpoint; // fit(net, optimizer, loss, xs, targets, {}, checkpoint)
  struct wants_a_reader { // see reader.hpp
    template <class Reader> struct with_target_type_of_the_loss_not;
    template <class Reader> struct with_begin_of_an_epoch_not;
    template <class Reader> struct with_read_of_two_spans_that_returns_how_many_not;
    template <class Reader> struct that_is_not_const_as;
  };
  struct wants_checkpoint { template <class Found> struct but_gets; }; // inlay::io::checkpoint{"run.safetensors"}
};
struct train_step_of_a_batch {
  template <class Net> struct wants_grad_after_targets; // net_t grad{}; train_step(net, optimizer, loss, xs, targets, grad)
};
struct train_step_with_options { // the gradient that clips or freezes, on the stack, is beyond stack_budget<net_t>
  template <class Net> struct wants_grad_after_target; // static net_t grad; train_step(net, optimizer, loss, x, target, grad, {...})
};
struct train_step_without_descend { // the optimizer's step() needs a gradient, which on the stack is beyond stack_budget<net_t>
  template <class Net> struct wants_grad_after_target; // static net_t grad; train_step(net, optimizer, loss, x, target, grad)
};
template <class Wanted>
struct wants_gradient { template <class Found> struct but_gets; }; // a gradient is a value of the net's own type
template <class Net>
struct wants_workspace_of { // inlay::workspace<net_t>, not on the stack
  template <class Found> struct but_gets;
  template <class Found> struct but_gets_streams; // they are for stream(net, xs, ys) and backpropagate(net, xs, targets, loss, grad, streams)
  template <class Found> struct but_gets_one_of;
};
template <class Net>
struct wants_stream_of { template <class Found> struct but_gets; }; // inlay::stream<net_t>
template <class Net>
struct wants_streams_of { template <class Found> struct but_gets; }; // a std::vector<inlay::stream<net_t>>, one for each sequence
template <class Net>
struct wants_optimizer_of { template <class Found> struct but_gets; }; // adam<net_t>, sgd<net_t>, ...

struct on_epoch {
  template <class... Arguments> struct wants_to_take { template <class Callback> struct but_gets; }; // epoch, loss, and a validation loss if you like
  struct wants_nothing_or_stop_training_returned { template <class Found> struct but_gets; }; // return inlay::stop_training{loss < 0.1};
};
struct learning_rate {
  struct wants_a_number_or_a_function { template <class Found> struct but_gets; }; // 1e-3, [](std::size_t step) { return 1e-3; }, cosine_schedule{...}
};

template <class Net>
struct optimizer_wants_net { template <class Found> struct but_gets; }; // the optimizer's own: adam<net_t> steps a net_t

// Words for what is wanted, where it is no type of its own.
template <std::size_t N> struct at_least;
template <class Extent> struct units;
template <class Extent> struct every_argument;
template <class... Extents> struct channels_by;
struct any_length;
struct a_stride_of_1_for_padding_same;
template <std::size_t H, std::size_t W> struct stride;
template <std::size_t H, std::size_t W> struct dilation;
struct a_padding_of_at_most_half_the_kernel;
struct a_dilation_of_1_in_an_average;
struct groups_that_divide_the_channels_of_both_sides;
struct groups_that_divide_the_channels;
struct heads_that_divide_the_features;
struct is_causal_with_a_window; // attention_options{.is_causal = true, .window = 64}
struct a_share_from_0_to_below_1;
struct one_dimension;
struct a_sequence;
struct a_stride_of_1_over_steps;
struct no_padding_over_steps;
template <std::size_t Groups, std::size_t InChannels, std::size_t Channels> struct groups_between;
template <std::size_t N> struct a_shape_of_numbers; // as many as there are after reshape<...>
struct two_dimensions; // input<A, B>, or a conv1d before it: a dense layer gives one only
struct layers;
template <class Output> struct layers_that_give;
template <class Extent> struct features_or_channels;
struct an_even_number_of_features_or_channels;
struct one_input_by_from; // of an input_list: parallel<concat, branch<from<1>, ...>, branch<from<2>, ...>>, or from<1> alone
struct an_input_list; // in the place of input<...>, and nothing between it and from<k> but branches
template <std::size_t First, std::size_t Last> struct from_of;
struct heads_as_the_last_layer; // of the net: of a branch, a parallel<concat, ...> is meant
template <class Layer> struct followed_by;
struct heads_within_a_branch;
struct branches; // branch<dense<8>>, branch<>, ...
struct concat_or_add_or_multiply;
template <class Input> struct a_layer_that_takes { template <class Layer> struct such_as; };
struct an_activation;
struct an_elementwise_activation_and_this_as_a_layer_after_it;
template <class Numbers> struct class_index_or;
template <class Numbers, class Shorter> struct numbers_or_shorter_with_indices_of_classes; // of each head of classes one number
template <class X> struct temporary;

// clang-format on
} // namespace inlay::refused

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// A constructor returns nothing. What one refuses is the default of an argument, which g++ reports at the caller's line and
/// clang at its own, or a template argument of a consteval one that is nowhere defined, which clang reports at the caller's.
inline constexpr bool refuses_by_consteval =
    std::string_view(__VERSION__).find("Clang") != std::string_view::npos || std::string_view(__VERSION__).find("LLVM") != std::string_view::npos;

/// Fails where Mistake is a sentence. It is a function of its own because clang takes a class for invalid that contains
/// the error, and then complains about each use of its members; an alias, because it takes a statement for worse; of an
/// expression, because g++ names the type once more for a type. The first line is this header's and the user's follows: were
/// the sentence itself in the net's place, that line would be the user's, but the same error come with every use of the net
/// (clang: five in two lines); of a constraint it is the user's, too, and says nothing.
template <class Mistake>
constexpr auto tell() noexcept {
  using none [[maybe_unused]] = decltype(Mistake::none);
}

} // namespace inlay::detail
