// expect: error: .*nothing
// fails: ^what should be refused compiles$
int one = 1;
