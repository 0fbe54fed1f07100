/** A place in a picture, in pixels from its top left. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A coordinate as a file has it: to a tenth of a pixel. */
export const number = (value: number): string => `${Math.round(value * 10) / 10 || 0}`

/** A place as the data of a path has it. */
export const at = ({ x, y }: Point): string => `${number(x)} ${number(y)}`
