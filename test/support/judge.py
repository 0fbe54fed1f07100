"""The outside judge: onnx and torch, as Debian packages them. Reads a request from standard input, answers in JSON."""
import json
import sys


def check(paths):
    """What onnx.checker and its shape inference have against each file; null where nothing."""
    import onnx

    faults = {}
    for path in paths:
        try:
            model = onnx.load(path)
            onnx.checker.check_model(model, full_check=True)
            onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
            faults[path] = None
        except Exception as fault:  # whatever it is, it is a fault of the file
            faults[path] = str(fault)
    return faults


def export(models, folder):
    """torchvision's models as ONNX files, in the ways that people export them: their paths and their parameters."""
    import torch
    import torchvision

    torch.manual_seed(0)
    found = []
    for name, size, way in models:
        model = getattr(torchvision.models, name)(**({'init_weights': False} if name == 'googlenet' else {}))
        model.eval()
        path = '%s/%s-%s.onnx' % (folder, name, way['name'])
        mode = torch.onnx.TrainingMode.PRESERVE if way['unfolded'] else torch.onnx.TrainingMode.EVAL
        names = {'input_names': ['image']}
        axes = {'dynamic_axes': {'image': {0: 'batch'}}} if way.get('dynamic') else {}
        torch.onnx.export(model, torch.zeros(2, 3, size, size), path, training=mode, do_constant_folding=not way['unfolded'], export_params=not way.get('fed'), **names, **axes)
        found.append({'path': path, 'params': sum(p.numel() for p in model.parameters())})
    return found


def run(cases):
    """What torch computes of each case, by an expression over `x`, the tensors `w` and the modules of torch."""
    import torch
    import torch.nn.functional as F

    answers = []
    for case in cases:
        x = torch.tensor(case['x']).reshape(case['shape'])
        w = {name: torch.tensor(each['data']).reshape(each['shape']) for name, each in case['weights'].items()}
        with torch.no_grad():
            y = eval(case['expression'], {'torch': torch, 'F': F, 'x': x, 'w': w})
        answers.append({'shape': list(y.shape), 'data': y.reshape(-1).tolist()})
    return answers


def state(path):
    """The tensors of a safetensors file, read by its specification with numpy: shapes, and the sum of each."""
    import numpy

    with open(path, 'rb') as file:
        size = int.from_bytes(file.read(8), 'little')
        header = json.loads(file.read(size))
        body = file.read()
    tensors = {}
    for name, entry in header.items():
        if name == '__metadata__':
            continue
        start, end = entry['data_offsets']
        values = numpy.frombuffer(body[start:end], dtype='<f4').reshape(entry['shape'])
        tensors[name] = {'shape': list(values.shape), 'sum': float(values.astype('f8').sum())}
    return tensors


request = json.load(sys.stdin)
answer = {'check': check, 'export': export, 'run': run, 'state': state}[request['task']](*request['arguments'])
print(json.dumps(answer))
