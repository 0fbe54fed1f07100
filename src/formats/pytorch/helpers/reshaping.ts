/** Classes for values that are moved, cut, padded or pooled in ways that PyTorch has no module for. */
export const reshapingHelpers: Readonly<Record<string, string>> = {
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
}
