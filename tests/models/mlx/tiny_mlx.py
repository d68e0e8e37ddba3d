"""A model for MLX with random weights: it answers at once, and what it says means nothing."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

CONTEXT = 1024
HIDDEN, LAYERS, HEADS = 64, 2, 4
MARKERS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
TURN = "<｜Turn｜>"
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
TEXT = [
    "The harbour master counted the boats and wrote them down.",
    '{"kind": "cat", "name": "Tom"}',
    "the sea the sea",
]


def make_mlx_model(folder: Path, *, seed: int = 0) -> Path:
    """Write config, tokenizer and weights of a llama of 2 layers, byte-level BPE and ChatML."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=320,
        special_tokens=MARKERS,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(TEXT, trainer)
    tokenizer.add_tokens([AddedToken(TURN, special=False, normalized=False)])
    tokenizer.save(str(folder / "tokenizer.json"))
    words = tokenizer.get_vocab_size()
    about = {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "<|im_end|>", "chat_template": TEMPLATE}
    (folder / "tokenizer_config.json").write_text(json.dumps(about))
    config = {
        "model_type": "llama",
        "hidden_size": HIDDEN,
        "num_hidden_layers": LAYERS,
        "intermediate_size": 128,
        "num_attention_heads": HEADS,
        "num_key_value_heads": 2,
        "rms_norm_eps": 1e-5,
        "vocab_size": words + 13,  # as real models have it: more than the tokenizer knows
        "max_position_embeddings": CONTEXT,
        "tie_word_embeddings": True,
        "eos_token_id": 2,
    }
    (folder / "config.json").write_text(json.dumps(config))
    random = np.random.default_rng(seed)

    def matrix(rows: int, columns: int, scale: float = 0.2) -> np.ndarray:
        return random.normal(0, scale, (rows, columns)).astype(np.float32)

    # Vectors of length 1 that are multiplied by 8 leave the model undecided, so that sampling shows.
    weights = {"model.embed_tokens.weight": matrix(words + 13, HIDDEN, 0.125)}
    # It never ends by itself: rows that are 0 are never the likeliest.
    weights["model.embed_tokens.weight"][:3] = 0
    weights["model.norm.weight"] = np.full(HIDDEN, 3, np.float32)
    for layer in range(LAYERS):
        name = f"model.layers.{layer}"
        for part, rows, columns in (
            ("self_attn.q_proj", HIDDEN, HIDDEN), ("self_attn.k_proj", 32, HIDDEN), ("self_attn.v_proj", 32, HIDDEN),
            ("self_attn.o_proj", HIDDEN, HIDDEN), ("mlp.gate_proj", 128, HIDDEN), ("mlp.up_proj", 128, HIDDEN),
            ("mlp.down_proj", HIDDEN, 128),
        ):  # fmt: skip
            weights[f"{name}.{part}.weight"] = matrix(rows, columns)
        for norm in ("input_layernorm", "post_attention_layernorm"):
            weights[f"{name}.{norm}.weight"] = np.ones(HIDDEN, np.float32)
    save_file(weights, folder / "model.safetensors", metadata={"format": "mlx"})
    return folder
