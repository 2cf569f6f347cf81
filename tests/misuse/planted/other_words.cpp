// expect: error: .*everything
// fails: ^wanted the first error to match
#ifdef REJECT
int one = nothing;
#endif
