"""测评: exports and paper tallies → answers → counts → rates, scores, intervals and signs of made-up sheets."""
