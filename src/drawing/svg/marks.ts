/**
 * Classes of parts of a picture, as attributes. Only a picture in a page of this package has them: in other pages such names may
 * mean something else.
 */
export type Marks = (...classes: readonly string[]) => string

export const noMarks: Marks = () => ''

export const pageMarks: Marks = (...classes) => ` class="${classes.join(' ')}"`
