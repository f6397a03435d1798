"""Discussion threads (讨论) of a panel that has signed: about a finding, an item, a dimension or a question put to
the vote. Class L3, like the deliberation they prepare."""
