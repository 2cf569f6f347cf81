# gnuplot -e "data = 'FOLDER'" compile.gp: seconds to compile one program against the number of layers.
load 'style.gp'
eval terminal(760, 440)
file = data.'/compile.tsv'
blocks = int(system("grep -c '^\"' '".file."'"))
called(i) = system("grep '^\"' '".file."' | tr -d '\"' | sed -n ".(i + 1)."p")
shade(i) = word("#d9480f #1864ab #2b8a3e", i + 1)

set title "{/:Bold=15 Compiling a net of 32-wide layers, inference of one sample}\n".\
          "{/*0.8 processor time of the compiler, -O3; dashed: the header alone}"
set xlabel "layers"
set ylabel "seconds"
set xrange [0:140]
set yrange [0:*]
set offsets 0, 0, graph 0.1, 0
set xtics (0, 4, 16, 32, 64, 96, 128)
set key bottom right
alone(i) = system("grep -A 1 '^\"' '".file."' | grep '^0' | cut -f 2 | sed -n ".(i + 1)."p") + 0
plot for [i = 0:blocks - 1] file index i skip 1 using 1:($1 > 0 ? $2 : NaN) \
       with linespoints lw 2.5 pt 7 ps 0.6 lc rgb shade(i) title called(i), \
     for [i = 0:blocks - 1] alone(i) with lines lw 1.2 dt 2 lc rgb shade(i) notitle
