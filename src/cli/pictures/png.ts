import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { asset } from './assets.js'

/** More pixels than these are no picture for a page: the renderer takes four bytes for each. */
const mostPixels = 200_000_000

let started: Promise<void> | undefined

/**
 * A picture as PNG, with the background transparent as in the SVG.
 *
 * @param svg a picture that `svg` made
 * @param scale pixels of the PNG for one of the SVG
 * @throws {RangeError} when it would have more than 200 million pixels
 */
export const png = async (svg: string, scale: number): Promise<Uint8Array> => {
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? []
  const pixels = Number(width) * Number(height) * scale * scale
  if (!(pixels <= mostPixels)) {
    const most = Math.floor(10 * Math.sqrt(mostPixels / (Number(width) * Number(height)))) / 10
    throw new RangeError(`it would have ${Math.round(pixels / 1e6)} million pixels. Use --scale ${most} or less, or --to svg or pdf.`)
  }
  started ??= initWasm(asset('renderer'))
  await started
  const renderer = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      fontBuffers: [asset('regular'), asset('bold')],
      defaultFontFamily: 'Arimo',
      sansSerifFamily: 'Arimo',
    },
  })
  const image = renderer.render()
  const bytes = image.asPng()
  image.free()
  renderer.free()
  return bytes
}
