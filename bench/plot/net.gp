# gnuplot -e "data = 'FOLDER'" net.gp: one net, every library: a sample, a batch, a training step.
load 'style.gp'
files = "back-to-back batch training"
batches = "1 256 32"
array titles[3] = ["one sample", "256 samples", "training step, 32 samples"]
columns = column_count(data.'/back-to-back.tsv')
eval terminal(960, 150 + 26 * columns)

set multiplot title "{/:Bold=15 ".shown_net.": ".shown_topology."}\n{/*0.8 ".where.", time on a logarithmic scale}"
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
text(ns) = ns < 9.995 ? sprintf("%.1f ns", ns) : ns < 9999.5 ? sprintf("%.0f ns", ns) : \
           ns < 999500 ? sprintf("%.1f µs", ns / 1e3) : sprintf("%.2f ms", ns / 1e6)
rgb(c, file) = int("0x".substr(c == 5 ? "#ced4da" : color(column_name(file, c)), 2, 7))
cell(file, batch, c) = system("awk -F '\t' 'NR > 1 && $3 == ".batch." { print $".c." }' '".file."'")
do for [p = 1:3] {
  file = data.'/'.word(files, p).'.tsv'
  low = cell(file, word(batches, p), 5) / 3.0
  set print $bars # place, time, text, color
  do for [c = 5:columns] {
    value = cell(file, word(batches, p), c)
    if (value ne "nan") { print sprintf("%d\t%g\t%s\t%d", c, value + 0, text(value + 0), rgb(c, file)) }
  }
  unset print
  set lmargin at screen 0.13 + 0.295 * (p - 1)
  set rmargin at screen 0.13 + 0.295 * (p - 1) + 0.20
  set title titles[p] font ",12" offset 0, -0.5
  set xrange [low:*]
  plot $bars using (low):1:(low):2:($1 - 0.32):($1 + 0.32):4 with boxxyerror lc rgb variable, \
       $bars using 2:1:3 with labels left offset 0.5, 0 font ",11" textcolor rgb ink
  unset ytics
}
unset multiplot
