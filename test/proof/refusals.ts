/** Why a format refuses a network: a closed list. A sentence that is not on it counts as a difference. */

const reasons: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  pytorch: [
    [/nn\.AvgPool\dd has no dilation/, 'an average pool with dilation'],
    [/up to three spatial axes/, 'more than three spatial axes'],
    [/its indices must be the input/, 'an embedding of what a layer gives'],
    [/its last window begins in the padding/, 'a window that begins in the padding'],
  ],
  onnx: [
    [/no average pool whose padding/, 'padding as large as a window'],
    [/no average pool that hangs over/, 'a window that hangs over the edge'],
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
