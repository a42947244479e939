"""Chunks, embeddings, indexes and the hybrid retriever."""
