import * as tf from '@tensorflow/tfjs'

/** A model as TensorFlow.js saves it: its model.json, and the file of its weights. */
export const saved = async (model: tf.LayersModel) => {
  let found: tf.io.ModelArtifacts | undefined
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      found = artifacts
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
    }),
  )
  const { modelTopology, weightSpecs, weightData } = found as Required<tf.io.ModelArtifacts>
  return {
    json: JSON.parse(JSON.stringify({ modelTopology, weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }] })),
    data: new Uint8Array(weightData as ArrayBuffer),
  }
}
