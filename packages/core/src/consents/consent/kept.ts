import { z } from "zod";

/** A text of which so many UTF-16 units are kept, and none is asked for: empty, it says nothing. */
export const kept = (maxLength: number) =>
  z
    .string()
    .nullish()
    .transform((text) => text?.trim().slice(0, maxLength) || undefined)
    .optional();
