/** A blocked list file, in pieces: a header, then lines sorted by phone number as text, each ended by CRLF. */
type BlockedFile = AsyncIterable<Uint8Array>;

/** All lines of one number, each by its text without the date. */
type Entry = { phone: string; lines: ReadonlyMap<string, string> };

export type LineChange = { change: "added" | "removed"; line: string };

/**
 * Yields the lines added and removed between two blocked list files, in order of numbers. Both files are
 * streamed, and only the lines of one number are in memory. The `effective_at` of a line is ignored, because
 * it changes whenever a registry is read again. Throws if a file is not in order or ends within a line.
 */
export async function* compareEditions(
  before: BlockedFile,
  after: BlockedFile,
): AsyncGenerator<LineChange> {
  const [olds, news] = [readEntries(before), readEntries(after)];
  let [old, fresh] = [await olds.next(), await news.next()];
  while (old.done !== true || fresh.done !== true) {
    const order = compare(old.value?.phone, fresh.value?.phone);
    const [was, is] = [order <= 0 ? old.value : undefined, order >= 0 ? fresh.value : undefined];
    yield* linesOnlyIn(was, is, "removed");
    yield* linesOnlyIn(is, was, "added");
    if (order <= 0) old = await olds.next();
    if (order >= 0) fresh = await news.next();
  }
}

/** Compares phone numbers. The end of a file (undefined) sorts last. */
function compare(one: string | undefined, other: string | undefined): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  return other === undefined || one < other ? -1 : 1;
}

/** Yields the lines of an entry that the other entry lacks. */
function* linesOnlyIn(
  entry: Entry | undefined,
  other: Entry | undefined,
  change: LineChange["change"],
): Generator<LineChange> {
  for (const [key, line] of entry?.lines ?? []) {
    if (other?.lines.has(key) !== true) yield { change, line };
  }
}

async function* readEntries(file: BlockedFile): AsyncGenerator<Entry, undefined> {
  let [phone, lines] = ["", new Map<string, string>()];
  for await (const batch of readLines(file)) {
    for (const line of batch) {
      const next = line.slice(0, line.indexOf(","));
      if (next < phone) throw new Error("The lines of a blocked list are not in order");
      if (next !== phone && lines.size > 0) {
        yield { phone, lines };
        lines = new Map();
      }
      phone = next;
      lines.set(line.replace(INSTANT, ","), line);
    }
  }
  if (lines.size > 0) yield { phone, lines };
  return undefined;
}

const INSTANT = /,\d{4}-\d\d-\d\dT[\d:.]+Z(?=,)/;

/** Yields the complete lines that have arrived so far, without their line ends and without the header. */
async function* readLines(file: BlockedFile): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let [left, isHead] = ["", true];
  for await (const chunk of file) {
    const lines = (left + decoder.decode(chunk, { stream: true })).split("\r\n");
    left = lines.pop() ?? "";
    if (isHead && lines.length > 0) {
      lines.shift();
      isHead = false;
    }
    yield lines;
  }
  if (left !== "") throw new Error("A blocked list ends within a line");
}
