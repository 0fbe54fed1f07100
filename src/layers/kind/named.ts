import type { FirstName } from '../../shape/first-name.js'
import type { Fill, OneOf } from '../../shape/message.js'
import type { AnyInput, IsUnion, Shape } from '../../shape/shape.js'
import type { CheckName, EmptyName, InTower, NoName, NoValue, TakenName, UnknownName } from './scope.js'

/*
 * Names of values at compile time. A network's first type parameter holds them: `[8, 8, 3] & { kept: { c3: [4, 4, 64] } }`.
 *
 * A network that keeps nothing pays nothing: its first type parameter is just the shape of its input, or a record of several.
 */

/** The keys of a network's first type parameter that are not inputs. */
type ReservedKeys = 'kept' | 'shared'

/** The kept values by name, with their shapes, without the inputs. */
type KeptIn<Scope> = Scope extends { kept: infer Kept } ? Kept : {}

/** All names of values, including the inputs. */
export type NamesIn<Scope> =
  | (keyof KeptIn<Scope> & string)
  | (Scope extends readonly unknown[] ? 'input' : Exclude<keyof Scope & string, ReservedKeys>)

/** All names of values, written so that editors and messages list them instead of showing an alias. */
export type ListedNames<Scope> = { [Name in NamesIn<Scope>]: Name }[NamesIn<Scope>] extends infer Names ? Names : never

/** {@link NamesIn} plus numeric names, which declaration files write without quotes. */
export type TakenNames<Scope> =
  | NamesIn<Scope>
  | `${keyof KeptIn<Scope> & number}`
  | (Scope extends readonly unknown[] ? never : `${keyof Scope & number}`)

/** The shape of the value with this name; `never` if there is none. */
export type ValueNamed<Scope, Name> = Scope extends { kept: infer Kept }
  ? Name extends keyof Kept
    ? Kept[Name]
    : InputNamed<Scope, Name>
  : InputNamed<Scope, Name>

type InputNamed<Scope, Name> = Scope extends Shape
  ? Name extends 'input'
    ? PlainShape<Scope>
    : WithNumericKey<KeptIn<Scope>, Name>
  : Name extends Exclude<keyof Scope, ReservedKeys>
    ? Scope[Name]
    : WithNumericKey<KeptIn<Scope>, Name, WithNumericKey<Scope, Name>>

/** The property whose key is the number in this name. */
type WithNumericKey<Values, Name, Otherwise = never> = Name extends `${infer Key extends number}`
  ? Key extends keyof Values
    ? Values[Key]
    : Otherwise
  : Otherwise

/** Whether a name stands for many: `string`, or a pattern such as `c${number}`. */
export type IsPattern<Name> = {} extends { [Key in Name & string]: 1 } ? true : false

/** Whether a name is a single literal: not a pattern, a union or `any`. For other names the types cannot tell which value is meant. */
export type IsOneName<Name> = IsPattern<Name> extends true ? false : true extends IsUnion<Name> ? false : true

/** The characters that `trim` removes. */
type WhiteSpace =
  | ' '
  | '\t'
  | '\n'
  | '\v'
  | '\f'
  | '\r'
  | '\u00a0'
  | '\u1680'
  | TypographicSpace
  | '\u2028'
  | '\u2029'
  | '\u202f'
  | '\u205f'
  | '\u3000'
  | '\ufeff'
type TypographicSpace =
  | '\u2000'
  | '\u2001'
  | '\u2002'
  | '\u2003'
  | '\u2004'
  | '\u2005'
  | '\u2006'
  | '\u2007'
  | '\u2008'
  | '\u2009'
  | '\u200a'

/** Whether a name is empty or only white space. */
export type IsBlank<Name> = Name extends `${infer First}${infer Rest}`
  ? First extends WhiteSpace
    ? IsBlank<Rest>
    : false
  : Name extends ''
    ? true
    : false

/** A shape without the kept values. It is built as a new tuple, since the compiler cannot take an intersection apart. */
export type PlainShape<Input> = Input extends readonly [...infer Sizes extends number[]]
  ? Input extends { kept: unknown } | { shared: unknown }
    ? TupleOf<Input>
    : Sizes
  : TupleOf<Input>

type TupleOf<Input> = Input extends { length: 1; 0: infer A }
  ? [A]
  : Input extends { length: 2; 0: infer A; 1: infer B }
    ? [A, B]
    : Input extends { length: 3; 0: infer A; 1: infer B; 2: infer C }
      ? [A, B, C]
      : Input extends { length: 4; 0: infer A; 1: infer B; 2: infer C; 3: infer D }
        ? [A, B, C, D]
        : Input

/** The inputs of a network: its first type parameter without the kept values. */
export type InputsOf<Scope> = Scope extends Shape ? PlainShape<Scope> : { [Name in Exclude<keyof Scope, ReservedKeys>]: Scope[Name] }

/** A scope with one more named value. */
export type Keeping<Scope, Name, Value> = IsOneName<Name> extends true ? Scope & { kept: { [Key in PlainName<Name>]: Value } } : Scope

/** A name as its text: a member of an enum is the name that it stands for. */
export type PlainName<Name> = `${Name & string}`

/**
 * The property with this name, whose key may be a member of an enum; `never` if there is none. Keys are mapped nowhere, since the
 * compiler would map all of them at every use of the names.
 */
export type PropertyNamed<Values, Name> = Name extends keyof Values
  ? Values[Name]
  : Values extends { [Key in Name & string]: infer Value }
    ? Value
    : never

/** The name that `keep` adds to a network's type; `never` unless it is a single literal. */
export type KeptName<Name extends string> = IsOneName<Name> extends true ? PlainName<Name> : never

/** A scope with everything that another scope keeps. Names that both know appear once, so the type grows only by new names. */
export type KeepingAll<Scope, Inner> = Inner extends { kept: infer Kept }
  ? [keyof Kept] extends [NamesIn<Scope>]
    ? Sharing<Scope, Inner>
    : Sharing<Scope & { kept: { [Name in Exclude<keyof Kept, NamesIn<Scope>>]: Kept[Name] } }, Inner>
  : Sharing<Scope, Inner>

/** A scope with the shared layers of another. */
export type Sharing<Scope, Inner> = Inner extends { shared: infer Shared }
  ? Scope extends { shared: infer Existing }
    ? [keyof Shared] extends [keyof Existing]
      ? Scope
      : Scope & { shared: { [Name in Exclude<keyof Shared, keyof Existing>]: Shared[Name] } }
    : Scope & { shared: Shared }
  : Scope

/** The first type parameter of a branch function's argument: the current shape, and the known names. */
export type BranchBegin<Here, Scope> = Scope extends Shape
  ? Scope extends { kept: unknown } | { shared: unknown }
    ? CheckedBegin<Here, Scope>
    : Here
  : CheckedBegin<Here, Scope>

/** Wrapped in a list, so that the compiler need not resolve every possible scope to see that it is a network's input. */
type CheckedBegin<Here, Scope> = [WithScope<Here, Scope>] extends [infer Begin extends AnyInput] ? Begin : never

type WithScope<Here, Scope> = Scope extends Shape
  ? Scope extends { kept: infer Kept }
    ? Sharing<Here & { kept: Kept }, Scope>
    : Sharing<Here, Scope>
  : // A tower's name stands for what the tower gives, so the kept values come before the inputs.
    KeepingAll<KeepingAll<Here, Scope>, { kept: InputsOf<Scope> }>

/** Of the names that one may be, those that no value has. */
export type UnknownOf<Scope, Name> = Name extends string
  ? IsPattern<Name> extends true
    ? never
    : PlainName<Name> extends TakenNames<Scope>
      ? never
      : Name
  : never

export type UnknownNameText<Where extends string, Name, Scope> = Fill<
  IsBlank<Name> extends true ? EmptyName : UnknownName,
  { where: Where; name: Name; advice: AdviceOnName<Name, NamesIn<Scope>> }
>

/** What to write in place of an unknown name, which may be that of a tower, or of a value inside one. */
type AdviceOnName<Name, Names> = [Extract<Names, `${Name & string}.${string}` | `${string}.${Name & string}`>] extends [never]
  ? Fill<CheckName, { name: Name }>
  : Fill<InTower, { full: FirstName<Extract<Names, `${Name & string}.${string}` | `${string}.${Name & string}`>> }>

export type TakenNameText<Operation extends string, Name> = Fill<TakenName, { operation: Operation; name: Name }>
export type NoNameText<Operation extends string> = Fill<NoName, { operation: Operation }>

/** The message for a layer where there is no current value. The members of an object have no order, so it lists no values. */
export type NoValueText<Operation extends string> = Fill<NoValue, { operation: Operation }>

/** What a layer with arguments accepts: the argument, if there is a current value. */
export type ValueOrUseABlock<Operation extends string, Input, Argument> = Input extends readonly unknown[]
  ? Argument
  : NoValueText<Operation>

/** The rule of a name as a branch: the value with that name. */
export type NamedRule<Scope, Name, Where extends string> = string extends Name
  ? { output: Shape; params: '0' }
  : true extends IsUnion<Name>
    ? [UnknownOf<Scope, Name>] extends [never]
      ? { output: Shape; params: '0' }
      : { output: Shape; params: '?'; layer: OneOf<UnknownNameText<Where, UnknownOf<Scope, Name>, Scope>> }
    : [ValueNamed<Scope, Name>] extends [never]
      ? IsPattern<Name> extends true
        ? { output: Shape; params: '0' }
        : { output: Shape; params: '?'; layer: UnknownNameText<Where, Name, Scope> }
      : ValueNamed<Scope, Name> extends infer Value extends Shape
        ? { output: Value; params: '0' }
        : { output: Shape; params: '0' }
