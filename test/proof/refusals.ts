/** Why a format refuses a network: a closed list. A sentence that is not on it counts as a difference. */

const reasons: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  pytorch: [
    [/up to three spatial axes/, 'more than three spatial axes'],
    [/its indices must be the input/, 'an embedding of what a layer gives'],
    [/a window sees no cell/, 'a window without cells'],
    [/copies (other cells|an axis that keeps its size)/, 'cells that PyTorch copies'],
  ],
  onnx: [
    [/over \d+ positions/, 'too many positions'],
    [/a window sees no cell/, 'a window without cells'],
    [/copies a map that keeps its size/, 'cells that ONNX Runtime copies'],
  ],
  keras: [
    [/would be as many layers/, 'too many layers'],
    [/its dilation is larger than its input/, 'a dilation'],
    [/a window sees no cell/, 'a window without cells'],
    [/resets the state before its product/, 'no such layer'],
    [/Keras has no such layer/, 'no such layer'],
  ],
}

/** The reason in a format's sentence; `undefined` for one that is not on the list. */
export const reasonOf = (format: string, sentence: string): string | undefined =>
  reasons[format]?.find(([pattern]) => pattern.test(sentence))?.[1]
