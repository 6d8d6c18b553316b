import { z } from "zod";
import { Role } from "../../platform/access/index.ts";
import { MemberId, SellerId } from "../../platform/ids.ts";
import type { Locale } from "../../platform/message/index.ts";
import { Zone } from "../../platform/time/index.ts";

export const Theme = z.enum(["auto", "light", "dark"]);
export type Theme = z.infer<typeof Theme>;

/** Compared in small letters. */
export const Email = z.string().trim().toLowerCase().pipe(z.email().max(254));
const Password = z.string().min(1).max(1024);

/** What a member says to be let in. */
export const SignIn = z.object({ email: Email, password: Password });
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

/** Who only sees what is of some sellers, where any are named; for all others there is nothing to limit. */
export const limitableRoles: readonly Role[] = ["marketer", "agent"];

const Position = z.object({
  role: Role,
  /** None named is all. */
  sellerIds: z.array(SellerId).max(1_000),
});

const dropUnusedSellers = <P extends z.infer<typeof Position>>(position: P): P =>
  limitableRoles.includes(position.role) ? position : { ...position, sellerIds: [] };

/** Who is to work in an organization, and as what. */
export const AddMember = Position.extend({
  name: z.string().trim().min(1).max(100),
  email: Email,
}).transform(dropUnusedSellers);
export type AddMember = z.infer<typeof AddMember>;

/** What a colleague is from now on; and what they were when the page was opened, where that is to hold still. */
export const ChangeMember = Position.extend({
  memberId: MemberId,
  before: Position.exactOptional(),
}).transform(dropUnusedSellers);
export type ChangeMember = z.infer<typeof ChangeMember>;

/** Any characters, counted as people see them; no rules of what they are (NIST SP 800-63B, 3.1.1.2). */
const NewPassword = Password.refine((password) => Array.from(password).length >= 12);

/** The password of the member who acts, and the one that is to take its place. */
export const ChangeOwnPassword = z
  .object({ password: Password, newPassword: NewPassword })
  .refine((given) => given.newPassword !== given.password, { path: ["newPassword"] });
export type ChangeOwnPassword = z.infer<typeof ChangeOwnPassword>;

/** Sets a password through a link that we sent. */
export const ChoosePassword = z.object({ link: z.string().max(200), newPassword: NewPassword });
export type ChoosePassword = z.infer<typeof ChoosePassword>;
