import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What pictures other than SVG need: a renderer and fonts. The build copies them beside the command. */
const names = {
  renderer: ['resvg.wasm', '@resvg/resvg-wasm/index_bg.wasm'],
  regular: ['Arimo-Regular.ttf', '@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf'],
  bold: ['Arimo-Bold.ttf', '@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf'],
} as const

/** The bytes of a file that the build copies to `dist/cli/pictures`; in the sources it is that of its package. */
export const asset = (name: keyof typeof names): Uint8Array => {
  const [built, own] = names[name]
  const beside = fileURLToPath(new URL(`./pictures/${built}`, import.meta.url))
  return readFileSync(existsSync(beside) ? beside : fileURLToPath(new URL(`../../../node_modules/${own}`, import.meta.url)))
}
