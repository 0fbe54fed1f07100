type Ten = [unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown]

/** A list of more than forty: a pattern without placeholders, which costs nothing to compare. */
export type OverForty = readonly [...Ten, ...Ten, ...Ten, ...Ten, unknown, ...unknown[]]
