"""Played language models: a server on loopback that speaks the OpenAI protocol, and what each model says."""
