/** Classes for recurrent layers in ways that PyTorch has no module for. */
export const recurrentHelpers: Readonly<Record<string, string>> = {
  Steps: `class Steps(nn.Module):
    """What a recurrent layer gives at every step, without its state."""

    def forward(self, outputs: tuple) -> torch.Tensor:
        return outputs[0]`,

  LastStates: `class LastStates(nn.Module):
    """What both directions of a recurrent layer end with: the last step of the first, and the first of the second."""

    def __init__(self, hidden_size: int) -> None:
        super().__init__()
        self.hidden_size = hidden_size

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([x[:, -1, : self.hidden_size], x[:, 0, self.hidden_size :]], dim=-1)`,

  SumOfDirections: `class SumOfDirections(nn.Module):
    """Both directions of a recurrent layer added."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.unflatten(-1, (2, -1)).sum(dim=-2)`,
}
