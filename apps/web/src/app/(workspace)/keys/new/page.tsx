import { Scope, mayGrantScope } from "@ringfence/core/platform/access";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { NewApiKey } from "@/features/account/api-key/new-api-key";
import { api, readApiAddress } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("newApiKey");
  return { title: t("title") };
}

export default async function NewKeyPage() {
  const { role } = await requireMember("api-key.change");
  const scopes = Scope.options.filter((scope) => mayGrantScope(role, scope));
  const [t, sellers, address] = await Promise.all([
    getTranslations("newApiKey"),
    api.seller.list(),
    readApiAddress(),
  ]);
  return (
    <FormPage
      title={t("title")}
      note={t("note")}
      missing={scopes.length === 0 && { title: t("noScopes"), body: t("noScopesBody") }}
    >
      <NewApiKey sellers={sellers} scopes={scopes} api={address} />
    </FormPage>
  );
}
