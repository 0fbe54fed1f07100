from collections import OrderedDict

import torch
from torch import nn


class Lenet(nn.Sequential):
    """Lenet.

    input: (batch, 1, 32, 32), that is (batch, channels, height, width)
    output: (batch, 10), that is (batch, features)
    parameters: 61,706

    nn.Flatten takes the values channel by channel: so do the weights of the nn.Linear behind it.
    """

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                [
                    ("C1", nn.Conv2d(1, 6, kernel_size=5)),
                    ("tanh_1", nn.Tanh()),
                    ("S2", nn.AvgPool2d(2)),
                    ("C3", nn.Conv2d(6, 16, kernel_size=5)),
                    ("tanh_2", nn.Tanh()),
                    ("S4", nn.AvgPool2d(2)),
                    ("C5", nn.Conv2d(16, 120, kernel_size=5)),
                    ("tanh_3", nn.Tanh()),
                    ("flatten_1", nn.Flatten()),
                    ("F6", nn.Linear(120, 84)),
                    ("tanh_4", nn.Tanh()),
                    ("dense_1", nn.Linear(84, 10)),
                ]
            )
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.shape[1:] != (1, 32, 32):
            raise ValueError(
                "Lenet takes (batch, 1, 32, 32), that is (batch, channels, height, width), "
                f"not {tuple(x.shape)}."
            )
        return super().forward(x)
