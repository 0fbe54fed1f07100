/** A colour by lightness (0 to 1), chroma (0 for grey) and hue (degrees). */
export interface Oklch {
  readonly lightness: number
  readonly chroma: number
  readonly hue: number
}

/**
 * An OKLCH colour as `#rrggbb`, which every reader of SVG knows. A colour that no screen can show keeps its lightness and hue, and
 * loses chroma until one can.
 *
 * The conversion is that of https://www.w3.org/TR/css-color-4/#color-conversion-code.
 */
export const hexOf = ({ lightness, chroma, hue }: Oklch): string => {
  let channels = linearOf({ lightness, chroma, hue })
  for (let less = chroma; !channels.every(isInGamut) && less > 0; less -= 0.001) {
    channels = linearOf({ lightness, chroma: Math.max(0, less), hue })
  }
  return `#${channels.map((channel) => byteOf(channel).toString(16).padStart(2, '0')).join('')}`
}

/** Red, green and blue, each in proportion to its light: OKLCH to OKLab to the cone responses to linear sRGB. */
const linearOf = ({ lightness, chroma, hue }: Oklch): [number, number, number] => {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const shortWave = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * shortWave,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * shortWave,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * shortWave,
  ]
}

const isInGamut = (channel: number): boolean => channel > -0.0005 && channel < 1.0005

/** The sRGB transfer function, from light to the byte of a file. */
const byteOf = (channel: number): number => {
  const light = Math.min(1, Math.max(0, channel))
  return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055))
}
