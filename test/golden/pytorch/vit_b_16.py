import torch
from torch import nn


class Permute(nn.Module):
    """The axes in another order."""

    def __init__(self, *dims: int) -> None:
        super().__init__()
        self.dims = dims

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.permute(self.dims)


class ClassToken(nn.Module):
    """A learned token in front of the others."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(features))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([self.weight.expand(x.shape[0], 1, -1), x], dim=1)


class PositionEmbedding(nn.Module):
    """A learned vector added to each token."""

    def __init__(self, tokens: int, features: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(tokens, features).normal_(std=0.02))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.weight


class SelectToken(nn.Module):
    """One of the tokens."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x[:, self.index]


class SelfAttention(nn.MultiheadAttention):
    """Every token takes in every other."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # Without a bias PyTorch's fast path fails where all three are one tensor (pytorch/pytorch#97128).
        keys = x if self.in_proj_bias is not None else x.view_as(x)
        return super().forward(x, keys, x, need_weights=False)[0]


class Residual1(nn.Module):
    """The sum of its branches."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.LayerNorm(768, eps=1e-6),
            SelfAttention(768, 12, batch_first=True),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.body(x) + x


class Residual2(nn.Module):
    """The sum of its branches."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.LayerNorm(768, eps=1e-6),
            nn.Linear(768, 3072),
            nn.GELU(),
            nn.Linear(3072, 768),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.body(x) + x


class VisionTransformer(nn.Sequential):
    """VisionTransformer.

    input: (batch, 3, 224, 224), that is (batch, channels, height, width)
    output: (batch, 1000), that is (batch, features)
    parameters: 86,567,656
    """

    def __init__(self) -> None:
        super().__init__(
            nn.Conv2d(3, 768, kernel_size=16, stride=16),
            nn.Flatten(2, 3),
            Permute(0, 2, 1),
            ClassToken(768),
            PositionEmbedding(197, 768),
            *(layer for _ in range(12) for layer in (Residual1(), Residual2())),
            nn.LayerNorm(768, eps=1e-6),
            SelectToken(0),
            nn.Linear(768, 1000),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.shape[1:] != (3, 224, 224):
            raise ValueError(
                "VisionTransformer takes (batch, 3, 224, 224), that is (batch, channels, height, width), "
                f"not {tuple(x.shape)}."
            )
        return super().forward(x)
