# awk -f stack.awk graph.ci: the most stack that a chain of calls takes, in bytes, from g++'s -fcallgraph-info=su.
function deepest(f, i, most, here) {
  if (f in known) return known[f]
  most = 0
  for (i = 1; i <= calls[f]; ++i) {
    here = deepest(callee[f, i])
    if (here > most) most = here
  }
  return known[f] = frame[f] + most
}
{ split($0, quoted, "\"") }
/^node: / && match($0, /[0-9]+ bytes \(/) { frame[quoted[2]] = substr($0, RSTART) + 0 }
/^edge: / { callee[quoted[2], ++calls[quoted[2]]] = quoted[4] }
END {
  for (f in frame) {
    here = deepest(f)
    if (here > most) most = here
  }
  print most
}
