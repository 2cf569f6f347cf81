# gnuplot -e "data = 'FOLDER'" latency.gp: one call against the size of the net, for every library.
load 'style.gp'
eval terminal(900, 520)
file = data.'/back-to-back.tsv'
relu = "< awk -F '\t' '$2 != \"tanh\"' '".file."'" # every net's own activation in between, FANN's apart: it has no ReLU
tanh = "< awk -F '\t' '$2 == \"tanh\"' '".file."'"
rows(c) = column_name(file, c) eq 'FANN' ? tanh : relu
key(c) = column_name(file, c) eq 'FANN' ? 'FANN (tanh)' : column_name(file, c)

set title heading("One sample: time of a call")
set logscale xy
set xlabel "multiply-adds of the net"
set xtics ("100" 100, "1 000" 1e3, "10 000" 1e4, "100 000" 1e5, "1 000 000" 1e6)
eval "set ytics ".time_tics
set xrange [55:*]
set yrange [0.2:*]
set offsets graph 0, graph 0.03, graph 0.03, graph 0
set key outside right center reverse Left
# inlay's column, which is always there, ends the loop: downwards it has one turn at least.
plot for [c = column_count(file):6:-1] rows(c) using 4:(column(c)) with linespoints lw (c == 6 ? 3 : 1.5) \
       pt 7 ps (c == 6 ? 0.7 : 0.45) lc rgb color(column_name(file, c)) title key(c), \
     relu using 4:5 with lines lw 1.5 dt 2 lc rgb ink title 'reading every weight once', \
     relu using 4:(0.6 * ($6 < $5 ? $6 : $5)):1 with labels font ",11" textcolor rgb ink notitle
