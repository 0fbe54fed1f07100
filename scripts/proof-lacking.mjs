// Finds the kinds of layers that a format does not support.

/** The column for each judge's format in the table of formats. */
const columnOf = { 'ONNX Runtime': 'ONNX operators', PyTorch: 'PyTorch', 'TensorFlow.js': 'Keras and TensorFlow.js' }

/**
 * The kinds of layers that a format does not support: those with a refusal in the tables of `docs/formats.md`. A test writes these
 * tables from the behaviour of the code.
 */
export const lackingIn = (page, judge) => {
  const lacking = []
  let column = -1
  for (const line of page.split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim())
    if (cells[1] === 'kind') column = cells.indexOf(columnOf[judge])
    else if (column > 0 && cells[column]?.startsWith('refused: ')) lacking.push(cells[1].replaceAll('`', ''))
  }
  return lacking
}
