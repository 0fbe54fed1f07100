"""Runs modules that stridewise wrote, and says what PyTorch makes of them.

Reads a JSON list of cases from the file named first, and writes a list of answers to the file named second.
"""

import copy
import json
import math
import sys
import traceback
import warnings

import torch
from torch.overrides import TorchFunctionMode

warnings.filterwarnings("ignore")

MAKERS = {torch.empty, torch.zeros, torch.ones, torch.full, torch.tensor, torch.rand, torch.randn, torch.arange}


class OnMeta(TorchFunctionMode):
    """Makes every tensor without memory."""

    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs = dict(kwargs or {})
        if function in MAKERS and kwargs.get("device") is None:
            kwargs["device"] = "meta"
        return function(*args, **kwargs)


def shapes(value):
    if isinstance(value, dict):
        return {name: shapes(each) for name, each in value.items()}
    return list(value.shape)


def load(module, weights):
    state = {key: torch.tensor(value["data"], dtype=torch.float32).reshape(value["shape"]) for key, value in weights.items()}
    for key in module.state_dict():
        if key.endswith("num_batches_tracked"):
            state[key] = torch.tensor(0)
    module.load_state_dict(state, strict=True)


def note(outputs, path):
    def hook(_module, _inputs, output):
        outputs[path] = shapes(output)

    return hook


def in_order(result):
    """The main output, and then the heads by their names."""
    if not isinstance(result, dict):
        return [result]
    return [result[name] for name in sorted(result, key=lambda name: (name != "output", name))]


def rounded(value, generator):
    """Values that are off by what rounding to 32 bits makes at most, up or down."""
    if isinstance(value, tuple):
        return tuple(rounded(each, generator) for each in value)
    if not torch.is_tensor(value) or not value.is_floating_point():
        return value
    signs = torch.randint(0, 2, value.shape, generator=generator).double() * 2 - 1
    return value * (1 + 2.0**-24 * signs)


def moved(value, exact):
    """How far values are from the exact ones, beside their size; 0 where both are infinite."""
    far = (value - exact).abs() / exact.abs().clamp(min=1)
    return far[torch.isfinite(far)].max().item() if torch.isfinite(far).any() else 0.0


def rounding(module, given, draws=8):
    """How far each output moves in 64 bits when the input, the weights and what each module gives are rounded."""
    module = copy.deepcopy(module).double()
    given = [each.double() if each.is_floating_point() else each for each in given]
    exact = in_order(module(*given))
    generator = torch.Generator().manual_seed(0)
    most = [0.0] * len(exact)
    for _ in range(draws):
        other = copy.deepcopy(module)
        for each in [*other.parameters(), *other.buffers()]:
            if each.is_floating_point():
                each.copy_(rounded(each, generator))
        for part in other.modules():
            if not list(part.children()):
                part.register_forward_hook(lambda _module, _inputs, output: rounded(output, generator))
        found = in_order(other(*[rounded(each, generator) for each in given]))
        most = [max(far, moved(*both)) for far, both in zip(most, zip(found, exact))]
    return most


def run(case):
    names = {}
    exec(compile(case["source"], case["id"], "exec"), names)
    module = names[case["name"]]().eval()
    if "weights" in case:
        load(module, case["weights"])
    outputs = {}
    for path in case.get("paths", []):
        found = module.get_submodule(path) if path else module
        found.register_forward_hook(note(outputs, path))
    kind = torch.long if case.get("integer") else torch.float32
    if "inputs" in case:
        given = [torch.tensor(each["data"]).reshape(each["sizes"]) for each in case["inputs"]]
    elif "data" in case:
        given = [torch.tensor(case["data"], dtype=kind).reshape(case["input"])]
    else:
        given = [torch.zeros(case["input"], dtype=kind)]
    with torch.no_grad():
        result = module(*given)
        magnified = rounding(module, given) if case.get("rounding") else None
    answer = {
        "rounding": magnified,
        "output": shapes(result),
        "params": sum(each.numel() for each in module.parameters()),
        "buffers": sum(each.numel() for name, each in module.named_buffers() if "num_batches" not in name),
        "keys": sorted(key for key in module.state_dict() if not key.endswith("num_batches_tracked")),
        "shapes": {key: list(value.shape) for key, value in module.state_dict().items()},
        "paths": outputs,
    }
    if "inputs" in case:
        named = result if isinstance(result, dict) else {"output": result}
        answer["named"] = {name: value.flatten().tolist() for name, value in named.items()}
    elif "data" in case:
        # Of heads, only the main output. JSON has no infinities.
        main = result["output"] if isinstance(result, dict) else result
        answer["values"] = [value if math.isfinite(value) else f"{value:f}".replace("inf", "Infinity") for value in main.flatten().tolist()]
    return answer


def judge(case):
    try:
        if case.get("meta"):
            with OnMeta():
                return run(case)
        return run(case)
    except Exception:
        return {"error": traceback.format_exc(limit=-3)}


if __name__ == "__main__":
    torch.manual_seed(0)
    with open(sys.argv[1]) as file:
        cases = json.load(file)
    with open(sys.argv[2], "w") as file:
        json.dump([judge(case) for case in cases], file)
