import type { GraphNode } from '../../network/graph.js'
import { untakenIn } from '../../network/names.js'

/** Names of layers as names in Python. */

const keywords =
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'
// What every module has already, and what the file uses itself.
const taken =
  'add_module append apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval extend extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half insert ipu load_state_dict modules named_buffers named_children named_modules named_parameters nn parameters pop register_backward_hook register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook register_module register_parameter register_state_dict_pre_hook requires_grad_ self set_extra_state share_memory state_dict to to_empty torch train training type x xpu zero_grad mro T_destination'
const reserved = new Set(`${keywords} ${taken}`.split(' '))

/** Whether a text is a name that a Python class can have. */
export const isIdentifier = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !keywords.split(' ').includes(text)

/** A name as an attribute of a module: what Python does not allow in one gives way to `_`. */
export const attributeName = (name: string): string => {
  const plain = name.normalize('NFKC').replace(/[^\p{L}\p{N}_]|[^\p{XID_Continue}]/gu, '_')
  const begun = /^(?:_|(?=\p{L})\p{XID_Start})/u.test(plain) ? plain : `layer_${plain}`
  return reserved.has(begun) || begun.startsWith('__') ? `${begun}_` : begun
}

/** A name as Python code inside a class says it: one that begins with `__` would get the name of the class in front. */
export const ownName = (name: string): string => attributeName(name).replace(/^__/, 'layer__')

/** What `forward` calls. */
const called = new Set(['tuple', 'ValueError'])

/** A name as a variable of `forward`. */
export const variableName = (name: string): string => {
  const own = ownName(name)
  return called.has(own) ? `${own}_` : own
}

/** Names that are all different: one that is taken gets the first number that makes it another. */
export const distinct = (names: readonly string[]): string[] => {
  const untaken = untakenIn(new Set())
  return names.map((name) => untaken(name))
}

/** Whether a layer bears a name that its author gave it, not its kind and a number. */
export const isNamed = ({ name, kind }: GraphNode): boolean => !name.replace(/_?\d+$/, '').endsWith(kind)

/** A text in a docstring or a comment, which it does not end. */
export const docText = (text: string): string =>
  text
    .replace(/[\\"]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '_')
