import type { GraphNode } from '../../network/graph.js'
import { untakenIn } from '../../network/names.js'
import { logCommands } from '../../shape/printable.js'

/** Converts the names of layers to Python names. */

const keywords =
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'
// The attributes of every module, and the names that the file uses itself.
const reservedNames =
  'add_module append apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval extend extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half insert ipu load_state_dict modules mtia named_buffers named_children named_modules named_parameters nn parameters pop register_backward_hook register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook register_module register_parameter register_state_dict_pre_hook requires_grad_ self set_extra_state set_submodule share_memory state_dict to to_empty torch train training type x xpu zero_grad mro T_destination'
// What modules keep for themselves, in PyTorch 1.13 to 2.9: a layer of such a name would take its place.
const privateNames =
  '_apply _backward_hooks _backward_pre_hooks _buffers _call_impl _compiled_call_impl _forward_hooks _forward_hooks_always_called _forward_hooks_with_kwargs _forward_pre_hooks _forward_pre_hooks_with_kwargs _get_backward_hooks _get_backward_pre_hooks _get_item_by_idx _get_name _is_full_backward_hook _load_from_state_dict _load_state_dict_post_hooks _load_state_dict_pre_hooks _maybe_warn_non_full_backward_hook _metadata _modules _named_members _non_persistent_buffers_set _parameters _register_load_state_dict_pre_hook _register_state_dict_hook _replicate_for_data_parallel _save_to_state_dict _slow_forward _state_dict_hooks _state_dict_pre_hooks _version _wrapped_call_impl'
const reserved = new Set(`${keywords} ${reservedNames} ${privateNames}`.split(' '))

/** Whether a text is a valid name of a Python class. */
export const isIdentifier = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !keywords.split(' ').includes(text)

/** A layer's name as an attribute of a module. Invalid characters become `_`. */
export const attributeName = (name: string): string => {
  const plain = name.normalize('NFKC').replace(/[^\p{L}\p{N}_]|[^\p{XID_Continue}]|\p{DI}/gu, '_')
  const begun = /^(?:_|(?=\p{L})\p{XID_Start})/u.test(plain) ? plain : `layer_${plain}`
  return reserved.has(begun) || begun.startsWith('__') ? `${begun}_` : begun
}

/** An attribute name inside a class, where Python would mangle a name that starts with `__`. */
export const ownName = (name: string): string => attributeName(name).replace(/^__/, 'layer__')

/** The names that `forward` calls. */
const calledNames = new Set(['tuple', 'ValueError'])

/** A name as a variable in `forward`. */
export const variableName = (name: string): string => {
  const own = ownName(name)
  return calledNames.has(own) ? `${own}_` : own
}

/** Makes names unique: a name that is taken gets the first free number. */
export const distinct = (names: readonly string[]): string[] => {
  const untaken = untakenIn(new Set())
  return names.map((name) => untaken(name))
}

/** Whether a layer has an explicit name, not its kind and a number. */
export const isNamed = ({ name, kind }: GraphNode): boolean => !name.replace(/_?\d+$/, '').endsWith(kind)

/** Escapes a text for a docstring or a comment, so that it cannot end it, and so that a log in which the source stands obeys no line of it. */
export const docText = (text: string): string =>
  text
    .replace(/[\\"]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/[\p{C}\p{Zl}\p{Zp}\p{DI}\u2800]/gu, '_')
    .replace(logCommands, '$1_')
