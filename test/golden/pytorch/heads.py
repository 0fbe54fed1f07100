import torch
from torch import nn


class Network(nn.Module):
    """Network.

    input: (batch, 3, 8, 8), that is (batch, channels, height, width)
    output: (batch, 5), that is (batch, features)
    aux: (batch, 2), that is (batch, features)
    second: (batch, 4, 6, 6), that is (batch, channels, height, width)
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
        if x.shape[1:] != (3, 8, 8):
            raise ValueError(
                "Network takes (batch, 3, 8, 8), that is (batch, channels, height, width), "
                f"not {tuple(x.shape)}."
            )
        outputs = {}
        x = self.layers_1(x)
        outputs["aux"] = self.aux(x)
        x = self.layers_2(x)
        outputs["second"] = x
        x = self.layers_3(x)
        outputs["output"] = x
        return outputs
