import { z } from "zod";
import { storableText } from "../../platform/text/index.ts";

/** Text typed into the search: a number in any format, a name or a part of it, a reference, or an id. */
export const Search = z.strictObject({ text: storableText(200).pipe(z.string().min(1)) });
export type Search = z.infer<typeof Search>;

/** Kinds of records that a search finds. Each has a page of its own, except that all API keys share one. */
export const RecordKind = z.enum([
  "contact",
  "opt-out",
  "segment",
  "campaign",
  "offer",
  "capture-form",
  "registry",
  "member",
  "api-key",
  "complaint",
  "screening",
  "violation",
]);
export type RecordKind = z.infer<typeof RecordKind>;
