/** Classes for attention that PyTorch has no module for, or torchvision alone has: they are written into the file where they are needed. */
export const attentionHelpers: Readonly<Record<string, string>> = {
  SelfAttention: `class SelfAttention(nn.MultiheadAttention):
    """Every token takes in every other."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # Without a bias PyTorch's fast path fails where all three are one tensor (pytorch/pytorch#97128).
        keys = x if self.in_proj_bias is not None else x.view_as(x)
        return super().forward(x, keys, x, need_weights=False)[0]`,

  CrossAttention: `class CrossAttention(nn.MultiheadAttention):
    """Every token takes in the tokens of another value."""

    def forward(self, x: torch.Tensor, memory: torch.Tensor) -> torch.Tensor:
        # Without a bias PyTorch's fast path fails where all three are one tensor (pytorch/pytorch#97128).
        keys = memory if self.in_proj_bias is not None else memory.view_as(memory)
        return super().forward(x, keys, memory, need_weights=False)[0]`,

  CausalAttention: `class CausalAttention(nn.MultiheadAttention):
    """Every token takes in itself and those before it, or the first tokens of another value."""

    def forward(self, x: torch.Tensor, memory: torch.Tensor = None) -> torch.Tensor:
        memory = x if memory is None else memory
        later = torch.ones(x.shape[1], memory.shape[1], dtype=torch.bool, device=x.device).triu(1)
        # Without a bias PyTorch's fast path fails where all three are one tensor (pytorch/pytorch#97128).
        keys = memory if self.in_proj_bias is not None else memory.view_as(memory)
        return super().forward(x, keys, memory, attn_mask=later, need_weights=False)[0]`,

  GroupedAttention: `class GroupedAttention(nn.Module):
    """Attention whose heads have a width of their own, in groups that share their keys and values."""

    def __init__(
        self,
        embed_dim: int,
        num_heads: int,
        num_key_value_heads: int,
        head_dim: int,
        kdim: int = None,
        bias: bool = True,
        causal: bool = False,
    ) -> None:
        super().__init__()
        self.num_heads = num_heads
        self.num_key_value_heads = num_key_value_heads
        self.causal = causal
        kdim = embed_dim if kdim is None else kdim
        inner, outer = num_heads * head_dim, num_key_value_heads * head_dim
        self.q_proj_weight = nn.Parameter(nn.init.xavier_uniform_(torch.empty(inner, embed_dim)))
        self.k_proj_weight = nn.Parameter(nn.init.xavier_uniform_(torch.empty(outer, kdim)))
        self.v_proj_weight = nn.Parameter(nn.init.xavier_uniform_(torch.empty(outer, kdim)))
        self.in_proj_bias = nn.Parameter(torch.zeros(inner + 2 * outer)) if bias else None
        self.out_proj = nn.Linear(inner, embed_dim, bias=bias)

    def forward(self, x: torch.Tensor, memory: torch.Tensor = None) -> torch.Tensor:
        memory = x if memory is None else memory
        q, k, v = x @ self.q_proj_weight.T, memory @ self.k_proj_weight.T, memory @ self.v_proj_weight.T
        if self.in_proj_bias is not None:
            biases = self.in_proj_bias.split([q.shape[-1], k.shape[-1], v.shape[-1]])
            q, k, v = q + biases[0], k + biases[1], v + biases[2]
        each = self.num_heads // self.num_key_value_heads
        q = q.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)
        k = k.unflatten(-1, (self.num_key_value_heads, -1)).transpose(1, 2).repeat_interleave(each, dim=1)
        v = v.unflatten(-1, (self.num_key_value_heads, -1)).transpose(1, 2).repeat_interleave(each, dim=1)
        scores = q @ k.transpose(-2, -1) * q.shape[-1] ** -0.5
        if self.causal:
            later = torch.ones(scores.shape[-2:], dtype=torch.bool, device=x.device).triu(1)
            scores = scores.masked_fill(later, float("-inf"))
        return self.out_proj((scores.softmax(dim=-1) @ v).transpose(1, 2).flatten(2))`,

  WindowAttention: `class WindowAttention(nn.Module):
    """Attention within the windows of an image, with a bias for each relative position (Swin Transformer)."""

    def __init__(self, channels: int, heads: int, window: int, shift: int = 0, bias: bool = True) -> None:
        super().__init__()
        self.heads = heads
        self.window = window
        self.shift = shift
        self.qkv = nn.Linear(channels, 3 * channels, bias=bias)
        self.proj = nn.Linear(channels, channels, bias=bias)
        self.relative_position_bias_table = nn.Parameter(torch.zeros((2 * window - 1) ** 2, heads))
        nn.init.trunc_normal_(self.relative_position_bias_table, std=0.02)

    def position_biases(self, rows: torch.Tensor) -> torch.Tensor:
        return self.relative_position_bias_table[rows]

    def projected(self, x: torch.Tensor) -> torch.Tensor:
        return self.qkv(x)

    def scores(self, q: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        return q @ k.transpose(-2, -1) * q.shape[-1] ** -0.5

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, height, width, channels = x.shape
        window = self.window
        cells = window * window
        # A window that is as large as the image is not moved.
        shifts = [self.shift if size > window else 0 for size in (height, width)]
        x = torch.roll(x, [-shift for shift in shifts], dims=(1, 2))
        x = self.in_windows(x)
        q, k, v = self.projected(x).reshape(*x.shape[:3], 3, self.heads, -1).permute(3, 0, 1, 4, 2, 5)
        places = torch.arange(window, device=x.device)
        row, column = places.unsqueeze(1).repeat(1, window).flatten(), places.repeat(window)
        rows = (row[:, None] - row + window - 1) * (2 * window - 1) + column[:, None] - column + window - 1
        scores = self.scores(q, k) + self.position_biases(rows).permute(2, 0, 1)
        if any(shifts):
            # Cells that are no neighbours in the image do not take in each other.
            down, right = (
                (torch.arange(size, device=x.device) >= size - window).int()
                + (torch.arange(size, device=x.device) >= size - shift).int()
                if shift
                else torch.zeros(size, dtype=torch.int, device=x.device)
                for size, shift in zip((height, width), shifts)
            )
            regions = self.in_windows((3 * down[:, None] + right)[None, :, :, None])[0, :, :, 0]
            scores = scores + -100.0 * (regions[:, None, :, None] != regions[:, None, None, :])
        x = self.proj((scores.softmax(dim=-1) @ v).transpose(2, 3).reshape(batch, -1, cells, channels))
        x = x.reshape(batch, height // window, width // window, window, window, channels).transpose(2, 3)
        return torch.roll(x.reshape(batch, height, width, channels), shifts, dims=(1, 2))

    def in_windows(self, x: torch.Tensor) -> torch.Tensor:
        batch, height, width, channels = x.shape
        window = self.window
        x = x.reshape(batch, height // window, window, width // window, window, channels).transpose(2, 3)
        return x.reshape(batch, -1, window * window, channels)`,

  WindowAttentionV2: `class WindowAttentionV2(WindowAttention):
    """Attention within windows whose scores are cosines, and whose biases of positions are computed (Swin Transformer V2)."""

    def __init__(self, channels: int, heads: int, window: int, shift: int = 0, bias: bool = True) -> None:
        super().__init__(channels, heads, window, shift, bias)
        del self.relative_position_bias_table
        self.logit_scale = nn.Parameter(torch.log(10 * torch.ones(heads, 1, 1)))
        self.cpb_mlp = nn.Sequential(nn.Linear(2, 512), nn.ReLU(), nn.Linear(512, heads, bias=False))

    def position_biases(self, rows: torch.Tensor) -> torch.Tensor:
        window = self.window
        along = torch.arange(1 - window, window, device=rows.device) * 8.0 / max(window - 1, 1)
        along = along.sign() * torch.log2(along.abs() + 1.0) / 3.0
        table = torch.stack([along[:, None].expand(-1, len(along)), along.expand(len(along), -1)], dim=-1)
        return 16 * torch.sigmoid(self.cpb_mlp(table).flatten(0, 1)[rows])

    def projected(self, x: torch.Tensor) -> torch.Tensor:
        bias = self.qkv.bias
        if bias is not None:
            # Keys have no bias.
            third = len(bias) // 3
            bias = torch.cat([bias[:third], torch.zeros_like(bias[:third]), bias[2 * third :]])
        return nn.functional.linear(x, self.qkv.weight, bias)

    def scores(self, q: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        q, k = nn.functional.normalize(q, dim=-1), nn.functional.normalize(k, dim=-1)
        return q @ k.transpose(-2, -1) * self.logit_scale.clamp(max=4.605170185988092).exp()`,

  PatchMerging: `class PatchMerging(nn.Module):
    """Patches of 2x2 as one with twice the channels (Swin Transformer)."""

    def __init__(self, channels: int, norm_first: bool = True) -> None:
        super().__init__()
        self.norm_first = norm_first
        self.reduction = nn.Linear(4 * channels, 2 * channels, bias=False)
        self.norm = nn.LayerNorm((4 if norm_first else 2) * channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, height, width, channels = x.shape
        x = x.reshape(batch, height // 2, 2, width // 2, 2, channels).permute(0, 1, 3, 4, 2, 5).flatten(3)
        return self.reduction(self.norm(x)) if self.norm_first else self.norm(self.reduction(x))`,
}
