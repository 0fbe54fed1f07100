import { withImports, withMethodBefore } from '../../source/edits.js'
import { isMethod, isOfKind } from '../../source/source.js'
import { withLayersBehind, withPadding, withShortcut, wrapped } from '../branches.js'
import type { Makers } from './change.js'

/** Changes that add layers, or pad those that are there. */

export const layerMakers = {
  before: ({ source, diagnostic, target }, { layer }) => {
    const name = layer.slice(0, layer.indexOf('('))
    const words = { kind: name, allTitle: `Insert ${name}() wherever it is missing` }
    // A whole call is underlined where it makes a layer value: `all.dense(10)` of an entry that another file exports.
    const isValue = diagnostic.start <= target.start && target.end <= diagnostic.end
    if (isMethod(source, target) && !isValue) return { ...words, title: `Insert .${layer}`, edits: withMethodBefore(source, target, layer) }
    const inBlock = target.parent && isOfKind(source, target.parent, 'block') ? target.parent : undefined
    if (inBlock && !isMethod(source, inBlock)) {
      const { code, edits } = withImports(source, layer)
      return { ...words, title: `Insert ${layer}`, edits: [...edits, { start: target.start, end: target.start, text: `${code}, ` }] }
    }
    return { ...words, title: `Wrap in block(${layer}, ...)`, edits: wrapped(source, target, [layer], []) }
  },

  shortcut: ({ source, target }, { layer, isPadded }) => {
    const padding = isPadded ? withPadding(source, target.args[0]) : []
    const edits = withShortcut(source, target, layer)
    if (!edits || !padding) return undefined
    const title = isPadded ? `Add padding: 'same' in the body and a shortcut of ${layer}` : `Use a shortcut of ${layer}`
    return { title, kind: 'shortcut', allTitle: 'Add all shortcuts that are missing', edits: [...padding, ...edits] }
  },

  padded: ({ source, target }, { branches }) => {
    const edits = branches.map((branch) => withPadding(source, target.args[branch]))
    if (edits.some((each) => each === undefined)) return undefined
    const where =
      target.name === 'residual' ? 'the body' : `branch${branches.length > 1 ? 'es' : ''} ${branches.map((each) => each + 1).join(' and ')}`
    const title = `Add padding: 'same' in ${where}`
    return {
      title,
      kind: 'padding in branches',
      allTitle: "Add padding: 'same' in all branches that it makes fit",
      edits: edits.flatMap((each) => each ?? []),
    }
  },

  behind: ({ source, target }, { branch, layer }) => {
    const edits = withLayersBehind(source, target.args[branch], layer)
    const title = `Add ${layer} at the end of branch ${branch + 1}`
    return edits && { title, kind: 'end of branch', allTitle: 'Add the layers that make branches fit', edits }
  },

  join: ({ source, target }) => {
    const [only] = target.args
    if (!only || target.args.length !== 1) return undefined
    const { code, edits } = withImports(source, 'identity()')
    return {
      title: `Join with ${code}`,
      kind: 'join',
      allTitle: 'Join all with identity()',
      edits: [...edits, { start: only.end, end: only.end, text: `, ${code}` }],
    }
  },
} satisfies Makers
