import "server-only";
import { SignIn } from "@ringfence/core/account/member";
import { PasskeyAnswer } from "@ringfence/core/account/second-factor";
import { signInByPasskey } from "@ringfence/services/account/second-factor";
import {
  SESSION_HOURS,
  type SessionKey,
  signOut,
  startSession,
} from "@ringfence/services/account/member";
import { formatPublicAddress } from "@ringfence/core/account/organization";
import type { NextAuthOptions } from "next-auth";
import credentials from "next-auth/providers/credentials";
import { env } from "../env";
import {
  formatProviderError,
  formatThrottledError,
} from "../features/account/member/sign-in/sign-in-error";
import { installation } from "./installation";
import {
  isSecure,
  parseSessionKey,
  readBrowserToken,
  saveBrowserToken,
  sessionCookie,
} from "./cookies";

declare module "next-auth" {
  interface User extends SessionKey {}
}

/** Built at the first request, because `next build` imports every route without settings. */
export const authOptions = (): NextAuthOptions => ({
  secret: env().AUTH_SECRET,
  session: { strategy: "jwt", maxAge: SESSION_HOURS * 3600 },
  useSecureCookies: isSecure(),
  cookies: { sessionToken: sessionCookie() },
  pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
  providers: [
    credentials({ credentials: { email: {}, password: {} }, authorize }),
    credentials({ id: "passkey", credentials: { answer: {} }, authorize: authorizePasskey }),
  ],
  callbacks: {
    // The cookie holds nothing about the person: the session's row is read at every request anyway.
    jwt: ({ token, user }) => ({ ...(parseSessionKey(user) ?? parseSessionKey(token)) }),
  },
  events: { signOut: ({ token }) => end(parseSessionKey(token)) },
});

type Request = { headers?: Record<string, unknown> };

/** Starts a session. The message of a thrown error reaches the form as the name of the fault. */
async function authorize(given: unknown, { headers }: Request) {
  const signIn = SignIn.safeParse(given);
  if (!signIn.success) throw new Error("unknown");

  const started = await startSession(
    installation(),
    signIn.data,
    readHeader(headers, "x-forwarded-for"), // `trustAddress` has replaced it by an address that can be trusted
    await readBrowserToken(),
    readHeader(headers, "user-agent"),
  );
  if (started.outcome === "throttled") throw new Error(formatThrottledError(started.seconds));
  if (started.outcome === "provider") throw providerError(started);
  if (started.outcome !== "started") throw new Error(started.outcome);
  await saveBrowserToken(started.browser);
  return { id: started.session.sessionId, ...started.session };
}

/** Starts a session by the answer of a passkey, in JSON. Our address is the configured one, never that of the request. */
async function authorizePasskey(given: { answer: string } | undefined, { headers }: Request) {
  const answer = PasskeyAnswer.safeParse(parseJson(given?.answer ?? ""));
  const browser = await readBrowserToken();
  if (!answer.success || browser === null) throw new Error("passkey");
  const started = await signInByPasskey(installation(), answer.data, {
    origin: env().PUBLIC_URL,
    browser,
    address: readHeader(headers, "x-forwarded-for"),
    userAgent: readHeader(headers, "user-agent"),
  });
  if (started.outcome === "provider") throw providerError(started);
  if (started.outcome === "reset") throw new Error("passkeyReset");
  if (started.outcome === "unknown") throw new Error("passkey");
  await saveBrowserToken(browser);
  return { id: started.session.sessionId, ...started.session };
}

const providerError = ({ organizationId }: Pick<SessionKey, "organizationId">) =>
  new Error(formatProviderError(formatPublicAddress(organizationId)));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readHeader(headers: Request["headers"], name: string): string | null {
  const value = headers?.[name];
  return typeof value === "string" ? value : null;
}

async function end(session: SessionKey | null) {
  if (session !== null) await signOut(installation(), session);
}
