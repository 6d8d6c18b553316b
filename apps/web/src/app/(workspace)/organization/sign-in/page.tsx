import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { OrganizationId } from "@ringfence/core/ids";
import { CopyButton } from "@/components/client-buttons";
import { DetailPage } from "@/components/detail-page";
import { Facts, Section } from "@/components/page-layout";
import {
  DisconnectProvider,
  ProviderForm,
} from "@/features/account/identity-provider/provider-form";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { providerAddresses } from "@/server/provider-sign-in";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("identityProvider");
  return { title: t("title") };
}

/** Settings of the identity provider: its address, the roles of its groups, and whether members must use it. */
export default async function SignInSettingsPage() {
  const { organizationId } = await requireMember("identity-provider.read");
  const [t, provider, owners, sellers] = await Promise.all([
    getTranslations("identityProvider"),
    api.identityProvider.read(),
    api.identityProvider.emergencyOwners(),
    api.seller.list(),
  ]);
  return (
    <DetailPage
      title={t("title")}
      note={t("note")}
      actions={provider !== null && <DisconnectProvider />}
    >
      <Section title={t("addresses")} aside={t("addressesNote")}>
        <Addresses organizationId={organizationId} />
      </Section>
      <Section
        title={t("provider")}
        aside={provider === null ? t("notConnected") : t("connected", { name: provider.name })}
      >
        <ProviderForm
          key={provider?.changedAt.toISOString() ?? "new"}
          provider={provider}
          owners={owners}
          sellers={sellers}
        />
      </Section>
    </DetailPage>
  );
}

const names = ["callback", "logout", "signedOut", "signIn"] as const;

/** Addresses that an owner enters at the provider, and the sign-in link for the members. */
function Addresses({ organizationId }: { organizationId: OrganizationId }) {
  const t = useTranslations("identityProvider");
  const addresses = providerAddresses(organizationId);
  return (
    <Facts
      facts={names.map((name) => ({
        name: t(`address.${name}`),
        value: (
          <span className="flex flex-wrap items-center gap-2">
            <code className="font-mono text-sm break-all whitespace-normal">{addresses[name]}</code>
            <CopyButton text={addresses[name]} />
          </span>
        ),
      }))}
    />
  );
}
