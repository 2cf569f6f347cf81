# gnuplot -e "data = 'FOLDER'" roofline.gp: operations per second against the number of samples in a call, under the
# roofs of this machine: multiply-adds at their peak, and the loads of the weights, each of which serves every sample.
load 'style.gp'
file = data.'/batch.tsv'
one = data.'/back-to-back.tsv'
panels = words(roofline_nets)
w = 290 + 410 * panels; h = 430
eval terminal(w, h)
sweep(net) = "< awk -F '\t' '$1 == \"".net."\"' '".one."' '".file."' | sort -t '\t' -g -k 3"
rate(c) = 2 * column(4) * column(3) / column(c) # GFLOP/s
# Columns that have a number for the first of these nets, and inlay's, which is drawn last: a loop over an empty list has
# one turn, with an empty word.
shown(c) = int(system("awk -F '\t' '$1 == \"".word(roofline_nets, 1)."\" && $".c." != \"nan\"' '".file."' | wc -l")) > 0
these = ""
do for [c = column_count(file):6:-1] { if (c == 6 || shown(c)) { these = these." ".c } }

set multiplot title heading("How much of this machine a call uses")
set logscale x 2
set logscale y
set xrange [0.85:300]
set xtics (1, 2, 4, 8, 16, 32, 64, 128, 256)
set xlabel "samples in a call" offset 0, 0.3
set yrange [0.5<*:4.5 * peak]
set ytics (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
set tmargin at screen 1 - 90.0 / h
set bmargin at screen 55.0 / h
set key at screen (w - 205.0) / w, 0.5 left center Left reverse
do for [p = 1:panels] {
  net = word(roofline_nets, p)
  load_rate = word(roofline_loads, p) + 0
  set lmargin at screen (75.0 + 410 * (p - 1)) / w
  set rmargin at screen (75.0 + 410 * (p - 1) + 360) / w
  set title sprintf("%s: loads allow %.0f for one sample", word(roofline_titles, p), 2 * load_rate) font ",12" offset 0, -0.5
  if (p == 1) { set ylabel "GFLOP/s" offset 0.5, 0 } else { unset ylabel }
  knee = peak / load_rate
  set print $roof
  print sprintf("%g\t%g\n%g\t%g\n%g\t%g", 0.85, 2 * 0.85 * load_rate, knee, 2 * peak, 300, 2 * peak)
  unset print
  set label 1 sprintf("all multiply-adds: %.0f", 2 * peak) at 290, 2 * peak * 1.17 right \
    font ",10" textcolor rgb ink
  plot for [c in these] sweep(net) using 3:(rate(c + 0)) with linespoints lw (c + 0 == 6 ? 3 : 1.5) \
         pt 7 ps (c + 0 == 6 ? 0.65 : 0.4) lc rgb color(column_name(file, c + 0)) title column_name(file, c + 0), \
       $roof with lines lw 1.5 dt 2 lc rgb ink title "the machine's limit"
  unset key
}
unset multiplot
