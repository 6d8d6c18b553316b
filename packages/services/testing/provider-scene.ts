import { SaveIdentityProvider } from "@ringfence/core/account/identity-provider";
import { aNumber } from "@ringfence/db/testing";
import { afterAll, beforeEach } from "vitest";
import {
  type ProviderFlow,
  finishProviderSignIn,
  saveIdentityProvider,
  startProviderSignIn,
} from "../src/account/identity-provider/index.ts";
import { findCurrentMember } from "../src/account/member/sessions.ts";
import { browseThrough, startIdentityProvider } from "./identity-provider.ts";
import { aMember } from "./members.ts";
import { db, keys } from "./scenes.ts";

export const redirectUri = "https://ringfence.example/api/oidc/callback";

/** An e-mail address that nobody else has. */
export const anAddress = () => `p${aNumber().slice(1)}@example.com`;

/** Starts a provider for the tests of a file, and connects organizations to it. */
export async function aProvider() {
  const provider = await startIdentityProvider({ redirectUri });
  const installation = { db, keys, privateHosts: [] as string[] };
  beforeEach(() => {
    provider.state.tamper = null;
    provider.state.isDown = false;
    provider.state.keysPath = "/jwks";
  });
  afterAll(() => provider.close());

  /** An organization that is connected to the provider, with two groups. */
  async function scene(more: Partial<SaveIdentityProvider> = {}) {
    const owner = await aMember({ role: "owner" });
    const { organizationId } = owner.ctx;
    installation.privateHosts.push(`${organizationId}=${provider.host}`);
    const settings = SaveIdentityProvider.parse({
      ...provider.settings,
      groups: [
        { group: "compliance", role: "officer", sellerIds: [] },
        { group: "staff", role: "agent", sellerIds: [] },
      ],
      isRequired: false,
      emergencyOwnerId: null,
      ...more,
    });
    const save = (next: Partial<SaveIdentityProvider> = {}) =>
      saveIdentityProvider(owner.ctx, { ...settings, ...next });
    await save();

    const start = async ({ isProof = false } = {}) => {
      const started = await startProviderSignIn(installation, organizationId, {
        redirectUri,
        isProof,
      });
      if (started === null) throw new Error("no provider");
      return started;
    };
    const finish = (url: URL, flow: ProviderFlow) =>
      finishProviderSignIn(installation, {
        url,
        flow,
        address: null,
        browser: null,
        userAgent: null,
        locale: "ru",
      });
    const signIn = async (how?: { isProof: boolean }, cookies?: Map<string, string>) => {
      const { url, flow } = await start(how);
      return finish(await browseThrough(url, cookies), flow);
    };
    /** The member as whom a sign-in succeeds. */
    const signedIn = async (...how: Parameters<typeof signIn>) => {
      const entered = await signIn(...how);
      if (entered.outcome !== "started") throw new Error(JSON.stringify(entered));
      const member = await findCurrentMember(db, entered.session);
      if (member === null) throw new Error("the session does not count");
      return member;
    };
    const readTrail = async () => {
      const entries = await db.prisma.auditEntry.findMany({
        where: { organizationId },
        orderBy: { id: "asc" },
      });
      return entries.map(({ action, details }) => ({ action, details }));
    };
    return { owner, organizationId, settings, save, start, finish, signIn, signedIn, readTrail };
  }
  return { provider, installation, scene };
}
