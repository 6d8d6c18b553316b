import { z } from "zod";
import type { Locale } from "../message/index.ts";
import { Zone } from "../time/index.ts";

export const Theme = z.enum(["auto", "light", "dark"]);
export type Theme = z.infer<typeof Theme>;

/** What a member says to be let in. The e-mail is compared in small letters. */
export const SignIn = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email().max(254)),
  password: z.string().min(1).max(1024),
});
export type SignIn = z.infer<typeof SignIn>;

/** What members decide about their own pages; what is left out stays as it is. */
export const ChangeOwnSettings = z.object({
  locale: z.enum(["en", "ru"] satisfies Locale[]).exactOptional(),
  zone: Zone.exactOptional(),
  theme: Theme.exactOptional(),
  /** Whether keys without a modifier act (WCAG 2.1.4). */
  hasSingleKeys: z.boolean().exactOptional(),
});
export type ChangeOwnSettings = z.infer<typeof ChangeOwnSettings>;
