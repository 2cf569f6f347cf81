# gnuplot -e "data = 'FOLDER'" latency.gp: time of one call against the size of the net; bars if there is one net.
load 'style.gp'
file = data.'/back-to-back.tsv'
stats file using 4 skip 1 nooutput name "nets"
columns = int(system("head -n 1 '".file."' | awk -F '\t' '{print NF}'"))
name(c) = system("head -n 1 '".file."' | cut -f ".c)
ns = "'1 ns' 1, '10' 10, '100' 100, '1 µs' 1e3, '10' 1e4, '100 µs' 1e5"

if (nets_records > 1) {
  set title "Inference of one sample: time of a call\n{/*0.75 ".where."}"
  set logscale xy
  set xlabel "multiply-adds of the net"
  set format x "%.0f"
  set xtics ("100" 100, "1 000" 1e3, "10 000" 1e4, "100 000" 1e5)
  set ytics ("1 ns" 1, "10 ns" 10, "100 ns" 100, "1 µs" 1e3, "10 µs" 1e4, "100 µs" 1e5)
  set xrange [60:110000]
  set key outside right center reverse Left
  # The nets are named along the bottom; they have ReLU, but for FANN's, which have tanh.
  set for [i = 1:1] label i "" at graph 0, graph 0
  shown(c, a) = (strcol(2) eq a && column(c) == column(c)) ? column(c) : NaN
  plot for [c = columns:7:-1] file using 4:(shown(c, name(c) eq 'FANN' ? 'tanh' : 'relu')) skip 1 \
         with linespoints lw 1.6 pt 7 ps 0.45 lc rgb peer(c - 6) title (name(c) eq 'FANN' ? 'FANN (tanh)' : name(c)), \
       file using 4:(shown(6, 'relu')) skip 1 with linespoints lw 3 pt 7 ps 0.7 lc rgb ours title 'inlay', \
       file using 4:(shown(5, 'relu')) skip 1 with lines lw 1.5 dt 2 lc rgb ink title 'reading every weight once', \
       file using 4:(shown(5, 'relu') * 0.55):1 skip 1 with labels font ",10" textcolor rgb ink notitle
} else {
  array value[columns]
  do for [c = 5:columns] {
    stats file using c skip 1 nooutput name "one"
    value[c] = one_records > 0 ? one_min : NaN
  }
  net = system("sed -n 2p '".file."' | cut -f 1")
  set title "Inference of one sample: time of a call\n{/*0.75 ".where."}"
  set logscale x
  set xrange [value[5] / 2:*]
  set yrange [columns + 0.7:4.3] 
  set xtics ("1 ns" 1, "10 ns" 10, "100 ns" 100, "1 µs" 1e3, "10 µs" 1e4, "100 µs" 1e5)
  set ytics ()
  do for [c = 5:columns] { set ytics add ((c == 5 ? 'limit' : name(c)) c) }
  set style fill solid 0.9 noborder
  set grid noytics
  unset key
  label(v) = v < 1000 ? sprintf(" %.0f ns", v) : sprintf(" %.2f µs", v / 1000)
  color(c) = c == 5 ? "#adb5bd" : c == 6 ? ours : peer(c - 6)
  plot for [c = 5:columns] '+' using (value[5] / 2):(c):(value[5] / 2):(value[c]):(c - 0.32):(c + 0.32) every ::::0 with boxxyerror lc rgb color(c), \
       for [c = 5:columns] '+' using (value[c]):(c):(label(value[c])) every ::::0 with labels left textcolor rgb ink
}
