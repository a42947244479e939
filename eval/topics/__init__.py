"""The subject model: training on assistant/understanding/data/training and cross-validated figures."""
