import fc from "fast-check";
import {
  type CsvMapping,
  createEditionReader,
  numbersIn,
  type EditionResult,
  type RegistryFormat,
} from "../src/do-not-call/registry/index.ts";

export const toBytes = (text: string) => new TextEncoder().encode(text);

/** Reads ten digits as a number of the North American plan, and E.164 digits after a plus. */
export const readPhone = (bytes: Uint8Array, from: number, to: number) => {
  const text = new TextDecoder("latin1").decode(bytes.subarray(from, to));
  if (/^\+[1-9]\d{9,14}$/.test(text)) return Number(text.slice(1));
  return /^[2-9]\d{9}$/.test(text) ? 10_000_000_000 + Number(text) : 0;
};

/** Reads files, each as the pieces in which it arrives. */
export function readFiles(
  format: RegistryFormat,
  files: Record<string, readonly Uint8Array[]>,
): EditionResult {
  const reader = createEditionReader(format, readPhone);
  for (const [name, pieces] of Object.entries(files)) {
    const file = reader.open(name);
    for (const piece of pieces) file.push(piece);
    file.end();
  }
  return reader.close();
}

/** Reads one file that arrives in one piece. */
export const readText = (format: RegistryFormat, text: string, name = "list.txt") =>
  readFiles(format, { [name]: [toBytes(text)] });

/** Converts a reading to a form that tests can compare. For a refused file: the keys of its faults. */
export function toComparable(read: EditionResult) {
  if (read.outcome === "refused")
    return { refused: [...new Set(read.faults.map(({ key }) => key))] };
  const { added, removed, region: _, changedUntil: __, isFromAnswers: ___, ...rest } = read.edition;
  return { ...rest, added: [...numbersIn(added)], removed: [...numbersIn(removed)] };
}

export const usDnc: RegistryFormat = { reader: "us-dnc" };

export type PartialMapping = {
  [Key in keyof Delta]?: Key extends "kind" ? CsvMapping[Key & "kind"] : Delta[Key];
};
type Delta = Extract<CsvMapping, { kind: "delta" }>;

export const csv = (mapping: PartialMapping = {}): RegistryFormat => ({
  reader: "csv",
  mapping: {
    kind: "snapshot",
    delimiter: ";",
    encoding: "utf-8",
    hasHeader: false,
    phoneColumns: [1],
    region: "US",
    maxUnreadableShare: 0,
    ...mapping,
  } as CsvMapping,
});

/** Ten digits in few blocks, so that numbers often meet. */
export const aUsNumber = fc
  .tuple(
    fc.constantFrom("818", "213", "989"),
    fc.constantFrom("555", "200"),
    fc.nat({ max: 9_999 }),
  )
  .map(([area, exchange, line]) => `${area}${exchange}${String(line).padStart(4, "0")}`);

/** Bytes, cut into pieces at any places. */
export const cutAnywhere = (bytes: Uint8Array) =>
  fc.array(fc.nat({ max: bytes.length }), { maxLength: 8 }).map((places) => {
    const ends = [...places.toSorted((a, b) => a - b), bytes.length];
    return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
  });
