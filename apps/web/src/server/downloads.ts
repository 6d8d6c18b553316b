import "server-only";
import path from "node:path";
import { type Cell, csvLine } from "./csv";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Streams a file as a download. It awaits the first bytes, so that a read that fails at once throws here, and does
 * not become an empty file. A later failure breaks the download off.
 */
export async function attachment(
  fileName: string,
  content: AsyncIterable<Uint8Array>,
  type = "text/csv",
): Promise<Response> {
  const chunks = content[Symbol.asyncIterator]();
  let next = await chunks.next();
  const body = new ReadableStream<Bytes>({
    async pull(controller) {
      if (next.done === true) {
        controller.close();
        return;
      }
      controller.enqueue(Uint8Array.from(next.value));
      next = await chunks.next();
    },
    async cancel() {
      await chunks.return?.();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    },
  });
}

/** Encodes pages of text as UTF-8. */
export async function* encodePages(pages: AsyncIterable<string>) {
  const encoder = new TextEncoder();
  for await (const page of pages) yield encoder.encode(page);
}

/** Reads a page of a list, behind the row that `after` names. `next` is null after the last page. */
export type ReadPage<Row> = (
  after: string | null,
) => Promise<{ rows: readonly Row[]; next: string | null }>;

/** Reads a whole list, page by page. */
export async function* readPages<Row>(readPage: ReadPage<Row>): AsyncGenerator<readonly Row[]> {
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<ReadPage<Row>>> = await readPage(after);
    yield page.rows;
    after = page.next;
  } while (after !== null);
}

/** Streams a whole list as CSV, page by page. It starts with the mark by which Excel recognizes UTF-8. */
export function listAttachment<Row>(
  fileName: string,
  columns: readonly [head: string, cell: (row: Row) => Cell][],
  readPage: ReadPage<Row>,
): Promise<Response> {
  const encoder = new TextEncoder();
  async function* lines() {
    let head = `\uFEFF${csvLine(columns.map(([name]) => name))}`;
    for await (const rows of readPages(readPage)) {
      const cells = rows.map((row) => columns.map(([, cell]) => cell(row)));
      yield encoder.encode(head + cells.map(csvLine).join(""));
      head = "";
    }
  }
  return attachment(fileName, lines());
}

/** Response with a file that is small enough to build in memory. */
export const toFileResponse = (
  name: string,
  type: string,
  content: string | Uint8Array<ArrayBuffer>,
) =>
  new Response(content, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  });

/**
 * Folder of the fonts, relative to the running app, in source and in the build. `next.config.ts` copies
 * them.
 */
export const fontFolder = path.resolve("../../packages/services/fonts");

/** Folder of the offline verifier, which the build makes. Evidence packs bring it along. */
export const verifierFolder = path.resolve("../../packages/verify/dist");
