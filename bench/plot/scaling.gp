# gnuplot -e "data = 'FOLDER'" scaling.gp: how much faster training is on more threads.
load 'style.gp'
eval terminal(940, 440)
file = data.'/scaling.tsv'
blocks = int(system("grep -c '^\"' '".file."'"))
called(i) = system("grep '^\"' '".file."' | tr -d '\"' | sed -n ".(i + 1)."p")
shade(i) = word("#ced4da #adb5bd #868e96 #495057 #ffc078 #ff922b #e8590c #a61e4d #a5d8ff #4dabf7 #1971c2 #364fc7", i + 1)
most = int(system("grep -v '\"' '".file."' | cut -f 1 | sort -n | tail -n 1"))

set title "{/:Bold=15 fit() on threads: how many times as fast as without}\n".\
          "{/*0.8 ".cpu.", ".isa.", ".compiler."; dashed: as many copies that share nothing but the machine}"
set xlabel "threads"
set ylabel "times"
set xrange [0.9:most + 0.1]
set yrange [0:most * 1.1]
set xtics 1
set key outside right center
plot for [i = 0:blocks - 1] file index i skip 1 using 1:2 with linespoints lw 2.5 pt 7 ps 0.6 lc rgb shade(i) title called(i), \
     for [i = 0:blocks - 1] file index i skip 1 using 1:3 with lines lw 1.2 dt 2 lc rgb shade(i) notitle
