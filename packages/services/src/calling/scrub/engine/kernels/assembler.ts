/**
 * WebAssembly, written as expressions (its core specification, chapter 5): code leaves a value on the stack, or
 * does something. Integers are `i32` and wrap; a vector is `v128`, of four of these or of sixteen bytes.
 */
export type Code = readonly number[];

export type Local = { get: Code; set: (value: Code) => Code };

const unary = (operation: Code) => (value: Code) => [...value, ...operation];
const binary = (operation: Code) => (a: Code, b: Code) => [...a, ...b, ...operation];
const loading =
  (operation: Code, align: number) =>
  (at: Code, offset = 0) => [...at, ...operation, align, ...unsigned(offset)];
const storing =
  (operation: Code, align: number) =>
  (at: Code, value: Code, offset = 0) => [
    ...at,
    ...value,
    ...operation,
    align,
    ...unsigned(offset),
  ];
const simd = (operation: number): Code => [0xfd, ...unsigned(operation)];

export const i32 = {
  of: (value: number): Code => [0x41, ...signed(value)],
  load: loading([0x28], 2),
  load8: loading([0x2d], 0),
  store: storing([0x36], 2),
  store8: storing([0x3a], 0),
  isZero: unary([0x45]),
  equals: binary([0x46]),
  isLess: binary([0x49]),
  isAtLeast: binary([0x4f]),
  add: binary([0x6a]),
  subtract: binary([0x6b]),
  multiply: binary([0x6c]),
  and: binary([0x71]),
  shiftLeft: binary([0x74]),
  shiftRight: binary([0x76]),
};

export const v128 = {
  of: (bytes: Code): Code => [...simd(0x0c), ...bytes],
  load: loading(simd(0x00), 0),
  /** Four times the same integer. */
  loadSplat: loading(simd(0x09), 2),
  splat: unary(simd(0x11)),
  store: storing(simd(0x0b), 0),
  /** The bytes of two vectors, by their places: those of `b` are from 16 on. */
  shuffle: (a: Code, b: Code, places: Code): Code => [...a, ...b, ...simd(0x0d), ...places],
  and: binary(simd(0x4e)),
  xor: binary(simd(0x51)),
  /** Operations on each of the four integers separately. */
  add: binary(simd(0xae)),
  shiftLeft: (value: Code, bits: number): Code => [...value, ...i32.of(bits), ...simd(0xab)],
  shiftRight: (value: Code, bits: number): Code => [...value, ...i32.of(bits), ...simd(0xad)],
};

const END = 0x0b;
/** Blocks that leave nothing on the stack. */
const [loop, condition]: [Code, Code] = [
  [0x03, 0x40],
  [0x04, 0x40],
];
/** Jumps to the beginning of the loop around the condition. */
const again: Code = [0x0c, 1];

/** Repeats steps while a test is not zero. */
export const loopWhile = (test: Code, ...steps: readonly Code[]): Code => [
  ...loop,
  ...when(test, ...steps, again),
  END,
];
export const when = (test: Code, ...steps: readonly Code[]): Code => [
  ...test,
  ...condition,
  ...steps.flat(),
  END,
];
export const call = (place: number, ...parameters: readonly Code[]): Code => [
  ...parameters.flat(),
  0x10,
  ...unsigned(place),
];

const [I32, V128] = [0x7f, 0x7b];

/** A function of integers that gives none, or one if its last step leaves it. */
export type WasmFunction = {
  parameters: number;
  results: number;
  locals: Code;
  steps: readonly Code[];
};
/** Each call gives another one: first the parameters, then locals, of which integers are 0 at first. */
export type FunctionScope = { parameter: () => Local; i32: () => Local; v128: () => Local };

const localAt = (place: number): Local => ({
  get: [0x20, ...unsigned(place)],
  set: (value) => [...value, 0x21, ...unsigned(place)],
});

/** Defines a function. */
export function defineFunction(
  write: (fresh: FunctionScope) => readonly Code[],
  results = 0,
): WasmFunction {
  const locals: number[] = [];
  let parameters = 0;
  const more = (type: number) => localAt(parameters + locals.push(type) - 1);
  const steps = write({
    parameter: () => localAt(parameters++),
    i32: () => more(I32),
    v128: () => more(V128),
  });
  return { parameters, results, locals, steps };
}

const vector = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const text = (name: string): Code => vector([...Buffer.from(name)].map((byte) => [byte]));
const section = (id: number, items: readonly Code[]): Code => {
  const content = vector(items);
  return [id, ...unsigned(content.length), ...content];
};

/** "\0asm", and the version. */
const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** Creates a module of named functions over the imported memory `rows.memory`. They call each other by index. */
export function createModule(functions: Record<string, WasmFunction>): WebAssembly.Module {
  const made = Object.values(functions);
  const types = made.map(({ parameters, results }) => [
    0x60,
    ...[parameters, results].flatMap((count) => vector(Array.from({ length: count }, () => [I32]))),
  ]);
  const bodies = made.map(({ locals, steps }) => {
    const body = [...vector(locals.map((type) => [1, type])), ...steps.flat(), END];
    return [...unsigned(body.length), ...body];
  });
  const exported = Object.keys(functions).map((name, place) => [
    ...text(name),
    0,
    ...unsigned(place),
  ]);
  const bytes = [
    ...magic,
    ...section(1, types),
    ...section(2, [[...text("rows"), ...text("memory"), 2, 0, 1]]),
    ...section(3, Array.from(made.keys(), unsigned)),
    ...section(7, exported),
    ...section(10, bodies),
  ];
  return new WebAssembly.Module(Uint8Array.from(bytes));
}

/** Encodes LEB128: seven bits a byte, the lowest first. */
function unsigned(value: number): Code {
  const rest = value >>> 7;
  return rest === 0 ? [value] : [(value & 127) | 128, ...unsigned(rest)];
}

/** Encodes a signed integer of 32 bits in LEB128: the last byte has its sign. */
function signed(value: number): Code {
  const isLast = value >= -64 && value < 64;
  return isLast ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}
