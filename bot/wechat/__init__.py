"""The line to WeChat: signed envelopes in, API calls out."""
