import torch
from torch import nn


class Network(nn.Module):
    """Network.

    input: (batch, 3, 8, 8), channels last 8x8x3
    output: (batch, 5)
    aux: (batch, 2)
    second: (batch, 4, 6, 6), channels last 6x6x4
    parameters: 147
    """

    def __init__(self) -> None:
        super().__init__()
        self.layers_1 = nn.Conv2d(3, 4, kernel_size=3)
        self.aux = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(4, 2),
        )
        self.layers_2 = nn.ReLU()
        self.layers_3 = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(4, 5),
        )

    def forward(self, x: torch.Tensor) -> dict:
        outputs = {}
        x = self.layers_1(x)
        outputs["aux"] = self.aux(x)
        x = self.layers_2(x)
        outputs["second"] = x
        x = self.layers_3(x)
        outputs["output"] = x
        return outputs
