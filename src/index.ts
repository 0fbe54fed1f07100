export type { Graph, GraphNode } from './network/graph.js'
export { input } from './network/input.js'
export type { AnyNetwork, Network } from './network/network.js'
export { ShapeError } from './shape/message.js'
