/**
 * What the types of one installed copy of the package have in common, and those of another copy do not.
 *
 * Two copies have a `Network` each. Without this the compiler would compare them method by method, and never come back. With it,
 * a network of another copy is refused at once: "Property '[one_copy_of_stridewise_0_1_0]' is missing in type ...". The build adds
 * the version to the name. The key is private, so editors do not offer it, and it is a symbol, so no other copy has it.
 */
declare const one_copy_of_stridewise: unique symbol

export declare abstract class OneCopy {
  private readonly [one_copy_of_stridewise]: true
}
