import { z } from "zod";
import { said } from "../message/index.ts";

/** PostgreSQL stores neither a zero character nor half of a surrogate pair. */
export const isStorable = (text: string) => !text.includes("\0") && text.isWellFormed();

/** What people and their systems write, trimmed, of `maxLength` UTF-16 units at most. */
export const storableText = (maxLength: number) =>
  z.string().trim().max(maxLength, said("row.text-long")).refine(isStorable, said("row.text-odd"));
