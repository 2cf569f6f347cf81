# gnuplot -e "data = 'FOLDER'" net.gp: one net, every library: a sample, a batch, a training step.
load 'style.gp'
files = "back-to-back batch training"
batches = "1 256 32"
array titles[3] = ["one sample", "256 samples", "training step, 32 samples"]
columns = column_count(data.'/back-to-back.tsv')
eval terminal(960, 150 + 26 * columns)

set multiplot title heading(shown_net.": ".shown_topology)
set tmargin at screen 1 - 85.0 / (150 + 26 * columns)
set bmargin at screen 40.0 / (150 + 26 * columns)
set yrange [columns + 0.6:4.4]
set ytics () scale 0
do for [c = 5:columns] { set ytics add ((c == 5 ? 'limit' : column_name(data.'/back-to-back.tsv', c)) c) }
set border 0
set logscale x
unset xtics
unset grid
unset key
text(ns) = ns < 9.995 ? sprintf(" %.1f ns", ns) : ns < 9999.5 ? sprintf(" %.0f ns", ns) : ns < 999500 ? sprintf(" %.1f µs", ns / 1e3) : sprintf(" %.2f ms", ns / 1e6)
shade(file, c) = c == 5 ? "#ced4da" : color(column_name(file, c))
do for [p = 1:3] {
  file = data.'/'.word(files, p).'.tsv'
  row = "< awk -F '\t' 'NR > 1 && $3 == ".word(batches, p)."' '".file."'"
  set lmargin at screen 0.13 + 0.29 * (p - 1)
  set rmargin at screen 0.13 + 0.29 * (p - 1) + 0.20
  set title titles[p] font ",12" offset 0, -0.5
  stats row using 5 nooutput name "limit"
  low = limit_min / 3
  set xrange [low:*]
  plot for [c = 5:columns] row using (low):(c):(low):(column(c)):(c - 0.32):(c + 0.32) with boxxyerror lc rgb shade(file, c), \
       for [c = 5:columns] row using (column(c)):(c):(text(column(c))) with labels left font ",11" textcolor rgb ink
  set format y ""
}
unset multiplot
