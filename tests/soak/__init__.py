"""Long trials, by chance with a seed that is said: `make soak`; `make test` runs a few of each."""
