import type { OneOf } from './message.js'
import type { IsUnion } from './shape.js'

/*
 * One of several names for a message.
 *
 * The keys of an object type have no order, so the types cannot know which name was written first. Both halves take the first in the
 * order of the characters instead: at run time, `sort()`.
 */

/** The characters in the order of their codes. Others come after them. */
type Characters = ' !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~'

/**
 * The first of several names, in the order of their characters. Of names that only differ in characters outside of ASCII, it is any. A
 * name that is not known, such as `string`, comes alone.
 */
export type FirstName<Names, Before extends string = ''> =
  true extends IsUnion<Names>
    ? '' extends Names
      ? Before
      : FirstCharacter<HeadOf<Names>> extends infer Head extends string
        ? FirstName<TailOf<Names, Head>, `${Before}${Head}`>
        : never
    : Names extends string
      ? `${Before}${Names}`
      : never

type HeadOf<Names> = Names extends `${infer Head}${string}` ? Head : never

type TailOf<Names, Head extends string> = Names extends `${Head}${infer Tail}` ? Tail : never

type FirstCharacter<Heads, Left extends string = Characters> =
  true extends IsUnion<Heads>
    ? Left extends `${infer Head}${infer Rest}`
      ? Head extends Heads
        ? Head
        : FirstCharacter<Heads, Rest>
      : OneOf<Heads>
    : Heads
