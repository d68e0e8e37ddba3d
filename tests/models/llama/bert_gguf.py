"""The bundled embedder written as a GGUF file: a real embedding model, whose right vectors are known."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from models.bundled import BundledEmbedder
from models.minilm.graph import EPSILON, HEADS, HIDDEN, LAYERS

CONTEXT = 128
"""Shorter than the model's own 512, so that a test can reach it."""

_PARTS = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}
_EMBEDDINGS = {
    "word_embeddings.weight": "token_embd.weight",
    "position_embeddings.weight": "position_embd.weight",
    "token_type_embeddings.weight": "token_types.weight",
    "LayerNorm.weight": "token_embd_norm.weight",
    "LayerNorm.bias": "token_embd_norm.bias",
}


def write_bert_gguf(files: BundledEmbedder, path: Path, pooling: gguf.PoolingType = gguf.PoolingType.MEAN) -> Path:
    """Write the weights as they are, in float32, with the tokenizer."""
    writer = gguf.GGUFWriter(path, "bert")
    writer.add_name("MiniLM")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(HIDDEN)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(4 * HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_layer_norm_eps(EPSILON)
    writer.add_causal_attention(False)
    writer.add_pooling_type(pooling)
    writer.add_file_type(0)
    _add_tokenizer(writer, files.tokenizer)
    weights = load_file(files.weights)
    for source, target in _EMBEDDINGS.items():
        tensor = weights[f"embeddings.{source}"]
        writer.add_tensor(target, tensor[:CONTEXT] if target.startswith("position") else tensor)
    for layer in range(LAYERS):
        for source, target in _PARTS.items():
            for kind in ("weight", "bias"):
                tensor = weights[f"encoder.layer.{layer}.{source}.{kind}"]
                writer.add_tensor(f"blk.{layer}.{target}.{kind}", np.ascontiguousarray(tensor, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _add_tokenizer(writer: gguf.GGUFWriter, file: Path) -> None:
    vocabulary = Tokenizer.from_file(str(file)).get_vocab()
    tokens = sorted(vocabulary, key=vocabulary.__getitem__)
    special = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}
    # llama.cpp marks beginnings of words where the file of the tokenizer marks what is none.
    written = [
        token if token in special else token[2:] if token.startswith("##") else "\u2581" + token for token in tokens
    ]
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("jina-v2-en")
    writer.add_token_list(written)
    writer.add_token_types([gguf.TokenType.CONTROL if token in special else gguf.TokenType.NORMAL for token in tokens])
    writer.add_token_type_count(2)
    for add, token in (
        (writer.add_bos_token_id, "[CLS]"),
        (writer.add_eos_token_id, "[SEP]"),
        (writer.add_sep_token_id, "[SEP]"),
        (writer.add_unk_token_id, "[UNK]"),
        (writer.add_pad_token_id, "[PAD]"),
        (writer.add_mask_token_id, "[MASK]"),
    ):
        add(vocabulary[token])
