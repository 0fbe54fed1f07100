"""Exports torchvision's classifiers to ONNX: one model at a time, in the ways that people export them.

    echo "MODEL [OPSET-folded-dynamic ...]" | /usr/bin/python3 test/formats/onnx/torchvision/export.py FOLDER

Each line that it reads names a model. It writes MODEL.x.bin and MODEL.y.bin, two images and what the model makes of them, and one file for
each way, and answers with a line of JSON: the parameters, the size of the images, the files, and what torch refused.
"""

import itertools
import json
import sys
import warnings

import torch
import torchvision

warnings.filterwarnings("ignore")

sizes = {"inception_v3": 299}

# torchvision draws weights of its own, which takes seconds, before `randomize` draws all of them again.
own = [name for name in dir(torch.nn.init) if name.endswith("_") and not name.startswith("_")]
drawn = {name: getattr(torch.nn.init, name) for name in own}


def leave(tensor, *_, **__):
    return tensor


def draw(is_drawing):
    for name in own:
        setattr(torch.nn.init, name, drawn[name] if is_drawing else leave)


def randomize(model):
    """Weights that all differ: some layers begin with zeros, or with factors of a millionth, and would hide a fault."""
    for module in model.modules():
        is_norm = any(name.startswith("running") for name, _ in module.named_buffers(recurse=False))
        for name, parameter in module.named_parameters(recurse=False):
            if name == "weight" and (is_norm or isinstance(module, (torch.nn.LayerNorm, torch.nn.GroupNorm))):
                torch.nn.init.uniform_(parameter, 0.7, 1.3)
            elif parameter.dim() > 1 and name.endswith("weight"):
                torch.nn.init.kaiming_normal_(parameter, a=1)
            else:
                torch.nn.init.uniform_(parameter, -0.2, 0.2)
        for name, buffer in module.named_buffers(recurse=False):
            if name == "running_mean":
                buffer.uniform_(-0.2, 0.2)
            elif name == "running_var":
                buffer.uniform_(0.7, 1.3)


def make(name):
    torch.manual_seed(0)
    function = getattr(torchvision.models, name)
    options = {"init_weights": False} if name in ("googlenet", "inception_v3") else {}
    draw(False)
    model = function(weights=None, **options).eval()
    draw(True)
    with torch.no_grad():
        randomize(model)
    return model


def main(folder, name, *ways):
    model = make(name)
    size = sizes.get(name, 224)
    images = torch.randn(2, 3, size, size)
    with torch.no_grad():
        images.numpy().tofile(f"{folder}/{name}.x.bin")
        model(images).numpy().tofile(f"{folder}/{name}.y.bin")
    every = ("-".join(way) for way in itertools.product(("11", "13", "16"), ("folded", "unfolded"), ("fixed", "dynamic")))
    refused, files = {}, []
    for way in ways or every:
        opset, folded, batch = way.split("-")
        is_dynamic = batch == "dynamic"
        # Unfolded files have their normalizations too: in training form torch leaves them as they are.
        mode = torch.onnx.TrainingMode.EVAL if folded == "folded" else torch.onnx.TrainingMode.PRESERVE
        try:
            torch.onnx.export(
                model,
                images if is_dynamic else images[:1],
                f"{folder}/{name}-{way}.onnx",
                opset_version=int(opset),
                do_constant_folding=folded == "folded",
                training=mode,
                input_names=["image"],
                output_names=["scores"],
                dynamic_axes={"image": {0: "batch"}, "scores": {0: "batch"}} if is_dynamic else None,
            )
            files.append(f"{name}-{way}.onnx")
        except Exception as fault:
            refused[way] = str(fault).split("\n")[0]
    # Heads that only training uses are in no file.
    used = sum(p.numel() for key, p in model.named_parameters() if not key.startswith(("aux1.", "aux2.", "AuxLogits.")))
    print(json.dumps({"params": used, "size": size, "refused": refused, "files": files}), flush=True)


for line in sys.stdin:
    main(sys.argv[1], *line.split())
