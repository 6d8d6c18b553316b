import { SaveIdentityProvider } from "@ringfence/core/account/identity-provider";
import {
  type ProviderFlow,
  saveIdentityProvider,
  startProviderSignIn,
} from "@ringfence/services/account/identity-provider";
import type { Installation, RootContext } from "@ringfence/services/context";
import {
  browseThrough,
  startIdentityProvider,
} from "@ringfence/services/testing/identity-provider";

type SealFlow = (
  flow: ProviderFlow & { from: string },
  maxAge?: number,
) => Promise<{ name: string; value: string }>;

/**
 * Starts an identity provider, and connects an organization to it. `sealFlow` creates the cookie with which a browser
 * leaves for it.
 */
export async function connectProvider(
  installation: Installation,
  owner: RootContext,
  { redirectUri, sealFlow }: { redirectUri: string; sealFlow: SealFlow },
) {
  const { organizationId } = owner;
  const provider = await startIdentityProvider({ redirectUri });
  const email = `visitor@${organizationId}.example`;
  provider.signInAs("visitor", { email, email_verified: true, groups: ["staff"] });
  await saveIdentityProvider(
    owner,
    SaveIdentityProvider.parse({
      ...provider.settings,
      groups: [{ group: "staff", role: "agent", sellerIds: [] }],
      isRequired: false,
      emergencyOwnerId: null,
    }),
  );
  const privateHost = `${organizationId}=${provider.host}`;

  /** Signs somebody in at the provider, as a browser does. Returns what comes back from there. */
  const signIn = async () => {
    const asked = { redirectUri, isProof: false };
    const started = await startProviderSignIn(
      { ...installation, privateHosts: [privateHost] },
      organizationId,
      asked,
    );
    if (started === null) throw new Error("the organization has no provider");
    const { search } = await browseThrough(started.url);
    const seal = async (maxAge?: number) => {
      const { name, value } = await sealFlow({ ...started.flow, from: "/" }, maxAge);
      return { [name]: value };
    };
    return { search, cookies: await seal(), expiredCookies: await seal(-60) };
  };
  return { provider, privateHost, signIn };
}

export type ConnectedProvider = Awaited<ReturnType<typeof connectProvider>>;
