constexpr format_row all[]{};
