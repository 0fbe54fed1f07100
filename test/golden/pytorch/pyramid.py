import torch
from torch import nn


class Pyramid(nn.Module):
    """Pyramid.

    input: (batch, 3, 8, 8), that is (batch, channels, height, width)
    outputs:
        p3: (batch, 5, 8, 8), that is (batch, channels, height, width)
        p4: (batch, 5, 8, 8), that is (batch, channels, height, width)
        p5: (batch, 5, 8, 8), that is (batch, channels, height, width)
    parameters: 207
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv2d_1 = nn.Conv2d(3, 4, kernel_size=1)
        self.relu_1 = nn.ReLU()
        self.conv2d_2 = nn.Conv2d(4, 6, kernel_size=1)
        self.relu_2 = nn.ReLU()
        self.conv2d_3 = nn.Conv2d(6, 8, kernel_size=1)
        self.conv2d_4 = nn.Conv2d(8, 5, kernel_size=1)
        self.conv2d_5 = nn.Conv2d(6, 5, kernel_size=1)
        self.conv2d_6 = nn.Conv2d(4, 5, kernel_size=1)

    def forward(self, x: torch.Tensor) -> dict:
        if x.shape[1:] != (3, 8, 8):
            raise ValueError(
                "Pyramid takes (batch, 3, 8, 8), that is (batch, channels, height, width), "
                f"not {tuple(x.shape)}."
            )
        conv2d_1 = self.conv2d_1(x)
        c3 = self.relu_1(conv2d_1)
        conv2d_2 = self.conv2d_2(c3)
        c4 = self.relu_2(conv2d_2)
        conv2d_3 = self.conv2d_3(c4)
        p5 = self.conv2d_4(conv2d_3)
        conv2d_5 = self.conv2d_5(c4)
        p4 = conv2d_5 + p5
        conv2d_6 = self.conv2d_6(c3)
        p3 = conv2d_6 + p4
        return {"p3": p3, "p4": p4, "p5": p5}
