import { attentionHelpers } from './attention.js'
import { normalizationHelpers } from './normalization.js'
import { recurrentHelpers } from './recurrent.js'
import { reshapingHelpers } from './reshaping.js'
import { tokensHelpers } from './tokens.js'

/** Small classes for layers that PyTorch has no module for. A file contains those that it needs. */
export const helpers: Readonly<Record<string, string>> = {
  ...reshapingHelpers,
  ...normalizationHelpers,
  ...tokensHelpers,
  ...attentionHelpers,
  ...recurrentHelpers,

  StochasticDepth: `class StochasticDepth(nn.Module):
    """Drops all values of an example together while training."""

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training or self.p == 0.0:
            return x
        kept = torch.empty(x.shape[0], *[1] * (x.ndim - 1), dtype=x.dtype, device=x.device)
        return x * kept.bernoulli_(1.0 - self.p) / (1.0 - self.p)`,

  Tied: `class Tied:
    """A layer that computes with the weights of another, which has other settings. The weights are registered there alone."""

    def __init__(self, layer: nn.Module, owner: nn.Module) -> None:
        self.layer = layer
        self.owner = owner

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        for own, other in zip(self.layer.modules(), self.owner.modules()):
            own._parameters.update(other._parameters)
            own._buffers.update(other._buffers)
        return self.layer.train(self.owner.training)(x)`,
}
