import { z } from "zod";
import { Role } from "../../platform/access/index.ts";
import { MemberId, SellerId } from "../../platform/ids.ts";
import type { Locale } from "../../platform/message/index.ts";
import { Name } from "../../platform/text/index.ts";
import { Zone } from "../../platform/time/index.ts";

export const Theme = z.enum(["auto", "light", "dark"]);
export type Theme = z.infer<typeof Theme>;

/** Trimmed, and stored and compared in lower case. */
export const Email = z.string().trim().toLowerCase().pipe(z.email().max(254));
const Password = z.string().min(1).max(1024);

/** Email and password of a sign-in. */
export const SignIn = z.object({ email: Email, password: Password });
export type SignIn = z.infer<typeof SignIn>;

/** A member's own settings. Omitted ones stay as they are. */
export const ChangeOwnSettings = z.object({
  locale: z.enum(["en", "ru"] satisfies Locale[]).exactOptional(),
  zone: Zone.exactOptional(),
  theme: Theme.exactOptional(),
  /** True if keyboard shortcuts without a modifier work (WCAG 2.1.4). */
  hasSingleKeys: z.boolean().exactOptional(),
  /** True if they get the weekly report by mail, as far as their role may read it. */
  hasWeeklyReport: z.boolean().exactOptional(),
  /** True if Today shows the member the setup checklist while a step is left to do. */
  hasFirstSteps: z.boolean().exactOptional(),
});
export type ChangeOwnSettings = z.infer<typeof ChangeOwnSettings>;

/** Roles that can be limited to some sellers. */
export const limitableRoles: readonly Role[] = ["marketer", "agent"];

const Position = z.object({
  role: Role,
  /** Empty for all sellers. */
  sellerIds: z.array(SellerId).max(1_000),
});

/** Roles that cannot be limited to sellers act for all, so their list is emptied. */
export const dropUnusedSellers = <P extends z.infer<typeof Position>>(position: P): P =>
  limitableRoles.includes(position.role) ? position : { ...position, sellerIds: [] };

/** A new member. */
export const AddMember = Position.extend({
  name: Name,
  email: Email,
}).transform(dropUnusedSellers);
export type AddMember = z.infer<typeof AddMember>;

/**
 * New role and sellers of a colleague. `before`: those shown when the page was opened, to detect a
 * concurrent change.
 */
export const ChangeMember = Position.extend({
  memberId: MemberId,
  before: Position.exactOptional(),
}).transform(dropUnusedSellers);
export type ChangeMember = z.infer<typeof ChangeMember>;

/** Any characters may occur. Length is counted in Unicode code points (NIST SP 800-63B, 3.1.1.2). */
const NewPassword = Password.refine((password) => Array.from(password).length >= 12);

/** The acting member's current password, and the new one. */
export const ChangeOwnPassword = z
  .object({ password: Password, newPassword: NewPassword })
  .refine((given) => given.newPassword !== given.password, { path: ["newPassword"] });
export type ChangeOwnPassword = z.infer<typeof ChangeOwnPassword>;

/** Sets a password through a link that we sent. */
export const ChoosePassword = z.object({ link: z.string().max(200), newPassword: NewPassword });
export type ChoosePassword = z.infer<typeof ChoosePassword>;
