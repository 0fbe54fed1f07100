/** The message for a value that is not a layer value. */
export const noLayer = '{where}needs a layer value such as conv2d(8, 3), not {given}.{advice}'

/** What to do with a function in a block. */
export const adviceOnFunctions =
  ' A block is made of layers: write block(conv2d(8, 3), relu()), or apply the function itself: .apply(x => x.relu()).'
