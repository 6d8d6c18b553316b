import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type JWTPayload, SignJWT, decodeJwt, exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";

/** A person at the provider: the claims that it tells about them. */
export type ProviderPerson = {
  name?: string;
  email?: string;
  email_verified?: boolean;
  groups?: string[];
};

type Addresses = {
  /** To which people come back. */
  redirectUri: string;
  /** To which they come back after signing out. */
  signedOutUri?: string;
  /** To which logout tokens are sent. Without it, they are only kept. */
  logoutUri?: string;
  /** Any free one by default. */
  port?: number;
};

const clientId = "ringfence";
const clientSecret = "a-field-of-cornflowers-and-rye";

/**
 * Starts a real OpenID Connect provider on this machine, which signs in whoever `signInAs` names without asking them.
 * `tamper` changes its ID tokens before they leave, as an attacker or a broken provider would.
 */
export async function startIdentityProvider({
  redirectUri,
  signedOutUri,
  logoutUri,
  port: wanted = 0,
}: Addresses) {
  const keys = await generateKeyPair("RS256", { extractable: true });
  const nextKeys = await generateKeyPair("ES256", { extractable: true });
  const nextKey = { kid: "k2", alg: "ES256" };
  const people = new Map<string, ProviderPerson>();
  const state = {
    current: "",
    isDown: false,
    /** Path of its keys, as the discovery document says. Those at `/next-keys` have only `nextKey`. */
    keysPath: "/jwks",
    /** The provider answers requests only once this promise is settled. */
    hold: Promise.resolve(),
    requests: [] as string[],
    logoutTokens: [] as string[],
    tamper: null as ((token: string) => Promise<string>) | null,
  };

  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(wanted, "127.0.0.1", resolve);
  });
  // A server that listens on a port has an address of this kind.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  const issuer = `http://${host}`;

  const provider = new Provider(issuer, {
    jwks: {
      keys: [{ ...(await exportJWK(keys.privateKey)), alg: "RS256", use: "sig", kid: "k1" }],
    },
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ["authorization_code", "refresh_token"],
        ...(signedOutUri !== undefined && { post_logout_redirect_uris: [signedOutUri] }),
        backchannel_logout_uri: logoutUri ?? `${issuer}/nowhere`,
        backchannel_logout_session_required: true,
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    cookies: { keys: ["a field of lupins"] },
    ttl: {
      Interaction: 600,
      Grant: 3_600,
      Session: 3_600,
      AccessToken: 600,
      RefreshToken: 3_600,
      IdToken: 600,
    },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    findAccount(_, sub) {
      const person = people.get(sub);
      return person && { accountId: sub, claims: () => ({ sub, ...person }) };
    },
    async loadExistingGrant(ctx) {
      const { client, session } = ctx.oidc;
      if (client === undefined || session?.accountId === undefined) return;
      const { accountId } = session;
      const grant = new provider.Grant({ clientId: client.clientId, accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
    async fetch(url, options) {
      const body = options?.body;
      const token = body instanceof URLSearchParams ? body.get("logout_token") : null;
      if (token !== null) state.logoutTokens.push(token);
      if (logoutUri === undefined) return new Response(null, { status: 200 });
      // Without the library's own agent, which refuses addresses of this machine.
      const { method = "GET", headers = {}, body: sent = null, signal = null } = options ?? {};
      return fetch(url, { method, headers, body: sent, signal });
    },
  });
  provider.use(async (ctx, next) => {
    if (ctx.path.startsWith("/interaction/")) {
      await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: state.current } });
      ctx.respond = false;
      return;
    }
    if (ctx.path === "/next-keys") {
      ctx.body = { keys: [{ ...(await exportJWK(nextKeys.publicKey)), ...nextKey, use: "sig" }] };
      return;
    }
    await next();
    if (ctx.path === "/.well-known/openid-configuration") {
      ctx.body = { ...ctx.body, jwks_uri: `${issuer}${state.keysPath}` };
    }
    if (ctx.path === "/token" && state.tamper !== null && ctx.body?.id_token !== undefined) {
      ctx.body = { ...ctx.body, id_token: await state.tamper(ctx.body.id_token) };
    }
  });
  const answer = provider.callback();
  server.on("request", (request, response) => {
    state.requests.push(request.url ?? "");
    const respond = async () => {
      await state.hold;
      if (state.isDown) response.writeHead(503).end();
      else await answer(request, response);
    };
    void respond();
  });

  return {
    issuer,
    host,
    clientId,
    clientSecret,
    people,
    state,
    /** Settings with which an organization connects to it. */
    settings: {
      name: "Example ID",
      issuer,
      clientId,
      clientSecret,
      scopes: "openid profile email",
      groupsClaim: "groups",
    },
    signInAs(subject: string, person?: ProviderPerson) {
      state.current = subject;
      if (person !== undefined) people.set(subject, person);
    },
    /** Signs claims as the provider does, or with other keys or another header. */
    sign: (
      claims: JWTPayload,
      {
        key = keys.privateKey,
        ...header
      }: { key?: CryptoKey | Uint8Array; alg?: string; kid?: string; typ?: string } = {},
    ) => new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "k1", ...header }).sign(key),
    /** Signs like the provider once its keys are those at `/next-keys`. */
    nextKey: { ...nextKey, key: nextKeys.privateKey },
    /** Changes the claims of each ID token, and signs it again. */
    changeClaims(change: (claims: JWTPayload) => JWTPayload) {
      state.tamper = (token) => this.sign(change(decodeJwt(token)));
    },
    /** Has the provider send a logout token about a person, and returns it. */
    async sendLogout(subject: string, sid: string): Promise<string> {
      const client = await provider.Client.find(clientId);
      if (typeof client?.backchannelLogout !== "function") throw new Error("no client");
      await client.backchannelLogout(subject, sid);
      return state.logoutTokens.at(-1) ?? "";
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/**
 * Follows an address through the provider as a browser does, up to the first address of another host, and returns
 * that one. `cookies` is what the browser has of the provider.
 */
export async function browseThrough(
  start: string,
  cookies = new Map<string, string>(),
): Promise<URL> {
  const { host } = new URL(start);
  let url = new URL(start);
  while (url.host === host) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, { redirect: "manual", headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const [name = "", value = ""] = pair.split("=");
      cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    if (location === null) throw new Error(`${answer.status}: ${await answer.text()}`);
    url = new URL(location, url);
  }
  return url;
}
