import torch
from torch import nn


class Siamese(nn.Module):
    """Siamese.

    inputs:
        left: (batch, 1, 4, 4), that is (batch, channels, height, width)
        right: (batch, 1, 4, 4), that is (batch, channels, height, width)
    output: (batch, 1), that is (batch, features)
    parameters: 305

    nn.Flatten takes the values channel by channel: so do the weights of the nn.Linear behind it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.encoder_conv2d_1 = nn.Conv2d(1, 4, kernel_size=3, padding=1)
        self.relu_1 = nn.ReLU()
        self.flatten_1 = nn.Flatten()
        self.encoder_dense_1 = nn.Linear(64, 4)
        self.relu_2 = nn.ReLU()
        self.flatten_2 = nn.Flatten()
        self.dense_1 = nn.Linear(4, 1)

    def forward(self, left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
        if left.shape[1:] != (1, 4, 4):
            raise ValueError(
                "Siamese takes left as (batch, 1, 4, 4), that is (batch, channels, height, width), "
                f"not {tuple(left.shape)}."
            )
        if right.shape[1:] != (1, 4, 4):
            raise ValueError(
                "Siamese takes right as (batch, 1, 4, 4), that is (batch, channels, height, width), "
                f"not {tuple(right.shape)}."
            )
        encoder_conv2d_1 = self.encoder_conv2d_1(left)
        relu_1 = self.relu_1(encoder_conv2d_1)
        flatten_1 = self.flatten_1(relu_1)
        a = self.encoder_dense_1(flatten_1)
        encoder_conv2d_2 = self.encoder_conv2d_1(right)
        relu_2 = self.relu_2(encoder_conv2d_2)
        flatten_2 = self.flatten_2(relu_2)
        b = self.encoder_dense_1(flatten_2)
        subtract_1 = a - b
        dense_1 = self.dense_1(subtract_1)
        return dense_1
