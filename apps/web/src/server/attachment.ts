import "server-only";
import { type Cell, csvLine } from "./csv";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A file to be kept, sent as it is read. Its first bytes are awaited, so that what cannot be read is an
 * error and not an empty file.
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
      "cache-control": "no-store",
    },
  });
}

type Page<Row> = { rows: readonly Row[]; next: string | null };

/** A whole list as CSV, page after page as it is sent. It begins with a mark by which Excel knows UTF-8. */
export function listAttachment<Row>(
  fileName: string,
  columns: readonly [head: string, cell: (row: Row) => Cell][],
  readPage: (after: string | null) => Promise<Page<Row>>,
): Promise<Response> {
  const encoder = new TextEncoder();
  async function* lines() {
    let head = `\uFEFF${csvLine(columns.map(([name]) => name))}`;
    let after: string | null = null;
    do {
      const page: Page<Row> = await readPage(after);
      const cells = page.rows.map((row) => columns.map(([, cell]) => cell(row)));
      yield encoder.encode(head + cells.map(csvLine).join(""));
      head = "";
      after = page.next;
    } while (after !== null);
  }
  return attachment(fileName, lines());
}
