import { inputs } from 'stridewise'
import { resnet18 } from 'stridewise/zoo'

/*
 * A photograph and twelve numbers about it (where, when, how old), and one number that is predicted from both: the usual form of a model
 * for pictures with a table beside them. A network of the zoo is a part of it.
 */

/** `apply` takes a network: its layers again, with weights of their own. 128 classes are 128 features here. */
const image = inputs({ image: [224, 224, 3], metadata: [12] })
  .from('image')
  .apply(resnet18({ classes: 128 }))
  .relu()
  .keep('features')

export const imageAndMetadata = image.from('metadata').dense(32).relu().keep('facts').concat('features', 'facts').dense(64).relu().dense(1)

/** 11,242,176 of ResNet-18 with 128 classes, 416 of the metadata's layer, 10,304 and 65 of those that see both. */
export const parameters: 11_252_961 = imageAndMetadata.params
