/** What pictures are shown on: light backgrounds, dark ones, or paper without colours. */
export const themeNames = ['light', 'dark', 'print'] as const

/** What a picture is shown on. */
export type Theme = (typeof themeNames)[number]
