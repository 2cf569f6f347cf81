#pragma once

#include "inlay/chain/memory.hpp"
#include "inlay/chain/state.hpp"
#include "inlay/chain/tangent.hpp"
#include "inlay/chain/update.hpp"
#include "inlay/copy_rows.hpp"
#include "inlay/layer/branch.hpp"
#include "inlay/layer/join.hpp"
#include "inlay/parts.hpp"
#include "inlay/pass.hpp"
#include "inlay/statistics.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

struct nothing {};

/// What the layers of a branch keep on their way forward and back; the identity keeps nothing.
template <class Topology>
struct branch_storage {
  template <class A, bool Record>
  using trace = typename chain<Topology>::template trace<A, Record>;
  template <std::size_t Samples>
  using gradient = typename chain<Topology>::template gradient<Samples>;
};
template <class Topology>
  requires(Topology::depth == 0)
struct branch_storage<Topology> {
  template <class, bool>
  using trace = nothing;
  template <std::size_t>
  using gradient = nothing;
};

/// Where the statistics of branches are, whose storages follow one another.
template <std::size_t offset, class First, class... Rest>
constexpr auto statistics_of_branches() noexcept {
  const auto own = joined(std::array<storage_range, 0>{}, First::statistics, offset);
  if constexpr (sizeof...(Rest) == 0) return own;
  else return joined(own, statistics_of_branches<offset + First::storage, Rest...>(), 0);
}

/// What a join makes of the outputs of branches, each step of a sequence by itself.
template <class Join, class First, class... Rest>
struct joined_shape {
  using type = typename Join::template output<First, Rest...>;
};
template <class Join, std::size_t Steps, class First, class... Rest>
struct joined_shape<Join, over_time<Steps, First>, Rest...> {
  using type = over_time<Steps, typename Join::template output<First, typename Rest::row...>>;
};

/// A bound layer that is made of other layers: the same input goes through several branches, each a topology whose chain it
/// enters, and their outputs become one by a Join (layer/join.hpp). Its parameters are those of branch after branch, its ∇z is
/// the ∇z of every layer within.
template <scalar T, class Input, class Join, class... Branches>
struct composite {
  static constexpr std::size_t branch_count = sizeof...(Branches);
  template <std::size_t k>
  using topology = std::tuple_element_t<k, std::tuple<Branches...>>;
  template <std::size_t k>
  using layers = chain<topology<k>>;
  template <std::size_t k>
  static constexpr bool is_identity = topology<k>::depth == 0;
  /// The first branch with layers: it needs no place for its output where the outputs are added.
  static constexpr std::size_t first = [] {
    std::size_t k = 0;
    (void)((Branches::depth > 0 || (++k, false)) || ...);
    return k < branch_count ? k : 0;
  }();

  using scalar = T;
  using input_shape = Input;
  using row = typename Input::row;
  using output_shape = typename joined_shape<Join, typename Branches::output_shape...>::type;
  static constexpr std::size_t parameter_count = (std::size_t{0} + ... + Branches::parameter_count);
  static constexpr std::size_t multiply_adds = (std::size_t{0} + ... + Branches::multiply_adds);
  static constexpr std::size_t storage = (std::size_t{0} + ... + Branches::storage);

  /// f<k>() for each branch.
  static constexpr void for_each(auto f) noexcept {
    [&]<std::size_t... k>(std::index_sequence<k...>) { (f.template operator()<k>(), ...); }(std::make_index_sequence<branch_count>{});
  }
  /// f<topology, offset>() for each branch: the layers within, and where in θ their parameters are. initialize() and io visit
  /// composites so.
  static constexpr void for_each_branch(auto f) {
    for_each([&]<std::size_t k>() { f.template operator()<topology<k>, offset<k>()>(); });
  }

  static constexpr std::size_t index(std::size_t parameter) noexcept {
    std::size_t before = 0, place = 0;
    const auto find = [&]<class Branch>() {
      const bool found = parameter < Branch::parameter_count;
      if (found) place = before + Branch::stack::index(parameter);
      parameter -= Branch::parameter_count, before += Branch::storage;
      return found;
    };
    (void)(find.template operator()<Branches>() || ...);
    return place;
  }

  static constexpr bool random = (Branches::random || ...);
  static constexpr auto statistics = statistics_of_branches<0, Branches...>();
  static constexpr std::size_t statistic_count = (std::size_t{0} + ... + Branches::stack::statistic_count);
  static constexpr std::size_t statistic_index(std::size_t statistic) noexcept {
    std::size_t before = 0, place = 0;
    const auto find = [&]<class Branch>() {
      const bool found = statistic < Branch::stack::statistic_count;
      if (found) place = before + Branch::stack::statistic_index(statistic);
      statistic -= Branch::stack::statistic_count, before += Branch::storage;
      return found;
    };
    (void)(find.template operator()<Branches>() || ...);
    return place;
  }

  /// Whether branch k has a place for its output: to be put to the others, or for its join's gradient.
  template <std::size_t k>
  static constexpr bool places_output = Join::keeps || (!is_identity<k> && !(Join::sums && k == first));
  /// Whether branch k has a place for the gradient of its output.
  template <std::size_t k>
  static constexpr bool places_gradient = is_identity<k> || !Join::sums;

  /// Of rows in front of branch k, those behind it: fewer, where it ends a sequence.
  template <std::size_t k>
  static constexpr std::size_t rows_behind(std::size_t rows) noexcept {
    return rows / Input::steps * topology<k>::output_shape::steps;
  }
  template <bool places, std::size_t Samples, class Shape>
  using place = std::conditional_t<places, block<T, Samples, Shape::size>, nothing>;
  /// Of a branch's gradient rows are those behind it; of its layers, those in front of them.
  template <std::size_t k, std::size_t Samples>
  struct branch_gradient {
    [[no_unique_address]] typename branch_storage<topology<k>>::template gradient<Samples / topology<k>::output_shape::steps * Input::steps> inside;
    [[no_unique_address]] place<places_gradient<k>, Samples, typename topology<k>::output_shape::row> of_output;
  };
  template <class Numbers>
  struct numbers;
  template <std::size_t... k>
  struct numbers<std::index_sequence<k...>> {
    template <std::size_t Samples>
    using outputs = parts<place<places_output<k>, rows_behind<k>(Samples), typename topology<k>::output_shape::row>...>;
    template <std::size_t Samples>
    using gradient = parts<branch_gradient<k, Samples>...>;
  };
  using of_each = numbers<std::make_index_sequence<branch_count>>;

  template <class A, bool Record>
  struct traces {
    parts<typename branch_storage<Branches>::template trace<A, Record>...> inside;
    [[no_unique_address]] typename of_each::template outputs<A::capacity> outputs;

    constexpr void begin(const pass& of) noexcept {
      for_each([&]<std::size_t k>() { detail::begin(part<k>(inside), of); });
    }
    constexpr void begin_from(std::size_t count, auto state_of) noexcept {
      for_each([&]<std::size_t k>() {
        if constexpr (!is_identity<k>) detail::begin_from(part<k>(inside), count, [&](std::size_t s) -> auto& { return part<k>(state_of(s).of); });
      });
    }
  };
  template <class A>
  using trace = traces<A, true>;
  template <std::size_t Samples>
  using gradient = typename of_each::template gradient<Samples>;

  /// Branches whose ∇aˡ⁻¹ is added to that of another, and wants a place.
  static constexpr std::size_t added = (std::size_t{0} + ... + (Branches::depth > 0 ? 1 : 0)) - (is_identity<first> ? 0 : 1);
  template <std::size_t Samples, bool Record>
  static constexpr std::size_t scratch = ((Record ? added * sizeof(block<T, Samples, row::size>)
                                                  : sizeof(traces<rows<const T, Samples, row::size, row::size>, false>)) +
                                          ... + detail::scratch_of_rows<Branches, Samples, Record>());

  template <class Trace, class A, class Y>
  static constexpr void forward(auto theta, Trace& trace, A a, Y y) noexcept {
    if constexpr (recorded<Trace>) forward_branches(theta, trace, a, y);
    else {
      traces<A, false> unkept;
      forward_branches(theta, unkept, a, y);
    }
  }

  static constexpr void delta(auto theta, const auto& trace, auto grad_a, auto& grad_z) noexcept {
    for_each([&]<std::size_t k>() {
      auto& own_grad = part<k>(grad_z);
      if constexpr (!places_gradient<k>) layers<k>::delta(own<k>(theta), part<k>(trace.inside), grad_a, own_grad.inside);
      else {
        const auto of_output = own_grad.of_output.view(grad_a.samples());
        Join::template take<k, typename Branches::output_shape::row...>(grad_a, trace.outputs, of_output);
        if constexpr (!is_identity<k>) layers<k>::delta(own<k>(theta), part<k>(trace.inside), of_output, own_grad.inside);
      }
    });
  }

  static constexpr void accumulate(const auto& trace, const auto& grad_z, auto grad) noexcept {
    for_each([&]<std::size_t k>() {
      if constexpr (!is_identity<k>) layers<k>::accumulate(part<k>(trace.inside), part<k>(grad_z).inside, own<k>(grad));
    });
  }

  static constexpr void update(const auto& rule, const auto& trace, const auto& grad_z, auto theta, auto... states) noexcept {
    for_each([&]<std::size_t k>() {
      if constexpr (!is_identity<k>)
        update_layers<topology<k>>(rule, part<k>(trace.inside), part<k>(grad_z).inside, own<k>(theta), own<k>(states)...);
    });
  }

  template <class G>
  static constexpr void transposed(auto theta, const auto& grad_z, G grad_a) noexcept {
    for_each([&]<std::size_t n>() {
      constexpr std::size_t k = nth_put<n>;
      const auto& own_grad = part<k>(grad_z);
      if constexpr (is_identity<k> && n == 0) kernel::copy(grad_a, own_grad.of_output.view(grad_a.samples()));
      else if constexpr (is_identity<k>) kernel::add_rows(own_grad.of_output.view(grad_a.samples()), grad_a);
      else if constexpr (n == 0) layers<k>::transposed(own<k>(theta), own_grad.inside, grad_a);
      else {
        block<T, G::capacity, row::size> more;
        layers<k>::transposed(own<k>(theta), own_grad.inside, more.view(grad_a.samples()));
        kernel::add_rows(more.view(grad_a.samples()), grad_a);
      }
    });
  }

  static constexpr bool carries_tangents = Join::sums && (all_carry_tangents<Branches>() && ...);
  static constexpr bool bends = Join::sums && (all_bend<Branches>() && ...);
  static constexpr void tangent(auto theta, const auto& trace, auto a, auto tangent_a, auto tangent_y, auto of) noexcept {
    for_each([&]<std::size_t n>() {
      constexpr std::size_t k = nth_put<n>;
      const auto push_branch = [&](auto to) {
        if constexpr (std::is_same_v<decltype(of), uncurved>) push<topology<k>>(own<k>(theta), part<k>(trace.inside), a, tangent_a, to, of);
        else
          push<topology<k>>(own<k>(theta), part<k>(trace.inside), a, tangent_a, to, curvature_of{of.grad_a, part<k>(of.grad_z).inside, of.hessian});
      };
      if constexpr (is_identity<k> && n == 0) copy_rows(tangent_a, tangent_y);
      else if constexpr (is_identity<k>) kernel::add_rows(tangent_a, tangent_y);
      else if constexpr (n == 0) push_branch(tangent_y);
      else {
        block<T, tangent_y.capacity, output_shape::row::size> more;
        push_branch(more.view(tangent_y.samples()));
        kernel::add_rows(as_read(more.view(tangent_y.samples())), tangent_y);
      }
    });
  }
  static constexpr void delta_of_directions(auto theta, const auto& trace, auto grad_a, auto& grad_z) noexcept {
    for_each([&]<std::size_t k>() {
      if constexpr (is_identity<k>) kernel::copy(part<k>(grad_z).of_output.view(grad_a.samples()), as_read(grad_a));
      else pull<topology<k>>(own<k>(theta), part<k>(trace.inside), grad_a, part<k>(grad_z).inside);
    });
  }

  /// What the branches remember from one step of a sequence to the next.
  struct state {
    parts<chain_state<Branches>...> of;
    friend constexpr bool operator==(const state& a, const state& b) noexcept {
      bool same = true;
      for_each([&]<std::size_t k>() { same = same && part<k>(a.of) == part<k>(b.of); });
      return same;
    }
  };
  static constexpr bool steps_together = true;
  static constexpr void step(auto theta, state& state, auto a, auto y) noexcept {
    for_each([&]<std::size_t n>() {
      constexpr std::size_t k = nth_put<n>;
      const auto put = [y](auto output) { Join::template put<k, first, typename Branches::output_shape::row...>(output, y); };
      if constexpr (only_views<topology<k>, std::remove_cvref_t<decltype(a)>>() && !(Join::keeps && is_identity<k>)) put(view_of<topology<k>>(a));
      else if constexpr (is_placed<k>())
        step_chain<topology<k>>(own<k>(theta), part<k>(state.of), a, place_of<k>(y));
      else {
        block<T, a.capacity, topology<k>::output_shape::row::size> output;
        const auto all = output.view(a.samples());
        if constexpr (is_identity<k>) copy_rows(a, all);
        else step_chain<topology<k>>(own<k>(theta), part<k>(state.of), a, all);
        put(detail::as_read(all));
      }
    });
  }
  /// Whether branch k of a step writes its output where it belongs, and where that is.
  template <std::size_t k, class J = Join>
  static constexpr bool is_placed() noexcept {
    if constexpr (!is_identity<k> && requires { requires J::template places<k, first, typename Branches::output_shape::row...>; })
      return registers_only<typename topology<k>::template layer<topology<k>::depth>>;
    else return false;
  }
  template <std::size_t k, class J = Join>
  static constexpr auto place_of(auto y) noexcept {
    return J::template place<k, typename Branches::output_shape::row...>(y);
  }
  static constexpr bool fills_registers = true;
  static constexpr bool wants_all_steps = !(all_go_step_by_step<Branches>() && ...);
  static constexpr bool trains_from_the_beginning = !(all_train_from_state<Branches>() && ...);

protected:
  /// The part of θ, or of what is laid out as it is, that is branch k's.
  template <std::size_t k>
  static constexpr auto own(auto theta) noexcept {
    return theta.template subspan<offset<k>(), topology<k>::storage>();
  }

private:
  /// The branches in the order in which their outputs are put together: `first`, then the others.
  template <std::size_t n>
  static constexpr std::size_t nth_put = n == 0 ? first : (n <= first ? n - 1 : n);

  template <std::size_t k>
  static constexpr std::size_t offset() noexcept {
    std::size_t before = 0, i = 0;
    ((before += i++ < k ? Branches::storage : 0), ...);
    return before;
  }
  static constexpr void forward_branches(auto theta, auto& trace, auto a, auto y) noexcept {
    for_each([&]<std::size_t n>() {
      constexpr std::size_t k = nth_put<n>;
      const auto put = [y](auto output) { Join::template put<k, first, typename Branches::output_shape::row...>(output, y); };
      if constexpr (places_output<k>) {
        const auto output = part<k>(trace.outputs).view(rows_behind<k>(a.samples()));
        if constexpr (is_identity<k>) copy_rows(a, output);
        else layers<k>::forward(own<k>(theta), part<k>(trace.inside), a, output);
        put(output);
      } else if constexpr (is_identity<k>) put(a);
      else layers<k>::forward(own<k>(theta), part<k>(trace.inside), a, y);
    });
  }
};

/// The layers of a branch over an input.
template <class T, class Input, class Branch>
struct topology_of_branch;
template <class T, class Input, class... Layers>
struct topology_of_branch<T, Input, branch<Layers...>> : std::type_identity<inlay::topology<T, Input, Layers...>> {};
template <class T, class Input, class Branch>
using branch_topology = typename topology_of_branch<T, Input, Branch>::type;

template <class Branch>
inline constexpr bool is_branch = false;
template <class... Layers>
inline constexpr bool is_branch<branch<Layers...>> = true;

/// What is wrong with branch k, a topology, or with its output beside that of the first; `accepted` if nothing.
template <class Join, std::size_t k, class First, class Branch>
constexpr auto check_branch() noexcept {
  using output = typename Branch::output_shape;
  if constexpr (!std::same_as<typename Branch::mistake, accepted>) return in_branch<k, typename Branch::mistake>{};
  else if constexpr (is_output_list<typename output::row>) {
    using heads_at = refused::layer<Branch::depth>;
    return in_branch<k, typename heads_at::template wants<refused::heads_as_the_last_layer>::template but_gets<refused::heads_within_a_branch>>{};
  } else if constexpr (First::output_shape::steps != output::steps || !Join::template fits<typename First::output_shape::row, typename output::row>)
    return different_branches<1, typename First::output_shape, k, output>{};
  else return accepted{};
}
template <class Join, std::size_t k, class First, class Branch, class... Rest>
constexpr auto check_branches_from() noexcept {
  using verdict = decltype(check_branch<Join, k, First, Branch>());
  if constexpr (!std::same_as<verdict, accepted> || sizeof...(Rest) == 0) return verdict{};
  else return check_branches_from<Join, k + 1, First, Rest...>();
}

/// What is wrong with the branches of a composite: the first mistake is the one to tell.
template <class Composite, class Join, class T, class Input, class... Branches>
constexpr auto check_branches() noexcept {
  if constexpr (sizeof...(Branches) == 0 || !(... && is_branch<Branches>)) return mismatch<refused::branches, Composite>{};
  else {
    using first = branch_topology<T, Input, std::tuple_element_t<0, std::tuple<Branches...>>>;
    return check_branches_from<Join, 1, first, branch_topology<T, Input, Branches>...>();
  }
}

} // namespace inlay::detail
