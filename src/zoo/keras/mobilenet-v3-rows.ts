/*
 * The widths of MobileNet v3 (arXiv:1905.02244, tables 1 and 2) for each alpha.
 */

/** The channels between the 1x1 convolutions of a row, and those behind it. */
export type Row = readonly [width: number, filters: number]

/** The same with the channels of squeeze and excitation between them. */
export type GatedRow = readonly [width: number, squeezed: number, filters: number]

/** The rows of table 2 with one alpha, from the fourth on. */
export interface Small {
  readonly a: GatedRow
  readonly b: GatedRow
  readonly c: GatedRow
  readonly d: GatedRow
  readonly e: GatedRow
  readonly f: GatedRow
  readonly last: number
}

/** The rows of table 1 with one alpha, from the fourth on. */
export interface Large {
  readonly a: GatedRow
  readonly b: GatedRow
  readonly c: Row
  readonly d: Row
  readonly e: Row
  readonly f: GatedRow
  readonly g: GatedRow
  readonly h: GatedRow
  readonly i: GatedRow
  readonly last: number
}

/**
 * The widths of table 2 and those times 0.75. Each is rounded to a multiple of 8 (up if rounding down would remove more than a tenth),
 * and so is the fourth of a width for its squeeze and excitation.
 */
export const smallRows = {
  1: { a: [96, 24, 40], b: [240, 64, 40], c: [120, 32, 48], d: [144, 40, 48], e: [288, 72, 96], f: [576, 144, 96], last: 576 },
  0.75: { a: [96, 24, 32], b: [192, 48, 32], c: [96, 24, 40], d: [120, 32, 40], e: [240, 64, 72], f: [432, 112, 72], last: 432 },
} as const

/** The widths of table 1 and those times 0.75. */
export const largeRows = {
  1: {
    a: [72, 24, 40],
    b: [120, 32, 40],
    c: [240, 80],
    d: [200, 80],
    e: [184, 80],
    f: [480, 120, 112],
    g: [672, 168, 112],
    h: [672, 168, 160],
    i: [960, 240, 160],
    last: 960,
  },
  0.75: {
    a: [72, 24, 32],
    b: [96, 24, 32],
    c: [192, 64],
    d: [160, 64],
    e: [144, 64],
    f: [384, 96, 88],
    g: [528, 136, 88],
    h: [528, 136, 120],
    i: [720, 184, 120],
    last: 720,
  },
} as const
