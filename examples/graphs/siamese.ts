import { block, conv2d, dense, flatten, inputs, maxPool2d, relu, shared, sigmoid, subtract } from 'stridewise'

/*
 * A siamese network: Koch, Zemel and Salakhutdinov, "Siamese Neural Networks for One-shot Image Recognition" (2015), figure 4. It tells
 * whether two drawings show the same letter. One encoder sees both.
 */

const encoder = shared(
  'encoder',
  block(
    conv2d(64, 10),
    relu(),
    maxPool2d(2),
    conv2d(128, 7),
    relu(),
    maxPool2d(2),
    conv2d(128, 4),
    relu(),
    maxPool2d(2),
    conv2d(256, 4),
    relu(),
    flatten(),
    dense(4096),
    sigmoid(),
  ),
)

/** `from` goes on from an input, and `keep` names what the encoder makes of it. */
const encoded = inputs({ left: [105, 105, 1], right: [105, 105, 1] })
  .from('left')
  .apply(encoder)
  .keep('a')
  .from('right')
  .apply(encoder)
  .keep('b')

/** |a - b| is the larger of a - b and b - a. */
export const siamese = encoded.maximum(subtract('a', 'b'), subtract('b', 'a')).dense(1).sigmoid()

/** The paper's network has 38,951,745 parameters. Without `shared` it would be twice the encoder's 38,947,648. */
export const parameters: 38_951_745 = siamese.params
