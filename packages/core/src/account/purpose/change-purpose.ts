import { z } from "zod";
import { said } from "../../platform/message/index.ts";
import { Name } from "../../platform/text/index.ts";
import { PurposeKey, PurposeKind } from "./purpose.ts";

/** A node more. Its key stays, and its kind: consents name the one, and are judged by the other. */
export const AddPurpose = z.object({
  key: z
    .string()
    .trim()
    .refine((key) => PurposeKey.safeParse(key).success, said("purpose.key-odd")),
  name: Name,
  kind: PurposeKind,
});
export type AddPurpose = z.infer<typeof AddPurpose>;

export const RenamePurpose = z.object({ key: PurposeKey, name: Name });
export type RenamePurpose = z.infer<typeof RenamePurpose>;
