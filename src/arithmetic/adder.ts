/**
 * Written addition as a state machine with twenty states: the digit that the last two digits wrote, and whether they carry.
 * `Carry0['7']['8']` is `Carry1Writes5`, which is itself the table for the next two digits. A chain of look-ups adds many digits.
 *
 * `test/arithmetic/tables.test.ts` compares every entry with ordinary arithmetic.
 */

/** A state, as the algorithms use it. */
export interface Adder {
  // biome-ignore lint/suspicious/noExplicitAny: a state or a digit; the compiler looks the entry up where digits are known.
  readonly [digit: string]: any
}

/** The table for two digits without a carry. */
export interface Carry0 extends Adder {
  '0': { '0': Carry0Writes0; '1': Carry0Writes1; '2': Carry0Writes2; '3': Carry0Writes3; '4': Carry0Writes4; '5': Carry0Writes5; '6': Carry0Writes6; '7': Carry0Writes7; '8': Carry0Writes8; '9': Carry0Writes9 }
  '1': { '0': Carry0Writes1; '1': Carry0Writes2; '2': Carry0Writes3; '3': Carry0Writes4; '4': Carry0Writes5; '5': Carry0Writes6; '6': Carry0Writes7; '7': Carry0Writes8; '8': Carry0Writes9; '9': Carry1Writes0 }
  '2': { '0': Carry0Writes2; '1': Carry0Writes3; '2': Carry0Writes4; '3': Carry0Writes5; '4': Carry0Writes6; '5': Carry0Writes7; '6': Carry0Writes8; '7': Carry0Writes9; '8': Carry1Writes0; '9': Carry1Writes1 }
  '3': { '0': Carry0Writes3; '1': Carry0Writes4; '2': Carry0Writes5; '3': Carry0Writes6; '4': Carry0Writes7; '5': Carry0Writes8; '6': Carry0Writes9; '7': Carry1Writes0; '8': Carry1Writes1; '9': Carry1Writes2 }
  '4': { '0': Carry0Writes4; '1': Carry0Writes5; '2': Carry0Writes6; '3': Carry0Writes7; '4': Carry0Writes8; '5': Carry0Writes9; '6': Carry1Writes0; '7': Carry1Writes1; '8': Carry1Writes2; '9': Carry1Writes3 }
  '5': { '0': Carry0Writes5; '1': Carry0Writes6; '2': Carry0Writes7; '3': Carry0Writes8; '4': Carry0Writes9; '5': Carry1Writes0; '6': Carry1Writes1; '7': Carry1Writes2; '8': Carry1Writes3; '9': Carry1Writes4 }
  '6': { '0': Carry0Writes6; '1': Carry0Writes7; '2': Carry0Writes8; '3': Carry0Writes9; '4': Carry1Writes0; '5': Carry1Writes1; '6': Carry1Writes2; '7': Carry1Writes3; '8': Carry1Writes4; '9': Carry1Writes5 }
  '7': { '0': Carry0Writes7; '1': Carry0Writes8; '2': Carry0Writes9; '3': Carry1Writes0; '4': Carry1Writes1; '5': Carry1Writes2; '6': Carry1Writes3; '7': Carry1Writes4; '8': Carry1Writes5; '9': Carry1Writes6 }
  '8': { '0': Carry0Writes8; '1': Carry0Writes9; '2': Carry1Writes0; '3': Carry1Writes1; '4': Carry1Writes2; '5': Carry1Writes3; '6': Carry1Writes4; '7': Carry1Writes5; '8': Carry1Writes6; '9': Carry1Writes7 }
  '9': { '0': Carry0Writes9; '1': Carry1Writes0; '2': Carry1Writes1; '3': Carry1Writes2; '4': Carry1Writes3; '5': Carry1Writes4; '6': Carry1Writes5; '7': Carry1Writes6; '8': Carry1Writes7; '9': Carry1Writes8 }
  carry: ''
}

/** The table for two digits with a carry of one. */
interface Carry1 extends Adder {
  '0': { '0': Carry0Writes1; '1': Carry0Writes2; '2': Carry0Writes3; '3': Carry0Writes4; '4': Carry0Writes5; '5': Carry0Writes6; '6': Carry0Writes7; '7': Carry0Writes8; '8': Carry0Writes9; '9': Carry1Writes0 }
  '1': { '0': Carry0Writes2; '1': Carry0Writes3; '2': Carry0Writes4; '3': Carry0Writes5; '4': Carry0Writes6; '5': Carry0Writes7; '6': Carry0Writes8; '7': Carry0Writes9; '8': Carry1Writes0; '9': Carry1Writes1 }
  '2': { '0': Carry0Writes3; '1': Carry0Writes4; '2': Carry0Writes5; '3': Carry0Writes6; '4': Carry0Writes7; '5': Carry0Writes8; '6': Carry0Writes9; '7': Carry1Writes0; '8': Carry1Writes1; '9': Carry1Writes2 }
  '3': { '0': Carry0Writes4; '1': Carry0Writes5; '2': Carry0Writes6; '3': Carry0Writes7; '4': Carry0Writes8; '5': Carry0Writes9; '6': Carry1Writes0; '7': Carry1Writes1; '8': Carry1Writes2; '9': Carry1Writes3 }
  '4': { '0': Carry0Writes5; '1': Carry0Writes6; '2': Carry0Writes7; '3': Carry0Writes8; '4': Carry0Writes9; '5': Carry1Writes0; '6': Carry1Writes1; '7': Carry1Writes2; '8': Carry1Writes3; '9': Carry1Writes4 }
  '5': { '0': Carry0Writes6; '1': Carry0Writes7; '2': Carry0Writes8; '3': Carry0Writes9; '4': Carry1Writes0; '5': Carry1Writes1; '6': Carry1Writes2; '7': Carry1Writes3; '8': Carry1Writes4; '9': Carry1Writes5 }
  '6': { '0': Carry0Writes7; '1': Carry0Writes8; '2': Carry0Writes9; '3': Carry1Writes0; '4': Carry1Writes1; '5': Carry1Writes2; '6': Carry1Writes3; '7': Carry1Writes4; '8': Carry1Writes5; '9': Carry1Writes6 }
  '7': { '0': Carry0Writes8; '1': Carry0Writes9; '2': Carry1Writes0; '3': Carry1Writes1; '4': Carry1Writes2; '5': Carry1Writes3; '6': Carry1Writes4; '7': Carry1Writes5; '8': Carry1Writes6; '9': Carry1Writes7 }
  '8': { '0': Carry0Writes9; '1': Carry1Writes0; '2': Carry1Writes1; '3': Carry1Writes2; '4': Carry1Writes3; '5': Carry1Writes4; '6': Carry1Writes5; '7': Carry1Writes6; '8': Carry1Writes7; '9': Carry1Writes8 }
  '9': { '0': Carry1Writes0; '1': Carry1Writes1; '2': Carry1Writes2; '3': Carry1Writes3; '4': Carry1Writes4; '5': Carry1Writes5; '6': Carry1Writes6; '7': Carry1Writes7; '8': Carry1Writes8; '9': Carry1Writes9 }
  carry: '1'
}

interface Carry0Writes0 extends Carry0 { writes: '0' }
interface Carry0Writes1 extends Carry0 { writes: '1' }
interface Carry0Writes2 extends Carry0 { writes: '2' }
interface Carry0Writes3 extends Carry0 { writes: '3' }
interface Carry0Writes4 extends Carry0 { writes: '4' }
interface Carry0Writes5 extends Carry0 { writes: '5' }
interface Carry0Writes6 extends Carry0 { writes: '6' }
interface Carry0Writes7 extends Carry0 { writes: '7' }
interface Carry0Writes8 extends Carry0 { writes: '8' }
interface Carry0Writes9 extends Carry0 { writes: '9' }
interface Carry1Writes0 extends Carry1 { writes: '0' }
interface Carry1Writes1 extends Carry1 { writes: '1' }
interface Carry1Writes2 extends Carry1 { writes: '2' }
interface Carry1Writes3 extends Carry1 { writes: '3' }
interface Carry1Writes4 extends Carry1 { writes: '4' }
interface Carry1Writes5 extends Carry1 { writes: '5' }
interface Carry1Writes6 extends Carry1 { writes: '6' }
interface Carry1Writes7 extends Carry1 { writes: '7' }
interface Carry1Writes8 extends Carry1 { writes: '8' }
interface Carry1Writes9 extends Carry1 { writes: '9' }
