"""Applications being filled: answers, documents, states."""
