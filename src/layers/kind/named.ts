import type { Fill } from '../../shape/message.js'
import type { AnyInput, IsUnion, Shape } from '../../shape/shape.js'
import type { NoName, NoValue, TakenName, UnknownName } from './scope.js'

/*
 * Names of values at compile time. What names mean travels in a network's first type parameter: `[8, 8, 3] & { kept: { c3: [4, 4, 64] } }`.
 *
 * Nothing is worked out where nothing is kept: then that parameter is the plain shape of the input, or a record of several.
 */

/** What joins read of a network's first type parameter beyond the shapes of its inputs. */
type Marks = 'kept' | 'shared'

/** The values that have a name, each with its shape; those of the inputs are left out. */
type KeptIn<Scope> = Scope extends { kept: infer Kept } ? Kept : {}

/** All names of values, the inputs' among them. */
export type NamesIn<Scope> = (keyof KeptIn<Scope> & string) | (Scope extends Shape ? 'input' : Exclude<keyof Scope & string, Marks>)

/** All names of values, as an editor and a message list them: without a name of their own. */
export type ListedNames<Scope> = NamesIn<Scope> extends infer Names ? Names : never

/** {@link NamesIn} with those that are numbers, which declaration files have without quotes. */
export type TakenNames<Scope> =
  | NamesIn<Scope>
  | `${keyof KeptIn<Scope> & number}`
  | (Scope extends Shape ? never : `${keyof Scope & number}`)

/** The shape of the value of that name; `never` when there is none. */
export type ValueNamed<Scope, Name> = Scope extends { kept: infer Kept }
  ? Name extends keyof Kept
    ? Kept[Name]
    : InputNamed<Scope, Name>
  : InputNamed<Scope, Name>

type InputNamed<Scope, Name> = Scope extends Shape
  ? Name extends 'input'
    ? PlainShape<Scope>
    : NumberedIn<KeptIn<Scope>, Name>
  : Name extends Exclude<keyof Scope, Marks>
    ? Scope[Name]
    : NumberedIn<KeptIn<Scope>, Name, NumberedIn<Scope, Name>>

/** The property of a name that is a number. */
type NumberedIn<Values, Name, Otherwise = never> = Name extends `${infer Key extends number}`
  ? Key extends keyof Values
    ? Values[Key]
    : Otherwise
  : Otherwise

/** Whether a name stands for many: `string`, or a pattern such as `c${number}`. */
export type IsPattern<Name> = {} extends { [Key in Name & string]: 1 } ? true : false

/** Whether a name is one literal, and neither a pattern, a union nor `any`. Of no other name is it known which value has it. */
export type IsOneName<Name> = IsPattern<Name> extends true ? false : true extends IsUnion<Name> ? false : true

/** What `trim` takes away. */
type Space =
  | ' '
  | '\t'
  | '\n'
  | '\v'
  | '\f'
  | '\r'
  | '\u00a0'
  | '\u1680'
  | EmSpace
  | '\u2028'
  | '\u2029'
  | '\u202f'
  | '\u205f'
  | '\u3000'
  | '\ufeff'
type EmSpace = '\u2000' | '\u2001' | '\u2002' | '\u2003' | '\u2004' | '\u2005' | '\u2006' | '\u2007' | '\u2008' | '\u2009' | '\u200a'

/** Whether a name is empty, or has nothing but spaces. */
export type IsBlank<Name> = Name extends `${infer First}${infer Rest}`
  ? First extends Space
    ? IsBlank<Rest>
    : false
  : Name extends ''
    ? true
    : false

/** A shape without what is kept: a tuple anew, since nothing takes an intersection apart. */
export type PlainShape<Input> = Input extends readonly [...infer Sizes extends number[]]
  ? Input extends { kept: unknown } | { shared: unknown }
    ? Tuple<Input>
    : Sizes
  : Tuple<Input>

type Tuple<Input> = Input extends { length: 1; 0: infer A }
  ? [A]
  : Input extends { length: 2; 0: infer A; 1: infer B }
    ? [A, B]
    : Input extends { length: 3; 0: infer A; 1: infer B; 2: infer C }
      ? [A, B, C]
      : Input extends { length: 4; 0: infer A; 1: infer B; 2: infer C; 3: infer D }
        ? [A, B, C, D]
        : Input

/** The inputs of a network: its first type parameter without what is kept. */
export type InputsOf<Scope> = Scope extends Shape ? PlainShape<Scope> : { [Name in Exclude<keyof Scope, Marks>]: Scope[Name] }

/** A scope in which one more value has a name. */
export type Keeping<Scope, Name, Value> = IsOneName<Name> extends true ? Scope & { kept: { [Key in Name & string]: Value } } : Scope

/** The name that `keep` adds to a network's type: none where it is not one literal. */
export type KeptName<Name extends string> = IsOneName<Name> extends true ? Name : never

/** A scope with all that another one keeps. What both know stands in it once: a type grows by what is new. */
export type KeepingAll<Scope, Inner> = Inner extends { kept: infer Kept }
  ? [keyof Kept] extends [NamesIn<Scope>]
    ? Sharing<Scope, Inner>
    : Sharing<Scope & { kept: { [Name in Exclude<keyof Kept, NamesIn<Scope>>]: Kept[Name] } }, Inner>
  : Sharing<Scope, Inner>

/** A scope with the shared layers of another. */
export type Sharing<Scope, Inner> = Inner extends { shared: infer Shared }
  ? Scope extends { shared: infer Known }
    ? [keyof Shared] extends [keyof Known]
      ? Scope
      : Scope & { shared: { [Name in Exclude<keyof Shared, keyof Known>]: Shared[Name] } }
    : Scope & { shared: Shared }
  : Scope

/** What a branch's function begins with: the shape here, and what names mean. */
export type BranchBegin<Here, Scope> = Scope extends Shape
  ? Scope extends { kept: unknown } | { shared: unknown }
    ? InScope<Here, Scope>
    : Here
  : InScope<Here, Scope>

/** In a list, so that the compiler need not look into all that a scope may be to know that it is a network's input. */
type InScope<Here, Scope> = [WithScope<Here, Scope>] extends [infer Begin extends AnyInput] ? Begin : never

type WithScope<Here, Scope> = Scope extends Shape
  ? Scope extends { kept: infer Kept }
    ? Sharing<Here & { kept: Kept }, Scope>
    : Sharing<Here, Scope>
  : KeepingAll<KeepingAll<Here, { kept: InputsOf<Scope> }>, Scope>

export type UnknownNameText<Where extends string, Name> = Fill<UnknownName, { where: Where; name: Name }>
export type TakenNameText<Operation extends string, Name> = Fill<TakenName, { operation: Operation; name: Name }>
export type NoNameText<Operation extends string> = Fill<NoName, { operation: Operation }>

/** The sentence for a layer where there is no current value. An object has no order, so it names none of the values. */
export type NoValueText<Operation extends string> = Fill<NoValue, { operation: Operation }>

/** The rule of a name where a branch may stand: the value that has it. */
export type NamedRule<Scope, Name, Where extends string> = string extends Name
  ? { output: Shape; params: '0' }
  : true extends IsUnion<Name>
    ? { output: Shape; params: '0' }
    : [ValueNamed<Scope, Name>] extends [never]
      ? IsPattern<Name> extends true
        ? { output: Shape; params: '0' }
        : { output: Shape; params: '?'; layer: UnknownNameText<Where, Name> }
      : ValueNamed<Scope, Name> extends infer Value extends Shape
        ? { output: Value; params: '0' }
        : { output: Shape; params: '0' }
