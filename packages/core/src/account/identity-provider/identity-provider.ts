import { z } from "zod";
import { MemberId, SellerId } from "../../platform/ids.ts";
import { Role } from "../../platform/access/index.ts";
import { visibleText } from "../../platform/text/index.ts";
import { dropUnusedSellers } from "../member/index.ts";

/**
 * Address by which an identity provider names itself. Tokens repeat it, so it has no query, fragment or
 * password.
 */
export const Issuer = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && `${url.search}${url.hash}${url.username}${url.password}` === "";
  });

/** The role and sellers that a group at the provider gives to its members. */
export const GroupPosition = z
  .object({
    group: z.string().trim().min(1).max(200),
    role: Role,
    /** Empty for all sellers. */
    sellerIds: z.array(SellerId).max(1_000),
  })
  .transform(dropUnusedSellers);
export type GroupPosition = z.infer<typeof GroupPosition>;

/** Scopes of OAuth, separated by spaces (RFC 6749, 3.3). OpenID Connect needs `openid`. */
const Scopes = z
  .string()
  .trim()
  .max(500)
  .regex(/^[\u0021\u0023-\u005B\u005D-\u007E]+( +[\u0021\u0023-\u005B\u005D-\u007E]+)*$/)
  .refine((text) => text.split(/ +/).includes("openid"));

/** Scopes that every provider knows, and with which most name the groups. */
export const defaultScopes = "openid profile email";

/** Settings of an organization's identity provider. */
export const SaveIdentityProvider = z
  .object({
    /** Shown on the sign-in page: "Continue with {name}". */
    name: visibleText(60).min(1),
    issuer: Issuer,
    clientId: z.string().trim().min(1).max(200),
    /** Left out to keep the current one. */
    clientSecret: z.string().min(1).max(1_000).exactOptional(),
    scopes: Scopes,
    /** The claim that lists a person's groups. */
    groupsClaim: z.string().trim().min(1).max(100),
    /** The first group that a person belongs to decides. */
    groups: z
      .array(GroupPosition)
      .max(200)
      .refine((groups) => new Set(groups.map(({ group }) => group)).size === groups.length),
    /** True if members sign in only through the provider. */
    isRequired: z.boolean(),
    /** The owner who may still sign in with a password when the provider is required. */
    emergencyOwnerId: MemberId.nullable(),
  })
  .refine(({ isRequired, emergencyOwnerId }) => !isRequired || emergencyOwnerId !== null, {
    path: ["emergencyOwnerId"],
  });
export type SaveIdentityProvider = z.infer<typeof SaveIdentityProvider>;

/**
 * Reads the groups of a person from a claim: a list of texts, or one text. Null if there is no such claim: then the
 * provider has not said that the person has no groups, because the settings or a large number of groups can be the
 * reason.
 */
export const parseGroups = (claim: unknown): string[] | null => {
  const { data } = z.union([z.string().array(), z.string()]).safeParse(claim);
  return data === undefined ? null : [data].flat();
};
