import { type Configuration, fetchUserInfo } from "openid-client";
import { z } from "zod";
import { parseGroups } from "@ringfence/core/account/identity-provider";
import { Email } from "@ringfence/core/account/member";
import type { OrganizationId } from "@ringfence/core/ids";
import { Name, mendText } from "@ringfence/core/platform/text";
import { type Installation, openSecret } from "../../platform/internal.ts";
import type { ProviderRow } from "./provider-row.ts";
import { connectProvider, createProviderFetch } from "./reach-provider.ts";

/** Connects to the organization's provider with its client secret. */
export async function connectOwnProvider(
  installation: Installation,
  organizationId: OrganizationId,
  row: ProviderRow,
): Promise<Configuration> {
  const send = await createProviderFetch(installation, organizationId);
  const clientSecret = openSecret(installation.keys, organizationId, row.clientSecret);
  return connectProvider(send, { ...row, clientSecret });
}

/** Tokens with which the groups of a session are read again. */
export const ProviderTokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
});
export type ProviderTokens = z.infer<typeof ProviderTokens>;

/** A person as the provider describes them. */
export type Person = {
  subject: string;
  groups: readonly string[];
  email: string | null;
  isEmailVerified: boolean;
  name: string | null;
};

type Claims = Record<string, unknown>;
type PersonTokens = { claims: Claims | undefined; subject: string; access_token: string };

/**
 * Reads who a person is, from the provider's user info and the ID token. Some providers name groups in only one of
 * them.
 */
export async function loadPerson(
  config: Configuration,
  { groupsClaim }: ProviderRow,
  { claims = {}, subject, access_token }: PersonTokens,
): Promise<Person> {
  const info: Claims =
    config.serverMetadata().userinfo_endpoint === undefined
      ? {}
      : await fetchUserInfo(config, access_token, subject);
  // The address and whether it is verified must come from the same source.
  const { email, email_verified } = info.email === undefined ? claims : info;
  const name = info.name ?? claims.name ?? info.preferred_username ?? claims.preferred_username;
  return {
    subject,
    groups: parseGroups(info[groupsClaim] ?? claims[groupsClaim]),
    email: Email.safeParse(email).data ?? null,
    isEmailVerified: email_verified === true,
    name: typeof name === "string" ? toName(name) : null,
  };
}

/** Shortens a name to what can be stored; null if nothing is left. */
const toName = (text: string): string | null =>
  Name.safeParse(mendText(text.trim().slice(0, 100))).data ?? null;
