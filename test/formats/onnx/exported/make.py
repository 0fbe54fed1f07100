"""Writes the models of this folder: small networks as people write them, exported by torch 1.13 (Debian's python3-torch).

    /usr/bin/python3 test/formats/onnx/exported/make.py test/formats/onnx/exported
"""

import math
import sys
import warnings

import torch
import torch.nn.functional as F
from torch import nn
from torchvision.models.swin_transformer import ShiftedWindowAttention

warnings.filterwarnings("ignore")
torch.manual_seed(0)


class Net(nn.Module):
    """A function of its input and some modules."""

    def __init__(self, function, *modules):
        super().__init__()
        self.function = function
        self.m = nn.ModuleList(modules)

    def forward(self, *inputs):
        return self.function(*inputs, *self.m)


class ChannelNorm(nn.Module):
    """Layer normalization over the channels of an image, as ConvNeXt has it."""

    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(channels))
        self.bias = nn.Parameter(torch.rand(channels))

    def forward(self, x):
        mean = x.mean(1, keepdim=True)
        variance = (x - mean).pow(2).mean(1, keepdim=True)
        x = (x - mean) / torch.sqrt(variance + 1e-6)
        return self.weight[:, None, None] * x + self.bias[:, None, None]


class ConvNeXtBlock(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.depthwise = nn.Conv2d(size, size, 3, padding=1, groups=size)
        self.norm = nn.LayerNorm(size)
        self.wide = nn.Linear(size, 2 * size)
        self.narrow = nn.Linear(2 * size, size)
        self.scale = nn.Parameter(torch.rand(size))

    def forward(self, x):
        y = self.norm(self.depthwise(x).permute(0, 2, 3, 1))
        y = self.scale * self.narrow(F.gelu(self.wide(y)))
        return x + y.permute(0, 3, 1, 2)


class TimmAttention(nn.Module):
    """Attention as timm has it: one projection to queries, keys and values."""

    def __init__(self, size, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(size, 3 * size)
        self.proj = nn.Linear(size, size)

    def forward(self, x):
        batch, tokens, size = x.shape
        q, k, v = self.qkv(x).reshape(batch, tokens, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        shares = ((q @ k.transpose(-2, -1)) * (size // self.heads) ** -0.5).softmax(-1)
        return self.proj((shares @ v).transpose(1, 2).reshape(batch, tokens, size))


class BertAttention(nn.Module):
    """Attention as BERT has it: three projections."""

    def __init__(self, size, heads):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.output = (nn.Linear(size, size) for _ in range(4))

    def forward(self, x):
        batch, tokens, size = x.shape
        split = lambda y: y.view(batch, tokens, self.heads, size // self.heads).permute(0, 2, 1, 3)
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        shares = F.softmax(torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(size // self.heads), -1)
        return self.output(torch.matmul(shares, v).permute(0, 2, 1, 3).contiguous().view(batch, tokens, size))


class TorchAttention(nn.Module):
    def __init__(self, size, heads, batch_first):
        super().__init__()
        self.attention = nn.MultiheadAttention(size, heads, batch_first=batch_first)
        self.batch_first = batch_first

    def forward(self, x):
        x = x if self.batch_first else x.transpose(0, 1)
        y = self.attention(x, x, x, need_weights=False)[0]
        return y if self.batch_first else y.transpose(0, 1)


class Block(nn.Module):
    def __init__(self, size, heads):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(size), nn.LayerNorm(size)
        self.attention = TimmAttention(size, heads)
        self.mlp = nn.Sequential(nn.Linear(size, 2 * size), nn.GELU(), nn.Linear(2 * size, size))

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class VisionTransformer(nn.Module):
    def __init__(self, size=8):
        super().__init__()
        self.patches = nn.Conv2d(4, size, 4, 4)
        self.token = nn.Parameter(torch.rand(1, 1, size))
        self.positions = nn.Parameter(torch.rand(1, 5, size))
        self.blocks = nn.Sequential(Block(size, 2))
        self.norm = nn.LayerNorm(size)
        self.head = nn.Linear(size, 3)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], 1) + self.positions
        return self.head(self.norm(self.blocks(x))[:, 0])


def shuffle(x):
    batch, channels, height, width = x.shape
    return x.view(batch, 2, channels // 2, height, width).transpose(1, 2).contiguous().view(batch, channels, height, width)


def squeeze_and_excite(x, first, second):
    batch, channels, _, _ = x.size()
    gate = F.adaptive_avg_pool2d(x, 1).view(batch, channels)
    gate = torch.sigmoid(second(F.relu(first(gate)))).view(batch, channels, 1, 1)
    return x * gate.expand_as(x)


def dueling(x, value, advantage):
    x = F.relu(x)
    value, advantage = value(x), advantage(x)
    return value + advantage - advantage.mean(1, keepdim=True)


def focus(x):
    return torch.cat([x[..., ::2, ::2], x[..., 1::2, ::2], x[..., ::2, 1::2], x[..., 1::2, 1::2]], 1)


def spatial_attention(x, conv):
    return x * torch.sigmoid(conv(torch.cat([x.mean(1, keepdim=True), x.max(1, keepdim=True)[0]], 1)))


def boxes(x):
    return x.permute(0, 2, 3, 1).reshape(x.shape[0], -1, 2)


class Windows(nn.Module):
    """Attention in the windows of an image, as torchvision's Swin Transformers have it."""

    def __init__(self, shift):
        super().__init__()
        self.first = nn.Conv2d(4, 4, 1)
        self.attention = ShiftedWindowAttention(4, [4, 4], [shift, shift], 2)

    def forward(self, x):
        x = self.first(x).permute(0, 2, 3, 1)
        return (x + self.attention(x)).permute(0, 3, 1, 2)


image, tokens, vector = (4, 8, 8), (5, 8), (6,)

networks = {
    "layer-norm": (tokens, nn.LayerNorm(8)),
    "layer-norm-of-channels": (image, ChannelNorm(4)),
    "group-norm": (image, nn.GroupNorm(2, 4)),
    "group-norm-without-affine": (image, nn.GroupNorm(2, 4, affine=False)),
    "instance-norm": (image, nn.InstanceNorm2d(4, affine=True)),
    "convnext-block": (image, ConvNeXtBlock(4)),
    "local-response-norm": (image, nn.LocalResponseNorm(3, alpha=0.01, k=2)),
    "hard-swish": (image, Net(lambda x: x * F.relu6(x + 3) / 6)),
    "hard-swish-of-a-sixth": (image, Net(lambda x: x * (F.relu6(x + 3) / 6))),
    "hard-sigmoid": (image, Net(lambda x: F.relu6(x + 3) / 6)),
    "leaky-relu-by-max": (image, Net(lambda x: torch.max(x, x * 0.1))),
    "softplus-by-log": (image, Net(lambda x: torch.log(torch.exp(x) + 1))),
    "gelu": (image, nn.GELU()),
    "zero-pad": (image, nn.ZeroPad2d((1, 2, 3, 0))),
    "upsample-to-a-size": (image, nn.Upsample(size=(16, 16))),
    "upsample-to-the-size-of-another": (
        image,
        Net(lambda x, a: F.interpolate(a(x), size=x.shape[2:], mode="bilinear", align_corners=False), nn.Conv2d(4, 4, 3, 2, 1)),
    ),
    "channel-shuffle": (image, Net(shuffle)),
    "squeeze-and-excite-by-view": (image, Net(squeeze_and_excite, nn.Linear(4, 2), nn.Linear(2, 4))),
    "spatial-attention": (image, Net(spatial_attention, nn.Conv2d(2, 1, 3, 1, 1))),
    "mean-of-means": (image, Net(lambda x: x.mean(3).mean(2))),
    "focus": (image, Net(focus)),
    "boxes-of-two-scales": (image, Net(lambda x, a: torch.cat([boxes(x), boxes(a(x))], 1), nn.Conv2d(4, 4, 3, 2, 1))),
    "softmax-over-places": (image, Net(lambda x: F.softmax(x.flatten(2), -1))),
    "pixel-unshuffle": (image, nn.PixelUnshuffle(2)),
    "dueling-head": (vector, Net(dueling, nn.Linear(6, 1), nn.Linear(6, 3))),
    "flatten-by-view": (image, Net(lambda x, a: a(x.view(x.size(0), -1)), nn.Linear(256, 2))),
    "torch-attention": (tokens, TorchAttention(8, 2, True)),
    "torch-attention-steps-first": (tokens, TorchAttention(8, 2, False)),
    "timm-attention": (tokens, TimmAttention(8, 2)),
    "bert-attention": (tokens, BertAttention(8, 2)),
    "transformer-layer": (tokens, nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)),
    "vision-transformer": (image, VisionTransformer()),
    "lstm-last-step": (tokens, Net(lambda x, a, b: b(a(x)[0][:, -1]), nn.LSTM(8, 4, batch_first=True), nn.Linear(4, 2))),
    "lstm-last-state": (tokens, Net(lambda x, a, b: b(a(x)[1][0][-1]), nn.LSTM(8, 4, batch_first=True), nn.Linear(4, 2))),
    "lstm-of-two-layers": (tokens, Net(lambda x, a: a(x)[0], nn.LSTM(8, 4, 2, batch_first=True))),
    "gru-from-zeros": (tokens, Net(lambda x, a: a(x, torch.zeros(1, x.size(0), 4))[0][:, -1], nn.GRU(8, 4, batch_first=True))),
    "windows": (image, Windows(0)),
    "windows-shifted": (image, Windows(2)),
    "windows-shifted-over-a-padding": ((4, 10, 6), Windows(1)),
    "roll": (image, Net(lambda x: torch.roll(x, (3, -2), (2, 3)))),
    "roll-of-channels": (image, Net(lambda x: torch.roll(x, 1, 1))),
    "lstm-both-ways": (tokens, Net(lambda x, a: a(x)[0], nn.LSTM(8, 4, batch_first=True, bidirectional=True))),
    "gru-both-ways-last-states": (
        tokens,
        Net(lambda x, a: torch.cat([a(x)[1][0], a(x)[1][1]], 1), nn.GRU(8, 4, batch_first=True, bidirectional=True)),
    ),
    "lstm-both-ways-last-step": (
        tokens,
        Net(lambda x, a, b: b(a(x)[0][:, -1]), nn.LSTM(8, 4, batch_first=True, bidirectional=True), nn.Linear(8, 2)),
    ),
    "lstm-both-ways-of-two-layers": (tokens, Net(lambda x, a: a(x)[0], nn.LSTM(8, 4, 2, batch_first=True, bidirectional=True))),
    "lstm-both-ways-of-states": (
        tokens,
        Net(
            lambda x, a: a(x, (torch.zeros(2, x.size(0), 4), torch.zeros(2, x.size(0), 4)))[1][0][-1],
            nn.LSTM(8, 4, batch_first=True, bidirectional=True),
        ),
    ),
}

for name, (shape, module) in networks.items():
    module.eval()
    for parameter in module.parameters():
        nn.init.uniform_(parameter, -0.5, 0.5)
    for ending, batch, axes in (("", 1, None), ("-any-batch", 2, {"x": {0: "N"}, "y": {0: "N"}})):
        file = f"{sys.argv[1]}/{name}{ending}.onnx"
        x = torch.randn(batch, *shape)
        torch.onnx.export(module, x, file, opset_version=13, input_names=["x"], output_names=["y"], dynamic_axes=axes)
