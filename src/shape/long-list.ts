/** The longest list that a message shows. */
export const mostShown = 40

/** A longer list: one with an element at the place 40. */
export type OverForty = { readonly 40: unknown }
