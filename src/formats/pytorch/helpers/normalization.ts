/** Classes for normalizations and scales in ways that PyTorch has no module for. */
export const normalizationHelpers: Readonly<Record<string, string>> = {
  SingleValueNorm: `class SingleValueNorm(nn.Module):
    """A normalization over one value, which is its own mean: PyTorch has none."""

    def __init__(self, channels: int, affine: bool = False) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels)) if affine else None
        self.bias = nn.Parameter(torch.zeros(channels)) if affine else None

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x - x
        if self.weight is None:
            return x
        shape = (-1, *[1] * (x.ndim - 2))
        return x * self.weight.reshape(shape) + self.bias.reshape(shape)`,

  RMSNorm: `class RMSNorm(nn.Module):
    """nn.RMSNorm, which PyTorch has from 2.4 on."""

    def __init__(self, normalized_shape: int, eps: float, elementwise_affine: bool = True) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(normalized_shape)) if elementwise_affine else None
        self.eps = eps

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x * torch.rsqrt(x.square().mean(dim=-1, keepdim=True) + self.eps)
        return x if self.weight is None else x * self.weight`,

  LayerScale: `class LayerScale(nn.Module):
    """A learned factor for each channel, which the axis \`dim\` holds."""

    def __init__(self, channels: int, dim: int = 1) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.full((channels,), 1e-6))
        self.dim = dim

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.weight.reshape(-1, *[1] * (x.ndim - 1 - self.dim))`,

  Affine: `class Affine(nn.Module):
    """A learned scale and shift for each channel, which the axis \`dim\` holds."""

    def __init__(self, channels: int, scale: bool = True, shift: bool = True, dim: int = 1) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels)) if scale else None
        self.bias = nn.Parameter(torch.zeros(channels)) if shift else None
        self.dim = dim

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        shape = (-1, *[1] * (x.ndim - 1 - self.dim))
        if self.weight is not None:
            x = x * self.weight.reshape(shape)
        return x if self.bias is None else x + self.bias.reshape(shape)`,

  Rescale: `class Rescale(nn.Module):
    """A constant scale and offset, for all channels or for each, which the axis \`dim\` holds."""

    def __init__(self, scale: "float | tuple", offset: "float | tuple" = 0.0, dim: int = 1) -> None:
        super().__init__()
        self.scale = scale
        self.offset = offset
        self.dim = dim

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        shape = (-1, *[1] * (x.ndim - 1 - self.dim))
        return x * x.new_tensor(self.scale).reshape(shape) + x.new_tensor(self.offset).reshape(shape)`,

  ConstantNorm: `class ConstantNorm(nn.Module):
    """Channels, which the axis \`dim\` holds, normalized by constant statistics."""

    def __init__(self, mean: "float | tuple", variance: "float | tuple", dim: int = 1) -> None:
        super().__init__()
        self.mean = mean
        self.variance = variance
        self.dim = dim

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        shape = (-1, *[1] * (x.ndim - 1 - self.dim))
        deviation = x.new_tensor(self.variance).sqrt()
        return (x - x.new_tensor(self.mean).reshape(shape)) / deviation.reshape(shape)`,

  StatisticsNorm: `class StatisticsNorm(nn.Module):
    """Channels, which the axis \`dim\` holds, normalized by statistics that training does not change."""

    def __init__(self, channels: int, dim: int = 1) -> None:
        super().__init__()
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))
        self.dim = dim

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        shape = (-1, *[1] * (x.ndim - 1 - self.dim))
        return (x - self.running_mean.reshape(shape)) / self.running_var.sqrt().reshape(shape)`,
}
