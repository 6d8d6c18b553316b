// oxlint-disable-next-line house/no-ambient-input -- a hash depends on what is hashed alone
import { createHash } from "node:crypto";
import { changesBetween } from "@ringfence/core/do-not-call/blocked-list";
import { refusalHeader } from "@ringfence/core/do-not-call/endpoint";
import type { BlockedEditionId } from "@ringfence/core/ids";
import type { FileContext } from "../../platform/context.ts";
import { blockedChangesFile, blockedListFile } from "../../platform/files/file-name.ts";
import { blockedLines } from "./blocked-lines.ts";

/** Lines that are written at once. */
const LINES_AT_ONCE = 1_000;

/** Writes all that is blocked now; page after page, whatever its size. */
export async function writeWhole(ctx: FileContext, id: BlockedEditionId) {
  const hash = createHash("sha256");
  let lines = -1; // without the head
  async function* content() {
    for await (const page of blockedLines(ctx)) {
      const bytes = Buffer.from(page);
      hash.update(bytes);
      for (const byte of bytes) if (byte === NEWLINE) lines++;
      yield bytes;
    }
  }
  const bytes = await ctx.files.write(blockedListFile(ctx.organizationId, id), content());
  return { sha256: hash.digest("hex"), lines, bytes };
}

const NEWLINE = 0x0a;

/** Writes what it says that the one before did not, and the other way round: of the first, all of it. */
export async function writeChanges(
  { files, organizationId }: FileContext,
  before: BlockedEditionId | null,
  id: BlockedEditionId,
) {
  const counts = { added: 0, removed: 0 };
  const read = (one: BlockedEditionId) => files.read(blockedListFile(organizationId, one));
  async function* content() {
    let text = `change,${refusalHeader}`;
    let held = 0;
    for await (const { change, line } of changesBetween(before ? read(before) : none(), read(id))) {
      counts[change]++;
      text += `${change},${line}\r\n`;
      if (++held < LINES_AT_ONCE) continue;
      yield Buffer.from(text);
      [text, held] = ["", 0];
    }
    yield Buffer.from(text);
  }
  await files.write(blockedChangesFile(organizationId, id), content());
  return counts;
}

async function* none(): AsyncGenerator<Uint8Array> {}
