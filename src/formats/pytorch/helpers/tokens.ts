/** Classes for token sequences in ways that PyTorch has no module for. */
export const tokensHelpers: Readonly<Record<string, string>> = {
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
}
