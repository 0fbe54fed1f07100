import type { AnyNetwork } from '../../network/network.js'

/** A form that networks can be written in. */
export interface Target {
  /** In the help. */
  readonly summary: string
  /** Loads what writes it, and writes. */
  readonly write: (network: AnyNetwork) => Promise<string | Uint8Array>
}

/** Every target of `stridewise export`: the one place where another is added. What writes it is loaded when it is asked for. */
export const targets: Readonly<Record<string, Target>> = {
  mermaid: {
    summary: 'a flowchart that Markdown pages show',
    write: async (network) => (await import('../../drawing/mermaid.js')).mermaid(network),
  },
  dot: {
    summary: 'a graph for Graphviz',
    write: async (network) => (await import('../../drawing/dot.js')).dot(network),
  },
  svg: {
    summary: 'a picture, volumes drawn to scale',
    write: async (network) => (await import('../../drawing/svg.js')).svg(network),
  },
}
