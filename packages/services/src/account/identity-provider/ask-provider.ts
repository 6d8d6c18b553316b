import { type Configuration, fetchUserInfo } from "openid-client";
import { z } from "zod";
import { parseGroups } from "@ringfence/core/account/identity-provider";
import { Email } from "@ringfence/core/account/member";
import type { OrganizationId } from "@ringfence/core/ids";
import { Name, mendText, removeHidden } from "@ringfence/core/platform/text";
import { type Installation, openSecret } from "../../platform/internal.ts";
import type { ProviderRow } from "./provider-row.ts";
import { connectProvider, createProviderFetch } from "./reach-provider.ts";

/**
 * Connects to the organization's own provider, with the client secret on record. Reads the discovery document at every
 * call; `connectOwnProviderCached` does not. Throws as `connectProvider` does.
 */
export async function connectOwnProvider(
  installation: Installation,
  organizationId: OrganizationId,
  row: ProviderRow,
): Promise<Configuration> {
  const send = await createProviderFetch(installation, organizationId);
  const clientSecret = openSecret(installation.keys, organizationId, row.clientSecret);
  return connectProvider(send, { ...row, clientSecret });
}

/** Time for which a connection is shared. A sign-in uses a new one when the person comes back from the provider. */
const DISCOVERY_MS = 60_000;
/** More settings than an installation has at once. When the limit is reached, all are forgotten. */
const MAX_CONNECTIONS = 1_000;
type Connection = { readAt: number; config: Promise<Configuration> };
const connectionsByInstallation = new WeakMap<Installation, Map<string, Connection>>();

/**
 * Returns a connection like that of `connectOwnProvider`, and shares it for a minute, or until the settings change:
 * anybody can begin sign-ins, and each would be a request to the provider. It is kept for this `installation` object,
 * in this process. `now` is the database's time.
 */
export function connectOwnProviderCached(
  installation: Installation,
  organizationId: OrganizationId,
  row: ProviderRow,
  now: Date,
): Promise<Configuration> {
  const connections = connectionsByInstallation.get(installation) ?? new Map<string, Connection>();
  connectionsByInstallation.set(installation, connections);
  const key = `${organizationId} ${row.changedAt.getTime()}`;
  const known = connections.get(key);
  if (known !== undefined && now.getTime() - known.readAt < DISCOVERY_MS) return known.config;
  if (connections.size >= MAX_CONNECTIONS) connections.clear();
  const config = connectOwnProvider(installation, organizationId, row);
  const entry = { readAt: now.getTime(), config };
  connections.set(key, entry);
  // A provider that did not answer is asked again.
  config.catch(() => connections.get(key) === entry && connections.delete(key));
  return config;
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
  /** Null if the provider says nothing about groups. */
  groups: readonly string[] | null;
  email: string | null;
  isEmailVerified: boolean;
  name: string | null;
};

type Claims = Record<string, unknown>;
/** What a sign-in received: the claims of the ID token, and the access token for the user info. */
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

/** Shortens a name to what can be stored, without hidden characters; null if nothing is left. */
const toName = (text: string): string | null =>
  Name.safeParse(mendText(removeHidden(text).slice(0, 100))).data ?? null;
