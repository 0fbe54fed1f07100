/**
 * The base of all types of one installed copy of the package, which sets them apart from the types of another copy.
 *
 * Two copies each have a `Network`. Without this base the compiler would compare them method by method and never finish. With it, it
 * rejects a network of another copy at once: "Property '[one_copy_of_stridewise_0_1_0]' is missing in type ...". The build adds the
 * version to the name. The key is a unique symbol that is not exported: editors do not suggest it, and no other copy has it.
 *
 * It is an interface, since the compiler makes a class anew for each network that extends it: 246 types where a network is compared with
 * an annotation.
 */
declare const one_copy_of_stridewise: unique symbol

export interface OneCopy {
  readonly [one_copy_of_stridewise]: true
}
