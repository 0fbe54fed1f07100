/** A list with an element at the place 40: of more than forty. */
export type OverForty = { readonly 40: unknown }
