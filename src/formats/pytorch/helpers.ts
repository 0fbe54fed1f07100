import { attentionHelpers } from './attention-helpers.js'

/** Small classes for layers that PyTorch has no module for. A file contains those that it needs. */
export const helpers: Readonly<Record<string, string>> = {
  Permute: `class Permute(nn.Module):
    """The axes in another order."""

    def __init__(self, *dims: int) -> None:
        super().__init__()
        self.dims = dims

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.permute(self.dims)`,

  Reshape: `class Reshape(nn.Module):
    """The same values of each example in another shape."""

    def __init__(self, *shape: int) -> None:
        super().__init__()
        self.shape = shape

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.reshape(x.shape[0], *self.shape)`,

  Crop: `class Crop(nn.Module):
    """Cells cut off both ends of each axis behind the batch."""

    def __init__(self, *cuts: tuple) -> None:
        super().__init__()
        self.cuts = cuts

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        kept = (slice(before, size - after) for (before, after), size in zip(self.cuts, x.shape[1:]))
        return x[(slice(None), *kept)]`,

  Slice: `class Slice(nn.Module):
    """A part of one axis."""

    def __init__(self, dim: int, start: int, end: int) -> None:
        super().__init__()
        self.dim = dim
        self.start = start
        self.end = end

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.narrow(self.dim, self.start, self.end - self.start)`,

  SymmetricPad: `class SymmetricPad(nn.Module):
    """Cells around each spatial axis, mirrored behind the outermost one."""

    def __init__(self, *ends: tuple) -> None:
        super().__init__()
        self.ends = ends

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for axis, (before, after) in enumerate(self.ends, start=2):
            first = x.narrow(axis, 0, before).flip(axis)
            last = x.narrow(axis, x.shape[axis] - after, after).flip(axis)
            x = torch.cat([first, x, last], dim=axis)
        return x`,

  WrappingPad: `class WrappingPad(nn.Module):
    """Cells around each spatial axis, from its other end."""

    def __init__(self, *ends: tuple) -> None:
        super().__init__()
        self.ends = ends

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for axis, (before, after) in enumerate(self.ends, start=2):
            first = x.narrow(axis, x.shape[axis] - before, before)
            last = x.narrow(axis, 0, after)
            x = torch.cat([first, x, last], dim=axis)
        return x`,

  CellMean: `class CellMean(nn.Module):
    """An average pool that does not count the cells of its padding."""

    def __init__(self, pad: nn.Module, pool: nn.Module) -> None:
        super().__init__()
        self.pad = pad
        self.pool = pool

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.pool(self.pad(x)) / self.pool(self.pad(torch.ones_like(x)))`,

  DilatedAvgPool: `class DilatedAvgPool(nn.Module):
    """An average pool with gaps between the cells of its windows."""

    def __init__(self, kernel_size: tuple, stride: tuple, dilation: tuple) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride
        self.dilation = dilation

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        convolve = (nn.functional.conv1d, nn.functional.conv2d, nn.functional.conv3d)[len(self.kernel_size) - 1]
        kernel = torch.ones(1, 1, *self.kernel_size, dtype=x.dtype, device=x.device)
        each = x.reshape(-1, 1, *x.shape[2:])
        mean = convolve(each, kernel / kernel.numel(), stride=self.stride, dilation=self.dilation)
        return mean.reshape(*x.shape[:2], *mean.shape[2:])`,

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

  StochasticDepth: `class StochasticDepth(nn.Module):
    """Drops all values of an example together while training."""

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training or self.p == 0.0:
            return x
        kept = torch.empty(x.shape[0], *[1] * (x.ndim - 1), dtype=x.dtype, device=x.device)
        return x * kept.bernoulli_(1.0 - self.p) / (1.0 - self.p)`,

  ClassToken: `class ClassToken(nn.Module):
    """A learned token in front of the others."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(features))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([self.weight.expand(x.shape[0], 1, -1), x], dim=1)`,

  PositionEmbedding: `class PositionEmbedding(nn.Module):
    """A learned vector added to each token."""

    def __init__(self, tokens: int, features: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(tokens, features).normal_(std=0.02))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.weight`,

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

  ...attentionHelpers,

  SelectToken: `class SelectToken(nn.Module):
    """One of the tokens."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x[:, self.index]`,

  MeanTokens: `class MeanTokens(nn.Module):
    """The mean of all tokens."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.mean(dim=1)`,

  Steps: `class Steps(nn.Module):
    """What a recurrent layer gives at every step, without its state."""

    def forward(self, outputs: tuple) -> torch.Tensor:
        return outputs[0]`,

  LastStates: `class LastStates(nn.Module):
    """What both directions of a recurrent layer end with: the last step of the first, and the first of the second."""

    def __init__(self, hidden_size: int) -> None:
        super().__init__()
        self.hidden_size = hidden_size

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([x[:, -1, : self.hidden_size], x[:, 0, self.hidden_size :]], dim=-1)`,

  SumOfDirections: `class SumOfDirections(nn.Module):
    """Both directions of a recurrent layer added."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.unflatten(-1, (2, -1)).sum(dim=-2)`,

  Tied: `class Tied:
    """A layer that computes with the weights of another, which has other settings. The weights are registered there alone."""

    def __init__(self, layer: nn.Module, owner: nn.Module) -> None:
        self.layer = layer
        self.owner = owner

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        for own, other in zip(self.layer.modules(), self.owner.modules()):
            own._parameters.update(other._parameters)
            own._buffers.update(other._buffers)
        return self.layer.train(self.owner.training)(x)`,
}
