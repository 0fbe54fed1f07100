"""Writes files of Keras with h5py, where neither Keras nor TensorFlow is at hand.

The forms are those of the sources of Keras, which each function names. A request is JSON on standard input: files, each with a path, a form,
the config of the model, a version, and its layers as Keras would hold them.
"""

import base64
import io
import json
import re
import sys
import zipfile

import h5py
import numpy


def values(weight):
    data = numpy.frombuffer(base64.b64decode(weight["data"]), dtype="<f4").reshape(weight["shape"])
    return data.astype(weight.get("dtype", "float32"))


# Variables and their names


def scoped(layer, scope, form):
    """The variables of a layer with their names, in the order of `layer.weights` without regard to what is trainable."""
    if layer["class"] == "Bidirectional":
        for inner in (layer["forward"], layer["backward"]):
            yield from scoped(inner, f"{scope}/{inner['name']}", form)
    elif layer["class"] == "TimeDistributed":
        # tf.keras 2 creates the variables of the inner layer in the scope of the wrapper.
        own = scope if form == "keras-2" else f"{scope}/{layer['inner']['name']}"
        yield from scoped(layer["inner"], own, form)
    elif "layers" in layer:
        for inner in layer["layers"]:
            # keras.Variable.path has the scopes around it; tf.keras 2 names the layers of a functional model by themselves.
            own = inner["name"] if form == "keras-2" else f"{scope}/{inner['name']}"
            yield from scoped(inner, own, form)
    else:
        cell = {"LSTM": "/lstm_cell", "GRU": "/gru_cell"}.get(layer["class"], "")
        for weight in layer["weights"]:
            end = ":0" if form == "keras-2" else ""
            yield f"{scope}{cell}/{weight['name']}{end}", values(weight)


def is_trained(name):
    return re.search(r"/(moving_mean|moving_variance|mean|variance|count)(:0)?$", name) is None


def legacy_weights(layer, form):
    """`_legacy_weights`: the trainable ones first."""
    found = list(scoped(layer, layer["name"], form))
    return [each for each in found if is_trained(each[0])] + [each for each in found if not is_trained(each[0])]


# keras/src/legacy/saving/legacy_h5_format.py (Keras 3), keras/src/saving/legacy/hdf5_format.py (tf.keras 2)


def save_attributes(group, name, data):
    """`save_attributes_to_hdf5_group`: a list that is too long for a header stands in several attributes."""
    limit = 64512
    array = numpy.asarray(data)
    count = 1
    parts = numpy.array_split(array, count)
    while any(part.nbytes > limit for part in parts):
        count += 1
        parts = numpy.array_split(array, count)
    if count == 1:
        group.attrs[name] = data
        return
    for index, part in enumerate(parts):
        group.attrs[f"{name}{index}"] = part


def save_subset(group, weights):
    """`save_subset_weights_to_hdf5_group`."""
    save_attributes(group, "weight_names", [name.encode("utf8") for name, _ in weights])
    for name, value in weights:
        dataset = group.create_dataset(name, value.shape, dtype=value.dtype)
        if value.shape:
            dataset[:] = value
        else:
            dataset[()] = value


def save_model_to_hdf5(request):
    """`save_model_to_hdf5`."""
    form = request["form"]
    with h5py.File(request["path"], mode="w", **request.get("options", {})) as file:
        metadata = {
            "keras_version": request["version"],
            "backend": "tensorflow",
            "model_config": request["config"],
            "training_config": {"loss": "mse", "metrics": None},
        }
        for key, value in metadata.items():
            file.attrs[key] = json.dumps(value).encode("utf8") if isinstance(value, (dict, list)) else value
        group = file.create_group("model_weights")
        layers = request["layers"]
        save_attributes(group, "layer_names", [layer["name"].encode("utf8") for layer in layers])
        group.attrs["backend"] = b"tensorflow"
        group.attrs["keras_version"] = request["version"].encode("utf8")
        for layer in sorted(layers, key=lambda each: each["name"]):
            save_subset(group.create_group(layer["name"]), legacy_weights(layer, form))
        if form == "keras-3":
            save_subset(group.create_group("top_level_model_weights"), [])
        optimizer = file.create_group("optimizer_weights")
        save_subset(optimizer, [("adam/iter:0", numpy.int64(3)), ("adam/dense/kernel/m:0", numpy.ones((2, 2), "float32"))])


# keras/src/saving/saving_lib.py (Keras 3), keras/saving/saving_lib.py (Keras 2.12 and newer)


def snake_case(name):
    """`to_snake_case`, keras/src/utils/naming.py."""
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def class_of(layer):
    return "Functional" if layer["class"] == "Model" else layer["class"]


def save_state(file, layer, path, old, seen):
    """`_save_state`: the variables of an object, then what it has in it."""
    if id(layer) in seen:
        return
    # The object itself is kept, so that no other gets its id.
    seen[id(layer)] = layer
    holder = file.create_group(f"{path}/vars" if path else "vars")
    is_recurrent = layer["class"] in ("LSTM", "GRU")
    if not is_recurrent:
        for index, weight in enumerate(layer.get("weights", [])):
            holder[str(index)] = values(weight)
    at = f"{path}/" if path else ""
    if is_recurrent:
        save_state(file, {"class": "Cell", "weights": layer["weights"]}, f"{at}cell", old, seen)
    for name, key in (("backward_layer", "backward"), ("forward_layer", "forward"), ("layer", "inner")):
        if key in layer:
            save_state(file, layer[key], f"{at}{name}", old, seen)
    if layer["class"] == "Dropout":
        file.create_group(f"{at}seed_generator/vars")["0"] = numpy.zeros(2, "uint32")
    if "layers" in layer:
        save_container(file, layer["layers"], f"{at}{'_layer_checkpoint_dependencies' if old else 'layers'}", old, seen)


def has_weights(layer):
    inner = [layer[key] for key in ("forward", "backward", "inner") if key in layer] + layer.get("layers", [])
    return bool(layer.get("weights")) or any(has_weights(each) for each in inner)


def save_container(file, layers, path, old, seen):
    """`_save_container_state`: layers are numbered within their class. In an old file those with weights stand in the list twice, as
    `_layer_checkpoint_dependencies` of keras/engine/functional.py has them."""
    used = {}
    for layer in [each for layer in layers for each in [layer] * (2 if old and has_weights(layer) else 1)]:
        name = snake_case(class_of(layer))
        if name in used:
            used[name] += 1
            name = f"{name}_{used[name]}"
        else:
            used[name] = 0
        save_state(file, layer, f"{path}/{name}", old, seen)


def save_archive(request):
    """`_save_model_to_fileobj`."""
    memory = io.BytesIO()
    with h5py.File(memory, mode="w") as file:
        save_state(file, {"class": "Functional", "layers": request["layers"]}, "", request["form"] == "zip-2.12", {})
        file.create_group("optimizer/vars")["0"] = numpy.int64(3)
    packing = zipfile.ZIP_DEFLATED if request.get("packed") else zipfile.ZIP_STORED
    with zipfile.ZipFile(request["path"], "w", packing) as archive:
        date = (2024, 7, 1, 10, 0, 0)
        for name, content in (
            ("metadata.json", json.dumps({"keras_version": request["version"], "date_saved": "2024-07-01@10:00:00"})),
            ("config.json", json.dumps(request["config"])),
            ("model.weights.h5", memory.getvalue()),
        ):
            archive.writestr(zipfile.ZipInfo(name, date), content, packing)


# What Keras does not write by itself, but HDF5 has


def save_tensors(request):
    """Tensors with the options of `create_dataset`; some as few programs write them."""
    with h5py.File(request["path"], mode="w", **request.get("options", {})) as file:
        for name, value in request.get("attributes", {}).items():
            file.attrs[name] = value
        for tensor in request["tensors"]:
            name, data = tensor["name"], values(tensor)
            options = {key: tuple(each) if isinstance(each, list) else each for key, each in tensor.get("options", {}).items()}
            special = tensor.get("special")
            if special == "unwritten":
                file.create_dataset(name, data.shape, dtype=data.dtype)
            elif special == "external":
                place = [(request["path"] + ".raw", 0, data.nbytes)]
                file.create_dataset(name, data.shape, dtype=data.dtype, external=place)[...] = data
            elif special == "committed":
                file["type"] = data.dtype
                file.create_dataset(name, data=data, dtype=file["type"])
            elif special == "opaque":
                file.create_dataset(name, data=data.astype("float16").view("V2"))
            elif special == "compact":
                creation = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
                creation.set_layout(h5py.h5d.COMPACT)
                space, kind = h5py.h5s.create_simple(data.shape), h5py.h5t.py_create(data.dtype)
                links = h5py.h5p.create(h5py.h5p.LINK_CREATE)
                links.set_create_intermediate_group(True)
                h5py.h5d.create(file.id, name.encode(), kind, space, creation, links).write(h5py.h5s.ALL, h5py.h5s.ALL, data)
            else:
                file.create_dataset(name, data=data, **options)
            for key in range(tensor.get("attributes", 0)):
                file[name].attrs[f"a{key}"] = key


writers = {
    "keras-2": save_model_to_hdf5,
    "keras-3": save_model_to_hdf5,
    "zip": save_archive,
    "zip-2.12": save_archive,
    "tensors": save_tensors,
}
for each in json.load(sys.stdin):
    writers[each["form"]](each)
