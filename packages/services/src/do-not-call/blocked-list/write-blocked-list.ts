import { allow } from "../../platform/access/allow.ts";
import type { FileContext } from "../../platform/context.ts";
import { writeEdition } from "./write-edition.ts";

/** Writes the next edition of the blocked list. Returns its number, or null where there is none. */
export async function writeBlockedList(ctx: FileContext): Promise<number | null> {
  allow(ctx, "blocked-list.write");

  return writeEdition(ctx, { isAlone: false });
}
