import "server-only";
import type { OrganizationId } from "@ringfence/core/ids";
import { formatPublicAddress, parsePublicAddress } from "@ringfence/core/account/organization";
import {
  ProviderFlow,
  findSignInOffer,
  finishProviderSignIn,
  startProviderSignIn,
} from "@ringfence/services/account/identity-provider";
import {
  PLACE_DAYS,
  SESSION_HOURS,
  type SessionKey,
  findCurrentMember,
} from "@ringfence/services/account/member";
import { preferredLocale } from "@ringfence/core/platform/message";
import { decode, encode } from "next-auth/jwt";
import { cookies, headers } from "next/headers";
import { env } from "../env";
import {
  isSecure,
  readBrowserToken,
  readSessionKey,
  saveBrowserToken,
  sessionCookie,
} from "./cookies";
import { installation } from "./installation";
import { log } from "./log";
import { safePath } from "./safe-path";

/** Addresses of an organization that an owner enters at the provider, and the sign-in link for members. */
export const providerAddresses = (organizationId: OrganizationId) => {
  const { PUBLIC_URL } = env();
  const address = formatPublicAddress(organizationId);
  return {
    callback: `${PUBLIC_URL}/api/oidc/callback`,
    logout: `${PUBLIC_URL}/api/oidc/${address}/logout`,
    signedOut: `${PUBLIC_URL}/sign-in`,
    signIn: `${PUBLIC_URL}/sign-in/${address}`,
  };
};

/** Seconds that somebody may take at the provider. */
const FLOW_SECONDS = 15 * 60;

/**
 * Cookie that ties the provider's answer to this browser. It is sent when the provider sends the browser back
 * (`Lax`), and its content is encrypted.
 */
const flowCookie = () => ({
  name: isSecure() ? "__Host-ringfence-flow" : "ringfence-flow",
  options: {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: isSecure(),
    maxAge: FLOW_SECONDS,
  } as const,
});

/** Cookie with the organization at whose provider this browser signed in last. */
const organizationCookie = () => ({
  name: isSecure() ? "__Host-ringfence-organization" : "ringfence-organization",
  options: { ...flowCookie().options, maxAge: PLACE_DAYS * 86_400 } as const,
});

/** Key of the flow cookie. No other cookie can be read with it, and this one not with theirs. */
const sealedFlow = () => ({ secret: env().AUTH_SECRET, salt: "provider-flow" });

/** Creates the flow cookie. Its content can be read for `maxAge` seconds. */
export async function sealFlow(flow: ProviderFlow & { from: string }, maxAge = FLOW_SECONDS) {
  return { ...flowCookie(), value: await encode({ token: flow, ...sealedFlow(), maxAge }) };
}

/** Address of the page that explains why a sign-in at the provider failed. */
const faultPage = (organizationId: OrganizationId, fault: string, from: string) => {
  const query = new URLSearchParams({ fault, ...(from !== "/" && { from }) });
  return `/sign-in/${formatPublicAddress(organizationId)}?${query.toString()}`;
};

/** Redirects the browser to another page. The answer is not cached. */
export const seeOther = (location: string) =>
  new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });

/**
 * Begins a sign-in at a provider, and sets the flow cookie. Returns the address for the browser: the provider's, or
 * that of a page of ours which says that the provider does not answer. Null if the organization has no provider.
 */
export async function leaveForProvider(
  address: string,
  wantedPath: unknown,
): Promise<string | null> {
  const organizationId = parsePublicAddress(address);
  if (organizationId === null) return null;
  const from = safePath(wantedPath);
  try {
    const { callback } = providerAddresses(organizationId);
    const key = await readSessionKey((await cookies()).get(sessionCookie().name)?.value);
    const started = await startProviderSignIn(installation(), organizationId, {
      redirectUri: callback,
      // A member who is signed in already comes here to prove who they are.
      isProof: key !== null && (await findCurrentMember(installation().db, key)) !== null,
    });
    if (started === null) return null;
    const { name, value, options } = await sealFlow({ ...started.flow, from });
    (await cookies()).set(name, value, options);
    return started.url;
  } catch (err) {
    log.error({ err, organizationId }, "the identity provider does not answer");
    return faultPage(organizationId, "unanswered", from);
  }
}

/**
 * Finishes a sign-in with the provider's answer, and returns the address for the browser: the page that was wanted,
 * or one that explains what failed. Without a flow cookie of this browser, that is the sign-in page. Each flow counts
 * once.
 */
export async function comeBackFromProvider(search: string): Promise<string> {
  const flow = await takeFlow();
  if (flow === null) return "/sign-in";
  const { organizationId, from } = flow;
  const url = new URL(`${providerAddresses(organizationId).callback}${search}`);
  const sent = await headers();
  const address = sent.get("x-forwarded-for"); // as `trustAddress` left it
  const locale = preferredLocale(sent.get("accept-language"));
  const userAgent = sent.get("user-agent");
  const browser = await readBrowserToken();
  const ended = await finishProviderSignIn(installation(), {
    url,
    flow,
    address,
    browser,
    userAgent,
    locale,
  });
  if (ended.outcome === "refused") return faultPage(organizationId, ended.reason, from);
  if (ended.outcome === "failed") {
    log.warn({ err: ended.error, organizationId }, "a sign-in at the identity provider failed");
    return faultPage(organizationId, "failed", from);
  }
  await saveSession(ended.session);
  await saveBrowserToken(ended.browser);
  const { name, options } = organizationCookie();
  (await cookies()).set(name, formatPublicAddress(organizationId), options);
  return from;
}

/** Reads and deletes the flow cookie, so that it counts once. */
async function takeFlow() {
  const jar = await cookies();
  const { name } = flowCookie();
  const sealed = jar.get(name)?.value;
  jar.delete(name);
  if (sealed === undefined) return null;
  const token = await decode({ token: sealed, ...sealedFlow() }).catch(() => null);
  const flow = ProviderFlow.safeParse(token).data;
  return flow ? { ...flow, from: safePath(token?.from) } : null;
}

/** Sets the cookie of a session, as next-auth does after a sign-in with a password. */
async function saveSession(session: SessionKey) {
  const maxAge = SESSION_HOURS * 3_600;
  const value = await encode({ token: { ...session }, secret: env().AUTH_SECRET, maxAge });
  const { name, options } = sessionCookie();
  (await cookies()).set(name, value, { ...options, maxAge });
}

/**
 * The provider that a sign-in page offers: that of the organization in the address, of the one where this browser
 * signed in last, or of the only one of this installation. Null if it has none.
 */
export async function findOffer(address?: string) {
  const given = address ?? (await cookies()).get(organizationCookie().name)?.value;
  const organizationId = given === undefined ? null : parsePublicAddress(given);
  if (given !== undefined && organizationId === null) return null;
  const offer = await findSignInOffer(installation(), organizationId);
  return offer && { ...offer, address: formatPublicAddress(offer.organizationId) };
}
