import torch
from torch import nn


class Permute(nn.Module):
    """The axes in another order."""

    def __init__(self, *dims: int) -> None:
        super().__init__()
        self.dims = dims

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.permute(self.dims)


class Network(nn.Module):
    """Network.

    input: (batch, 3, 6, 8), that is (batch, channels, height, width)
    output: (batch, 2), that is (batch, features)
    side: (batch, 4, 3, 4), that is (batch, channels, height, width)
    parameters: 410

    nn.Flatten takes the values channel by channel: so do the weights of the nn.Linear behind it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Sequential(
            nn.ZeroPad2d((0, 1, 0, 1)),
            nn.Conv2d(3, 4, kernel_size=3, stride=2),
        )
        self.second = nn.ReLU()
        self.third = nn.Sequential(
            Permute(0, 2, 3, 1),
            nn.LayerNorm(4),
        )
        self.flat = nn.Flatten()
        self.head = nn.Linear(144, 2)

    def forward(self, x: torch.Tensor) -> dict:
        if x.shape[1:] != (3, 6, 8):
            raise ValueError(
                "Network takes (batch, 3, 6, 8), that is (batch, channels, height, width), "
                f"not {tuple(x.shape)}."
            )
        first = self.first(x)
        second = self.second(first)
        third = self.third(second)
        sum = third.permute(0, 3, 1, 2) + first
        all = torch.cat([sum, second, third.permute(0, 3, 1, 2)], dim=1)
        flat = self.flat(all)
        head = self.head(flat)
        return {"output": head, "side": first}
