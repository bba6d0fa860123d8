"""Ledgers before their post authority: changes approved, pooled posts signed for, forms sealed."""
