import torch
from torch import nn


class Residual1(nn.Module):
    """The sum of its branches."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(64, 64, kernel_size=1, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.Conv2d(64, 64, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.Conv2d(64, 256, kernel_size=1, bias=False),
            nn.BatchNorm2d(256),
        )
        self.shortcut = nn.Sequential(
            nn.Conv2d(64, 256, kernel_size=1, bias=False),
            nn.BatchNorm2d(256),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.body(x) + self.shortcut(x)


class Residual2(nn.Module):
    """The sum of its branches."""

    def __init__(self, channels: int, hidden_channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(channels, hidden_channels, kernel_size=1, bias=False),
            nn.BatchNorm2d(hidden_channels),
            nn.ReLU(),
            nn.Conv2d(hidden_channels, hidden_channels, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(hidden_channels),
            nn.ReLU(),
            nn.Conv2d(hidden_channels, channels, kernel_size=1, bias=False),
            nn.BatchNorm2d(channels),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.body(x) + x


class Residual3(nn.Module):
    """The sum of its branches."""

    def __init__(self, in_channels: int, hidden_channels: int, out_channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(in_channels, hidden_channels, kernel_size=1, bias=False),
            nn.BatchNorm2d(hidden_channels),
            nn.ReLU(),
            nn.Conv2d(
                hidden_channels,
                hidden_channels,
                kernel_size=3,
                stride=2,
                padding=1,
                bias=False,
            ),
            nn.BatchNorm2d(hidden_channels),
            nn.ReLU(),
            nn.Conv2d(hidden_channels, out_channels, kernel_size=1, bias=False),
            nn.BatchNorm2d(out_channels),
        )
        self.shortcut = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, kernel_size=1, stride=2, bias=False),
            nn.BatchNorm2d(out_channels),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.body(x) + self.shortcut(x)


class ResNet50(nn.Sequential):
    """ResNet50.

    input: (batch, 3, 224, 224), that is (batch, channels, height, width)
    output: (batch, 1000), that is (batch, features)
    parameters: 25,557,032
    """

    def __init__(self) -> None:
        super().__init__(
            nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2, padding=1),
            Residual1(),
            nn.ReLU(),
            Residual2(256, 64),
            nn.ReLU(),
            Residual2(256, 64),
            nn.ReLU(),
            Residual3(256, 128, 512),
            *(layer for _ in range(3) for layer in (nn.ReLU(), Residual2(512, 128))),
            nn.ReLU(),
            Residual3(512, 256, 1024),
            *(layer for _ in range(5) for layer in (nn.ReLU(), Residual2(1024, 256))),
            nn.ReLU(),
            Residual3(1024, 512, 2048),
            nn.ReLU(),
            Residual2(2048, 512),
            nn.ReLU(),
            Residual2(2048, 512),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(2048, 1000),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.shape[1:] != (3, 224, 224):
            raise ValueError(
                "ResNet50 takes (batch, 3, 224, 224), that is (batch, channels, height, width), "
                f"not {tuple(x.shape)}."
            )
        return super().forward(x)
