import type { EntryFileResult, FileReader } from "@ringfence/core/do-not-call/registry";
import { ServiceError } from "../../platform/internal.ts";

/** Reads all entries of an uploaded file. Throws the first fault of a file that cannot be read. */
export async function readEntries<Entry>(
  content: AsyncIterable<Uint8Array>,
  file: string,
  reader: FileReader & { close: () => EntryFileResult<Entry> },
): Promise<readonly Entry[]> {
  for await (const bytes of content) reader.push(bytes);
  reader.end();
  const read = reader.close();
  if (read.outcome === "read") return read.entries;
  const [fault = { key: "registry.fault.empty", values: { file } } as const] = read.faults;
  throw new ServiceError("invalid", fault, "/file");
}
