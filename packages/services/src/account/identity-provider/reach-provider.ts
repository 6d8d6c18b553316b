import {
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
  allowInsecureRequests,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
} from "openid-client";
import { Agent, fetch } from "undici";
import type { OrganizationId } from "@ringfence/core/ids";
import { isNamedHost } from "@ringfence/core/platform/settings";
import {
  type Installation,
  PrivateHost,
  isPrivateAddress,
  publicLookup,
} from "../../platform/internal.ts";
import { loadPrivateHosts } from "../organization/internal.ts";

/** Milliseconds for one answer of a provider. A page waits for it. */
const PATIENCE_MS = 5_000;
/** The longest answer that is read. */
const MAX_BYTES = 1024 * 1024;

/** An address that must not be called. */
export class AddressRefused extends Error {
  readonly reason: "not-encrypted" | "private-host";
  constructor(reason: AddressRefused["reason"]) {
    super(reason);
    this.reason = reason;
  }
}

const limits = {
  maxResponseSize: MAX_BYTES,
  headersTimeout: PATIENCE_MS,
  bodyTimeout: PATIENCE_MS,
};
const agent = new Agent({ ...limits, connect: { timeout: PATIENCE_MS } });
const publicAgent = new Agent({
  ...limits,
  connect: { timeout: PATIENCE_MS, lookup: publicLookup },
});

type Outgoing = {
  method?: string;
  headers?: HeadersInit;
  /** A form: nothing else is sent to providers. */
  body?: unknown;
  signal?: AbortSignal | undefined;
};

/** Sends a request to a provider. */
export type ProviderFetch = (url: string, options?: Outgoing) => Promise<Response>;

/**
 * Returns a function that calls identity providers for an organization. An owner of the organization names their
 * addresses, and the provider names more, so each must be on the public internet and encrypted, unless the operator
 * opened its host (`RINGFENCE_PRIVATE_HOSTS`). Redirects are not followed.
 */
export async function createProviderFetch(
  { db: { prisma }, privateHosts }: Installation,
  organizationId: OrganizationId,
): Promise<ProviderFetch> {
  const hosts = await loadPrivateHosts({ prisma, organizationId, privateHosts });
  return async (url, { method = "GET", headers = {}, body, signal } = {}) => {
    const address = new URL(url);
    const mayBePrivate = isNamedHost(hosts, address);
    if (!mayBePrivate && address.protocol !== "https:") throw new AddressRefused("not-encrypted");
    if (!mayBePrivate && isPrivateAddress(address.hostname))
      throw new AddressRefused("private-host");
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(url, {
      method,
      headers: [...new Headers(headers)],
      redirect: "manual",
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
      dispatcher: mayBePrivate ? agent : publicAgent,
      ...(body instanceof URLSearchParams && { body: body.toString() }),
    });
    const text = await answer.text();
    const hasBody = text !== "";
    return new Response(hasBody ? text : null, {
      status: answer.status,
      headers: [...answer.headers],
    });
  };
}

/** Client of a provider, as an owner has set it up. */
export type ProviderClient = { issuer: string; clientId: string; clientSecret: string };

/**
 * Connects to any provider with these settings, on record or not: reads its discovery document and returns what
 * `openid-client` needs. With that, the signature of every ID token is checked. Throws if the provider does not answer,
 * or names itself in another way.
 */
export async function connectProvider(
  send: ProviderFetch,
  { issuer, clientId, clientSecret }: ProviderClient,
): Promise<Configuration> {
  const config = await discovery(
    new URL(issuer),
    clientId,
    {},
    (server, client, body, headers) => {
      const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
      const authenticate = methods.includes("client_secret_basic")
        ? ClientSecretBasic(clientSecret)
        : ClientSecretPost(clientSecret);
      authenticate(server, client, body, headers);
    },
    // Which addresses may be called without encryption is decided by `send`.
    { [customFetch]: send, execute: [allowInsecureRequests, enableNonRepudiationChecks] },
  );
  return config;
}

/**
 * Classifies a failed request to a provider. `refused`: the provider no longer vouches for the person, or its tokens
 * are not valid. `unanswered`: anything that may be temporary, such as no answer or settings that it does not accept.
 */
export function classifyProviderError(error: unknown): "refused" | "unanswered" {
  if (error instanceof ResponseBodyError) {
    return error.error === "invalid_grant" ? "refused" : "unanswered";
  }
  if (error instanceof WWWAuthenticateChallengeError) {
    // `bearer` is about the person's access token. Our own credentials use other schemes.
    return error.cause.some(({ scheme }) => scheme === "bearer") ? "refused" : "unanswered";
  }
  return error instanceof ClientError && tokenFaults.has(error.code ?? "")
    ? "refused"
    : "unanswered";
}

/** Codes of `openid-client` for tokens that are not valid. */
const tokenFaults: ReadonlySet<string> = new Set([
  "OAUTH_JWT_CLAIM_COMPARISON_FAILED",
  "OAUTH_JWT_TIMESTAMP_CHECK_FAILED",
  "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED",
  "OAUTH_INVALID_RESPONSE",
  "OAUTH_KEY_SELECTION_FAILED",
  "OAUTH_UNSUPPORTED_OPERATION",
]);

/** Reason why an address cannot be used as an identity provider. */
export type IssuerFault = AddressRefused["reason"] | "no-answer" | "no-provider" | "other-issuer";

/** Names the reason why `connectProvider` failed. */
export function findIssuerFault(error: unknown): IssuerFault {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AddressRefused) return cause.reason;
    if (cause instanceof PrivateHost) return "private-host";
    if (cause instanceof ClientError && cause.code === "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED")
      return "other-issuer";
    if (cause instanceof ClientError && cause.code?.startsWith("OAUTH_RESPONSE"))
      return "no-provider";
  }
  return "no-answer";
}
